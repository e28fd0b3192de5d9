#include "tutor/checker/statement.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace lemma::tutor {
namespace {

// A, B_1, \overline{AB}: points and what is drawn between them. Small letters are unknowns.
bool isCapital(const Expr& e)
{
    if (e->kind != Kind::Symbol)
        return false;
    const std::size_t brace = e->text.find('{');
    const std::string_view name = std::string_view(e->text).substr(brace == std::string::npos ? 0 : brace + 1);
    return e->text == "angle" || e->text == "triangle" ||
           (!name.empty() && std::isupper(static_cast<unsigned char>(name[0])) != 0);
}

bool madeOfCapitals(const Expr& e)
{
    const bool joins = e->kind == Kind::Multiply || e->kind == Kind::Divide || e->kind == Kind::Function;
    return isCapital(e) || (joins && !e->args.empty() && std::all_of(e->args.begin(), e->args.end(), madeOfCapitals));
}

bool madeOfNames(const Expr& e)
{
    if (isQuantityName(e))
        return true;
    const bool joins = e->kind == Kind::Multiply || e->kind == Kind::Divide || e->kind == Kind::Add ||
                       e->kind == Kind::Negate || e->kind == Kind::Function || e->kind == Kind::Bracket;
    return joins && !e->args.empty() && std::all_of(e->args.begin(), e->args.end(), madeOfNames);
}

bool shareSymbols(const Expr& a, const Expr& b)
{
    const std::set<std::string> left = freeSymbols(a), right = freeSymbols(b);
    return std::any_of(left.begin(), left.end(), [&](const std::string& name) { return right.contains(name); });
}

Expr valueNamedBy(const Expr& e, bool (*isName)(const Expr&))
{
    if (e->kind != Kind::Relation)
        return e;
    const std::string_view signs = e->text;
    std::size_t last = signs.size();
    while (last > 1 && signs[last - 1] == '~') // what follows is a rounded value
        --last;
    const bool chain = std::all_of(signs.begin(), signs.begin() + static_cast<long>(last),
                                   [](char sign) { return sign == '=' || sign == '~' || sign == 'e'; });
    if (!chain)
        return e;
    if (last > 1)
        return e->args[last];
    const Expr& name = e->args[0];
    const Expr& value = e->args[1];
    const bool numbersOnBothSides = freeSymbols(name).empty() && freeSymbols(value).empty() && signs[0] == '=' &&
                                    name->kind != Kind::Text && name->kind != Kind::Apply;
    if (numbersOnBothSides) // 1/2 + 1/3 = 5/6
        return value;
    const bool itself = name->kind == Kind::Apply || name->kind == Kind::Symbol;
    const bool tupleOfNames = name->kind == Kind::Bracket && value->kind == Kind::Bracket &&
                              std::all_of(name->args.begin(), name->args.end(), isQuantityName);
    if (tupleOfNames) // (x, y) = (1, 2)
        return value;
    return isName(name) && (itself || !shareSymbols(name, value)) ? value : e;
}

} // namespace

bool isQuantityName(const Expr& e)
{
    return e->kind == Kind::Symbol || e->kind == Kind::Apply || e->kind == Kind::Text || madeOfCapitals(e);
}

Expr withoutNumbers(const Expr& e, const Expr& other)
{
    if (e->kind != Kind::List || e->args.size() < 2)
        return e;
    std::string stem;
    std::vector<Expr> parts;
    for (std::size_t i = 0; i < e->args.size(); ++i) {
        const Expr& part = e->args[i];
        const bool named = part->kind == Kind::Relation && part->text == "=" && part->args[0]->kind == Kind::Symbol &&
                           freeSymbols(part->args[1]).empty();
        const std::string& name = named ? part->args[0]->text : stem;
        const std::size_t index = name.find('_');
        if (index == std::string::npos || name.substr(index + 1) != std::to_string(i + 1) ||
            (i > 0 && name.substr(0, index) != stem))
            return e;
        stem = name.substr(0, index);
        parts.push_back(makeNode(Kind::Relation, "=", {symbol(stem), part->args[1]}, part->range));
    }
    return freeSymbols(other).contains(stem + "_1") ? e : makeNode(Kind::List, "or", std::move(parts), e->range);
}

Expr valueOfStatement(const Expr& e) { return valueNamedBy(e, isQuantityName); }

Expr valueOfAnswer(const Expr& e) { return valueNamedBy(e, madeOfNames); }

} // namespace lemma::tutor
