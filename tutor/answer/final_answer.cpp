#include "tutor/answer/final_answer.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "engine/base/ascii.h"
#include "tutor/answer/formula_spans.h"
#include "tutor/answer/prose.h"

namespace lemma::tutor {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool isSpace(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }
bool isLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

SourceRange trimmed(std::string_view text, SourceRange range)
{
    while (range.begin < range.end && isSpace(text[range.begin]))
        ++range.begin;
    while (range.end > range.begin && isSpace(text[range.end - 1]))
        --range.end;
    return range;
}

std::string_view slice(std::string_view text, SourceRange range)
{
    return text.substr(range.begin, range.end - range.begin);
}

// Takes off what is around an answer without being part of it: Markdown's stars, formula delimiters, a full stop.
SourceRange unwrapped(std::string_view text, SourceRange range)
{
    constexpr int mostLayers = 8; // keeps the work linear
    SourceRange before{npos, npos};
    for (int i = 0; i < mostLayers && (before.begin != range.begin || before.end != range.end); ++i) {
        before = range;
        range = trimmed(text, range);
        const std::string_view inside = slice(text, range);
        for (const std::string_view mark : {"**", "__", "`"})
            if (inside.size() > 2 * mark.size() && inside.starts_with(mark) && inside.ends_with(mark) &&
                inside.find(mark, mark.size()) == inside.size() - mark.size())
                range = {range.begin + mark.size(), range.end - mark.size()};
        if (range.begin != before.begin)
            continue;
        const std::vector<FormulaSpan> spans = formulaSpans(inside);
        if (spans.size() == 1 && spans[0].whole.begin == 0 && spans[0].whole.end == inside.size())
            range = {range.begin + spans[0].inner.begin, range.begin + spans[0].inner.end};
        else if (!inside.empty() && (inside.back() == '.' || inside.back() == ',') && !inside.ends_with(".."))
            --range.end;
    }
    return range;
}

std::optional<FinalAnswer> onePart(std::string_view text, SourceRange range, AnswerMark mark)
{
    range = unwrapped(text, range);
    if (range.begin >= range.end)
        return std::nullopt;
    return FinalAnswer{mark, {{std::string(slice(text, range)), range}}};
}

// What stands between two parts of one answer: commas, small words, formula delimiters, the name of the second part
// ("y_2 ="), and what the first part counts ("papers and").
bool joins(std::string_view between)
{
    constexpr std::size_t longest = 32;
    if (between.size() > longest || between.find("\n\n") != npos)
        return false;
    std::string word;
    bool counted = false, connected = true; // a counted word waits for its "and"
    const std::string text = engine::asciiLowered(between) + ' ';
    for (const char c : text) {
        if (isLetter(c)) {
            word += c;
            continue;
        }
        const bool connective = word == "and" || word == "or";
        const bool silent = word.size() <= 1 || word == "text" || word == "quad" || word == "qquad";
        if (!word.empty() && !connective && !silent) {
            if (counted || !connected)
                return false;
            counted = true;
            connected = false;
        }
        connected = connected || connective || c == ',' || c == ';' || c == '&';
        word.clear();
        if (!isSpace(c) && std::string_view(",;$\\(){}[]&_=+0123456789").find(c) == npos)
            return false;
    }
    return connected &&
           !(counted && engine::asciiLowered(between).find("and") == npos && between.find_first_of(",;&") == npos);
}

struct Box {
    SourceRange whole;
    SourceRange inner;
};

std::vector<Box> boxes(std::string_view text)
{
    std::vector<Box> found;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t slash = text.find('\\', at);
        if (slash == npos)
            break;
        at = slash + 1;
        for (const std::string_view command : {"\\boxed", "\\fbox", "\\framebox"}) {
            if (!text.substr(slash).starts_with(command))
                continue;
            std::size_t open = slash + command.size();
            while (open < text.size() && text[open] == ' ')
                ++open;
            const bool anotherCommand = open == slash + command.size() && open < text.size() && isLetter(text[open]);
            if (open >= text.size() || anotherCommand || text[open] == '\\')
                continue;
            const bool group = text[open] == '{';
            const std::size_t end = group ? afterGroup(text, open) : open + 1; // "\boxed 7" boxes one character
            if (end == npos)
                return found; // cut off: an unclosed box holds no whole answer, nor does what is in it
            found.push_back({{slash, end}, group ? SourceRange{open + 1, end - 1} : SourceRange{open, end}});
            at = end;
            break;
        }
    }
    return found;
}

