// Whole numbers of a range as alternatives of digits: 8 to 213 is [8-9] | [1-9][0-9] | "1"[0-9][0-9] | "20"[0-9] | ...
#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "engine/grammar/schema_rules.h"

namespace lemma::engine {
namespace {

std::string digit(char first, char last)
{
    return first == last ? fmt::format("\"{}\"", first) : fmt::format("[{}-{}]", first, last);
}

std::string anyDigits(std::size_t count) { return count == 0 ? "" : fmt::format(" [0-9]{{{}}}", count); }

// Both of the same length, low <= high. Adds alternatives, each behind `prefix`.
void addSameLength(const std::string& prefix, std::string_view low, std::string_view high,
                   std::vector<std::string>& alternatives)
{
    if (low.empty()) {
        alternatives.push_back(prefix);
        return;
    }
    const bool lowIsFirst = low.substr(1).find_first_not_of('0') == std::string_view::npos;
    const bool highIsLast = high.substr(1).find_first_not_of('9') == std::string_view::npos;
    char first = low.front();
    char last = high.front();
    if (first == last && !(lowIsFirst && highIsLast)) {
        addSameLength(prefix + " " + digit(first, first), low.substr(1), high.substr(1), alternatives);
        return;
    }
    if (!lowIsFirst) {
        addSameLength(prefix + " " + digit(first, first), low.substr(1), std::string(low.size() - 1, '9'),
                      alternatives);
        ++first;
    }
    if (!highIsLast)
        --last;
    if (first <= last)
        alternatives.push_back(prefix + " " + digit(first, last) + anyDigits(low.size() - 1));
    if (!highIsLast)
        addSameLength(prefix + " " + digit(high.front(), high.front()), std::string(high.size() - 1, '0'),
                      high.substr(1), alternatives);
}

// Magnitudes: 0 <= low <= high.
void addRange(const std::string& sign, std::uint64_t low, std::uint64_t high, std::vector<std::string>& alternatives)
{
    const std::string from = std::to_string(low);
    const std::string to = std::to_string(high);
    for (std::size_t length = from.size(); length <= to.size(); ++length) {
        const std::string first = length == from.size() ? from : "1" + std::string(length - 1, '0');
        const std::string last = length == to.size() ? to : std::string(length, '9');
        addSameLength(sign, first, last, alternatives);
    }
}

std::uint64_t magnitude(std::int64_t value)
{
    const auto bits = static_cast<std::uint64_t>(value);
    return value < 0 ? 0 - bits : bits;
}

} // namespace

std::string integerBetween(std::optional<std::int64_t> least, std::optional<std::int64_t> most)
{
    if (!least && !most)
        return "schema-integer";
    const std::int64_t low = least.value_or(std::numeric_limits<std::int64_t>::min());
    const std::int64_t high = most.value_or(std::numeric_limits<std::int64_t>::max());
    std::vector<std::string> alternatives;
    if (low < 0)
        addRange("\"-\"", magnitude(std::min<std::int64_t>(high, -1)), magnitude(low), alternatives);
    if (high >= 0)
        addRange("", static_cast<std::uint64_t>(std::max<std::int64_t>(low, 0)), static_cast<std::uint64_t>(high),
                 alternatives);
    std::string text;
    for (const std::string& alternative : alternatives)
        text += (text.empty() ? "" : " | ") + alternative;
    return text;
}

} // namespace lemma::engine
