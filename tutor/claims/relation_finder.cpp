#include "tutor/claims/relation_finder.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "engine/base/ascii.h"
#include "tutor/answer/formula_spans.h"
#include "tutor/claims/prose_tokens.h"

namespace lemma::tutor {
namespace {

constexpr std::size_t longestRelation = 400;
constexpr std::size_t longestSentence = 600;

bool isSpace(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

bool endsSentence(std::string_view text, std::size_t i)
{
    const bool mark = text[i] == '.' || text[i] == '?' || text[i] == '!';
    return text[i] == '\n' || (mark && (i + 1 == text.size() || isSpace(text[i + 1])));
}

// With the mark at its end, and the first words of the next one, where "No," or "that is wrong" may stand.
std::string sentenceAround(std::string_view text, const SourceRange& range)
{
    std::size_t begin = range.begin, end = range.end;
    while (begin > 0 && range.begin - begin < longestSentence && !endsSentence(text, begin - 1))
        --begin;
    while (end < text.size() && end - range.end < longestSentence && !endsSentence(text, end))
        ++end;
    constexpr std::size_t nextWords = 40;
    return engine::asciiLowered(text.substr(begin, std::min(text.size(), end + 1 + nextWords) - begin));
}

bool holdsRelation(std::string_view text)
{
    static constexpr auto signs =
        std::to_array<std::string_view>({"=", "<", ">", "\\le", "\\ge", "\\neq", "\\approx", "\\lt", "\\gt"});
    return std::any_of(signs.begin(), signs.end(),
                       [text](std::string_view sign) { return text.find(sign) != std::string_view::npos; });
}

// Rows of a displayed formula: "a &= b \\ &= c".
class Rows {
public:
    Rows(std::string_view text, SourceRange range) : m_text(text), m_range(range) {}

    void give(std::vector<SourceRange>& rows) const
    {
        static constexpr auto environments =
            std::to_array<std::string_view>({"aligned", "align*", "align", "gathered", "split"});
        std::size_t begin = m_range.begin, end = m_range.end;
        for (const std::string_view name : environments) {
            const std::string opening = "\\begin{" + std::string(name) + "}",
                              closing = "\\end{" + std::string(name) + "}";
            const std::string_view inside = m_text.substr(begin, end - begin);
            const std::size_t open = inside.find(opening), close = inside.rfind(closing);
            if (open != std::string_view::npos && close != std::string_view::npos && close > open) {
                end = begin + close;
                begin += open + opening.size();
                break;
            }
        }
        const bool other = m_text.substr(begin, end - begin).find("\\begin") != std::string_view::npos;
        std::size_t start = begin;
        for (std::size_t i = begin; i + 1 < end && !other; ++i)
            if (m_text[i] == '\\' && m_text[i + 1] == '\\') {
                rows.push_back({start, i});
                start = i + 2;
                ++i;
            }
        rows.push_back({start, end});
    }

private:
    std::string_view m_text;
    SourceRange m_range;
};

SourceRange trimmedRange(std::string_view text, SourceRange range)
{
    const auto skipped = [](char c) { return isSpace(c) || c == '&'; };
    while (range.begin < range.end && skipped(text[range.begin]))
        ++range.begin;
    while (range.end > range.begin && (skipped(text[range.end - 1]) || text[range.end - 1] == ',' ||
                                       text[range.end - 1] == '.' || text[range.end - 1] == ';'))
        --range.end;
    return range;
}

void addFormula(std::string_view text, const FormulaSpan& span, std::vector<FoundRelation>& found)
{
    std::vector<SourceRange> rows;
    Rows(text, span.inner).give(rows);
    const bool clean = !partBefore(text.substr(0, span.whole.begin)) && !partBehind(text.substr(span.whole.end));
    for (SourceRange row : rows) {
        row = trimmedRange(text, row);
        FoundRelation one;
        one.continues = row.begin < row.end && text[row.begin] == '=';
        if (one.continues)
            ++row.begin;
        one.range = row;
        one.text = text.substr(row.begin, row.end - row.begin);
        std::replace(one.text.begin(), one.text.end(), '&', ' ');
        one.clean = one.whole = clean;
        if (one.text.size() <= longestRelation && (one.continues || holdsRelation(one.text)))
            found.push_back(std::move(one));
    }
}

} // namespace

std::vector<FoundRelation> findRelations(std::string_view text)
{
    std::vector<FoundRelation> found;
    std::string prose(text);
    for (const FormulaSpan& span : formulaSpans(text)) {
        addFormula(text, span, found);
        // What is left is read as prose; a formula is no word of it.
        std::fill(prose.begin() + static_cast<long>(span.whole.begin),
                  prose.begin() + static_cast<long>(span.whole.end), '\x01');
    }
    for (const ProseRelation& one : proseRelations(prose))
        if (one.range.end - one.range.begin <= longestRelation)
            found.push_back({one.range, std::string(text.substr(one.range.begin, one.range.end - one.range.begin)),
                             one.clean, one.whole, false, "", ""});
    std::sort(found.begin(), found.end(),
              [](const FoundRelation& a, const FoundRelation& b) { return a.range.begin < b.range.begin; });
    std::size_t before = 0;
    for (FoundRelation& one : found) {
        one.sentence = sentenceAround(text, one.range);
        if (one.range.begin > before)
            one.lead = engine::asciiLowered(text.substr(before, one.range.begin - before));
        before = one.range.end;
    }
    return found;
}

} // namespace lemma::tutor
