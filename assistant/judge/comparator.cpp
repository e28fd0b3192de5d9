#include "assistant/judge/comparator.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <utility>
#include <vector>

#include "assistant/extract/lines.h"
#include "assistant/judge/line_pattern.h"

namespace lemma::assistant {

using engine::ErrorCode;
using engine::fail;
using engine::Result;

namespace {

constexpr std::array<std::pair<ComparatorKind, std::string_view>, 7> names{{
    {ComparatorKind::Tokens, "tokens"},
    {ComparatorKind::Exact, "exact"},
    {ComparatorKind::TrailingSpace, "trailing-space"},
    {ComparatorKind::UnorderedLines, "unordered-lines"},
    {ComparatorKind::Numbers, "numbers"},
    {ComparatorKind::LinePatterns, "line-patterns"},
    {ComparatorKind::Checker, "checker"},
}};

constexpr std::string_view blanks = " \t\r\n\v\f";

struct Token {
    std::string_view text;
    std::size_t line = 1; // counted from 1, as the column
    std::size_t column = 1;
};

std::vector<Token> tokensOf(std::string_view text)
{
    std::vector<Token> tokens;
    std::size_t line = 1;
    std::size_t lineStart = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (blanks.find(text[i]) != std::string_view::npos) {
            if (text[i] == '\n') {
                ++line;
                lineStart = i + 1;
            }
            ++i;
            continue;
        }
        const std::size_t end = std::min(text.find_first_of(blanks, i), text.size());
        tokens.push_back({text.substr(i, end - i), line, i - lineStart + 1});
        i = end;
    }
    return tokens;
}

std::optional<double> numberOf(std::string_view token)
{
    if (token.starts_with('+'))
        token.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), value);
    if (error != std::errc() || end != token.data() + token.size())
        return std::nullopt;
    return value;
}

bool sameNumber(const Comparator& comparator, std::string_view expected, std::string_view got)
{
    const auto a = numberOf(expected);
    const auto b = numberOf(got);
    if (!a || !b || !std::isfinite(*a) || !std::isfinite(*b))
        return false;
    return std::abs(*a - *b) <= std::max(comparator.absolute, comparator.relative * std::abs(*a));
}

Comparison compareTokens(const Comparator& comparator, std::string_view expected, std::string_view got)
{
    const std::vector<Token> wanted = tokensOf(expected);
    const std::vector<Token> found = tokensOf(got);
    const bool numbers = comparator.kind == ComparatorKind::Numbers;
    for (std::size_t i = 0; i < std::min(wanted.size(), found.size()); ++i) {
        const bool same =
            wanted[i].text == found[i].text || (numbers && sameNumber(comparator, wanted[i].text, found[i].text));
        if (!same)
            return {false, fmt::format("line {}, column {}", found[i].line, found[i].column)};
    }
    if (wanted.size() == found.size())
        return {true, {}};
    if (found.size() < wanted.size())
        return {false, fmt::format("it ends after {} of {} words", found.size(), wanted.size())};
    return {false, fmt::format("line {}, column {}: more than was expected", found[wanted.size()].line,
                               found[wanted.size()].column)};
}

Comparison compareBytes(std::string_view expected, std::string_view got)
{
    if (expected == got)
        return {true, {}};
    const auto [a, b] = std::ranges::mismatch(expected, got);
    const std::string_view before(got.begin(), b);
    const std::size_t lineStart = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    const auto line = 1 + std::ranges::count(before, '\n');
    if (b == got.end() && a != expected.end() && *a == '\n')
        return {false, fmt::format("line {}: the line end is missing", line)};
    return {false, fmt::format("line {}, column {}", line, before.size() - lineStart + 1)};
}

// Without blanks at the ends of lines and without empty lines at the end.
std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines = splitLines(text);
    for (std::string_view& line : lines)
        line = line.substr(0, line.find_last_not_of(blanks) + 1);
    while (!lines.empty() && lines.back().empty())
        lines.pop_back();
    return lines;
}

Comparison compareLines(std::string_view expected, std::string_view got, bool inOrder)
{
    std::vector<std::string_view> wanted = linesOf(expected);
    std::vector<std::string_view> found = linesOf(got);
    if (!inOrder) {
        std::ranges::sort(wanted);
        std::ranges::sort(found);
        if (wanted == found)
            return {true, {}};
        const auto [missing, extra] = std::ranges::mismatch(wanted, found);
        if (missing != wanted.end() && (extra == found.end() || *missing < *extra))
            return {false, fmt::format("the line \"{}\" is missing", missing->substr(0, 80))};
        return {false, fmt::format("the line \"{}\" was not expected", extra->substr(0, 80))};
    }
    for (std::size_t i = 0; i < std::min(wanted.size(), found.size()); ++i) {
        if (wanted[i] != found[i]) {
            const auto column = std::ranges::mismatch(wanted[i], found[i]).in2 - found[i].begin() + 1;
            return {false, fmt::format("line {}, column {}", i + 1, column)};
        }
    }
    if (wanted.size() == found.size())
        return {true, {}};
    return {false, fmt::format("{} lines instead of {}", found.size(), wanted.size())};
}

Result<Comparison> comparePatterns(std::string_view expected, std::string_view got)
{
    const std::vector<std::string_view> wanted = linesOf(expected);
    const std::vector<std::string_view> found = linesOf(got);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        LEMMA_TRY(const LinePattern pattern, LinePattern::compile(wanted[i]));
        if (i < found.size() && !pattern.matches(found[i]))
            return Comparison{false, fmt::format("line {}", i + 1)};
    }
    if (wanted.size() == found.size())
        return Comparison{true, {}};
    return Comparison{false, fmt::format("{} lines instead of {}", found.size(), wanted.size())};
}

} // namespace

Result<Comparison> compareOutput(const Comparator& comparator, std::string_view expected, std::string_view got)
{
    switch (comparator.kind) {
    case ComparatorKind::Tokens:
    case ComparatorKind::Numbers: return compareTokens(comparator, expected, got);
    case ComparatorKind::Exact: return compareBytes(expected, got);
    case ComparatorKind::TrailingSpace: return compareLines(expected, got, true);
    case ComparatorKind::UnorderedLines: return compareLines(expected, got, false);
    case ComparatorKind::LinePatterns: return comparePatterns(expected, got);
    case ComparatorKind::Checker: break;
    }
    return fail(ErrorCode::InvalidArgument, "a checker program must be run to compare");
}

std::string_view comparatorName(ComparatorKind kind)
{
    for (const auto& [each, name] : names) {
        if (each == kind)
            return name;
    }
    return {};
}

std::optional<ComparatorKind> comparatorFromName(std::string_view name)
{
    for (const auto& [kind, each] : names) {
        if (each == name)
            return kind;
    }
    return std::nullopt;
}

} // namespace lemma::assistant