std::optional<FinalAnswer> boxed(std::string_view text)
{
    const std::vector<Box> all = boxes(text);
    if (all.empty())
        return std::nullopt;
    std::size_t first = all.size() - 1;
    while (first > 0 && joins(slice(text, {all[first - 1].whole.end, all[first].whole.begin})))
        --first;
    FinalAnswer answer{AnswerMark::Boxed, {}};
    for (std::size_t i = first; i < all.size(); ++i) {
        const SourceRange range = unwrapped(text, all[i].inner);
        const bool told = std::any_of(answer.parts.begin(), answer.parts.end(),
                                      [&](const AnswerPart& part) { return part.text == slice(text, range); });
        if (range.begin < range.end && !told)
            answer.parts.push_back({std::string(slice(text, range)), range});
    }
    return answer.parts.empty() ? std::nullopt : std::optional(answer);
}

// The end of the sentence or line that starts at `begin`; formulas are not cut.
std::size_t sentenceEnd(std::string_view text, std::size_t begin, const std::vector<FormulaSpan>& spans)
{
    auto span = std::lower_bound(spans.begin(), spans.end(), begin,
                                 [](const FormulaSpan& s, std::size_t at) { return s.whole.begin < at; });
    for (std::size_t i = begin; i < text.size(); ++i) {
        if (span != spans.end() && i == span->whole.begin) {
            i = span++->whole.end - 1;
            continue;
        }
        if (text[i] == '\n')
            return i;
        const bool last = i + 1 == text.size() || isSpace(text[i + 1]);
        if (last && (text[i] == '.' || text[i] == '!' || text[i] == '?'))
            return i;
    }
    return text.size();
}

// The formulas at the start of the sentence that only small words separate; nothing where it starts with words.
std::vector<AnswerPart> leadingFormulas(std::string_view text, SourceRange sentence,
                                        const std::vector<FormulaSpan>& spans)
{
    std::vector<AnswerPart> parts;
    std::size_t at = sentence.begin;
    for (const FormulaSpan& span : spans) {
        if (span.whole.begin < sentence.begin)
            continue;
        if (span.whole.begin >= sentence.end || !joins(slice(text, {at, span.whole.begin})))
            break;
        const SourceRange range = unwrapped(text, span.inner);
        parts.push_back({std::string(slice(text, range)), range});
        at = span.whole.end;
    }
    return parts;
}

std::optional<FinalAnswer> afterPhrase(std::string_view text, const std::vector<FormulaSpan>& spans)
{
    static constexpr std::array<std::string_view, 10> phrases = {"answer is",      "answers are",
                                                                 "answer:",        "final answer",
                                                                 "answer is:",     "answer should be",
                                                                 "answer must be", "answer would be",
                                                                 "answer =",       "answer comes out to"};
    const std::string low = engine::asciiLowered(text);
    std::size_t behind = npos;
    for (const std::string_view phrase : phrases)
        if (const std::size_t at = low.rfind(phrase); at != npos && (behind == npos || at + phrase.size() > behind))
            behind = at + phrase.size();
    if (behind == npos)
        return std::nullopt;
    while (behind < text.size() && (isSpace(text[behind]) || text[behind] == ':' || text[behind] == '*'))
        ++behind;
    const SourceRange sentence{behind, sentenceEnd(text, behind, spans)};
    std::vector<AnswerPart> parts = leadingFormulas(text, sentence, spans);
    if (!parts.empty())
        return FinalAnswer{AnswerMark::Phrase, std::move(parts)};
    if (isProse(slice(text, sentence)))
        if (const auto value = lastValueIn(text, sentence))
            return onePart(text, *value, AnswerMark::Phrase);
    SourceRange range = sentence;
    while (range.end > range.begin && (text[range.end - 1] == '*' || isSpace(text[range.end - 1])))
        --range.end; // "**Answer: 5**": the stars opened before the phrase
    return onePart(text, range, AnswerMark::Phrase);
}

SourceRange lastLine(std::string_view text)
{
    const SourceRange range = trimmed(text, {0, text.size()});
    const std::size_t newline = slice(text, range).rfind('\n');
    return newline == npos ? range : SourceRange{range.begin + newline + 1, range.end};
}

std::optional<FinalAnswer> boldLine(std::string_view text)
{
    const SourceRange line = lastLine(text);
    const std::string_view inside = slice(text, line);
    const std::size_t close = inside.rfind("**");
    if (close == npos || close == 0)
        return std::nullopt;
    const std::size_t open = inside.rfind("**", close - 1);
    if (open == npos || open + 2 >= close)
        return std::nullopt;
    return onePart(text, {line.begin + open + 2, line.begin + close}, AnswerMark::Bold);
}

