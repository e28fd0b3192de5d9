#include "tutor/solver/pieces.h"

#include <algorithm>
#include <string>
#include <utility>

namespace lemma::tutor {

Expr unionOfPieces(const std::vector<Expr>& marks, const std::vector<bool>& atMark, const std::vector<bool>& between)
{
    const auto all = [](const std::vector<bool>& flags) {
        return std::find(flags.begin(), flags.end(), false) == flags.end();
    };
    if (all(atMark) && all(between))
        return constant("reals");
    std::vector<Expr> parts, points;
    Expr begin; // of the piece that is open; null: none
    char opening = '(';
    const auto close = [&](const Expr& end, char closing) {
        if (begin)
            parts.push_back(makeNode(Kind::Bracket, std::string{opening, closing}, {begin, end}));
        begin = nullptr;
    };
    for (std::size_t i = 0; i < between.size(); ++i) {
        if (between[i] && !begin) { // else the gap before holds too, and the mark between them
            begin = i == 0 ? negate(constant("infinity")) : marks[i - 1];
            opening = i > 0 && atMark[i - 1] ? '[' : '(';
        }
        if (i == marks.size())
            break;
        const bool next = between[i + 1];
        if (between[i] && !(atMark[i] && next))
            close(marks[i], atMark[i] ? ']' : ')');
        else if (!between[i] && atMark[i] && !next)
            parts.push_back(makeNode(Kind::Set, "", {marks[i]}));
    }
    close(constant("infinity"), ')');
    if (parts.empty())
        return constant("emptyset");
    const bool onlyPoints =
        std::all_of(parts.begin(), parts.end(), [](const Expr& part) { return part->kind == Kind::Set; });
    if (onlyPoints) {
        for (const Expr& part : parts)
            points.push_back(part->args[0]);
        return makeNode(Kind::Set, "", std::move(points));
    }
    return parts.size() == 1 ? parts[0] : makeNode(Kind::Union, "", std::move(parts));
}

} // namespace lemma::tutor