// "C", "(C)", "C.", "Option C": a letter from A to E alone on the last line.
std::optional<FinalAnswer> choiceLine(std::string_view text)
{
    SourceRange line = trimmed(text, lastLine(text));
    for (const std::string_view word : {"option ", "choice "})
        if (engine::asciiLowered(slice(text, line)).starts_with(word))
            line.begin += word.size();
    std::string_view inside = slice(text, line);
    while (!inside.empty() && std::string_view("(*").find(inside.front()) != npos) {
        inside.remove_prefix(1);
        ++line.begin;
    }
    const bool letter = !inside.empty() && inside[0] >= 'A' && inside[0] <= 'E';
    if (!letter || inside.find_first_not_of(").*", 1) != npos)
        return std::nullopt;
    const SourceRange range{line.begin, line.begin + 1};
    return FinalAnswer{AnswerMark::Choice, {{std::string(slice(text, range)), range}}};
}

std::optional<FinalAnswer> search(std::string_view text)
{
    if (auto answer = boxed(text))
        return answer;
    const std::vector<FormulaSpan> spans = formulaSpans(text);
    if (auto answer = afterPhrase(text, spans))
        return answer;
    if (auto answer = boldLine(text))
        return answer;
    if (auto answer = choiceLine(text))
        return answer;
    const SourceRange line = lastLine(text);
    const auto value = isProse(slice(text, line)) ? lastValueIn(text, line) : std::nullopt;
    if (!spans.empty()) {
        const bool inLine = value && value->end >= spans.back().whole.end;
        return onePart(text, inLine ? *value : spans.back().inner, AnswerMark::Formula);
    }
    if (value)
        return onePart(text, *value, AnswerMark::Number);
    // A line without any mark is an answer only where it is short: a paragraph of prose names none.
    constexpr std::size_t longestLine = 200;
    return line.end - line.begin <= longestLine ? onePart(text, line, AnswerMark::Line) : std::nullopt;
}

// The same in a part of a text; places are those in the whole.
std::optional<FinalAnswer> searchWithin(std::string_view text, SourceRange range)
{
    auto answer = search(slice(text, range));
    if (answer)
        for (AnswerPart& part : answer->parts) {
            part.range.begin += range.begin;
            part.range.end += range.begin;
        }
    return answer;
}

} // namespace

std::string_view answerMarkName(AnswerMark mark)
{
    switch (mark) {
    case AnswerMark::Boxed: return "boxed";
    case AnswerMark::Phrase: return "phrase";
    case AnswerMark::Bold: return "bold";
    case AnswerMark::Choice: return "choice";
    case AnswerMark::Formula: return "formula";
    case AnswerMark::Number: return "number";
    case AnswerMark::Line: return "line";
    }
    return "line";
}

std::string FinalAnswer::text() const
{
    std::string joined;
    for (const AnswerPart& part : parts)
        joined += (joined.empty() ? "" : ", ") + part.text;
    return joined;
}

std::optional<FinalAnswer> extractFinalAnswer(std::string_view modelText)
{
    constexpr std::string_view thoughtBegin = "<think>";
    constexpr std::string_view thoughtEnd = "</think>";
    const std::size_t end = modelText.rfind(thoughtEnd);
    if (end != npos)
        if (auto answer = searchWithin(modelText, {end + thoughtEnd.size(), modelText.size()}))
            return answer;
    const std::size_t begin = modelText.substr(0, end).rfind(thoughtBegin);
    return searchWithin(modelText,
                        {begin == npos ? 0 : begin + thoughtBegin.size(), end == npos ? modelText.size() : end});
}

std::optional<FinalAnswer> extractStudentAnswer(std::string_view line)
{
    if (auto answer = boxed(line))
        return answer;
    const std::string low = engine::asciiLowered(line);
    SourceRange range = trimmed(line, {0, line.size()});
    for (const std::string_view prefix : {"- ", "* ", "> ", "so ", "therefore ", "thus ", "my ", "the ", "final ",
                                          "answer", "solution", "ans", " is ", ":", "."}) {
        const bool announced = prefix == "the " || prefix == "my " || prefix == "final ";
        if (announced && low.find("answer") == npos)
            continue; // "the empty set" is an answer
        if (!std::string_view(low).substr(range.begin).starts_with(prefix))
            continue;
        const std::size_t behind = range.begin + prefix.size();
        const bool wordGoesOn = isLetter(prefix.back()) && behind < line.size() && isLetter(line[behind]);
        const bool decimalPoint = prefix == "." && behind < line.size() && !isSpace(line[behind]);
        if (!wordGoesOn && !decimalPoint)
            range = {behind, range.end};
    }
    return onePart(line, range, AnswerMark::Line);
}

} // namespace lemma::tutor
