#include "tutor/checker/unit.h"

#include <array>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <memory>
#include <mutex>
#include <sstream>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <udunits2.h>

namespace lemma::tutor {
namespace {

struct FreeUnit {
    void operator()(ut_unit* unit) const { ut_free(unit); }
};
using Unit = std::unique_ptr<ut_unit, FreeUnit>;

// Words that UDUNITS does not know, or knows as something else.
std::string_view usualName(std::string_view word)
{
    static const std::unordered_map<std::string_view, std::string_view> names = {
        {"hr", "hour"},       {"hrs", "hour"},      {"min", "minute"},   {"mins", "minute"},    {"sec", "second"},
        {"secs", "second"},   {"yr", "year"},       {"yrs", "year"},     {"lb", "pound"},       {"lbs", "pound"},
        {"oz", "ounce"},      {"mph", "mile/hour"}, {"kmph", "km/hour"}, {"kph", "km/hour"},    {"mL", "milliliter"},
        {"ml", "milliliter"}, {"l", "liter"},       {"L", "liter"},      {"cc", "cm^3"},        {"gal", "gallon"},
        {"h", "hour"},        {"wk", "week"},       {"deg", "degree"},   {"ton", "metric_ton"}, {"tons", "metric_ton"},
        {"sqft", "foot^2"},   {"kg", "kilogram"},   {"mi", "mile"},      {"yd", "yard"},
    };
    const auto found = names.find(word);
    return found == names.end() ? word : found->second;
}

std::vector<std::string> wordsOf(const std::string& text)
{
    std::vector<std::string> words;
    std::istringstream stream(text);
    for (std::string word; stream >> word;) {
        while (!word.empty() && (word.back() == '.' || word.back() == ','))
            word.pop_back();
        if (!word.empty())
            words.push_back(word);
    }
    return words;
}

// "square cm per hour" in UDUNITS' notation: "cm^2/hour". Empty where the characters are none of a unit's.
std::string notationOf(const std::string& written)
{
    constexpr std::size_t longest = 60;
    if (written.empty() || written.size() > longest)
        return "";
    std::string spaced;
    int digits = 0;
    for (const char c : written) {
        digits = std::isdigit(static_cast<unsigned char>(c)) != 0 ? digits + 1 : 0;
        const bool allowed = std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                             std::string_view(" ^/*.,-_{}()").find(c) != std::string_view::npos;
        if (!allowed || digits > 1)
            return "";
        if (c == '/' || c == '*')
            spaced += std::string(" ") + c + ' ';
        else if (std::string_view("{}()").find(c) == std::string_view::npos)
            spaced += c;
    }
    std::string result, power;
    for (const std::string& word : wordsOf(spaced)) {
        if (word == "square" || word == "sq" || word == "cubic" || word == "cu") {
            power = word[0] == 's' ? "^2" : "^3";
        } else if (word == "squared" || word == "cubed") {
            result += word == "squared" ? "^2" : "^3";
        } else if (word == "per" || word == "/" || word == "a" || word == "an") {
            result += "/";
        } else if (word == "*") {
            result += ".";
        } else if (word == "1" && result.empty()) {
            result = "1";
        } else {
            const std::size_t exponent = word.find('^');
            const std::string name(usualName(std::string_view(word).substr(0, exponent)));
            const bool joined = !result.empty() && result.back() != '/' && result.back() != '.';
            result += (joined ? "." : "") + name + (exponent == std::string::npos ? power : word.substr(exponent));
            power.clear();
        }
    }
    return result;
}

// One database for the process; never freed, since its units live as long.
ut_system* unitSystem()
{
    static ut_system* const system = [] {
        ut_set_error_message_handler(ut_ignore);
        return ut_read_xml(nullptr);
    }();
    return system;
}

Unit unitNamed(const std::string& written)
{
    std::string notation = notationOf(written);
    if (notation.empty() ||
        (std::isalpha(static_cast<unsigned char>(notation[0])) == 0 && !notation.starts_with("1/")) ||
        unitSystem() == nullptr)
        return nullptr;
    Unit unit(ut_parse(unitSystem(), notation.c_str(), UT_UTF8));
    if (!unit) {
        for (char& c : notation)
            c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        unit.reset(ut_parse(unitSystem(), notation.c_str(), UT_UTF8));
    }
    return unit;
}

// The fraction that a factor computed in floating point stands for: definitions have few digits, one way or the other.
std::optional<Rational> definitionOf(double value)
{
    if (value == 0 || !std::isfinite(value))
        return value == 0 ? std::optional(Rational(0)) : std::nullopt;
    const auto digitsOf = [](double x) {
        std::array<char, 64> text{};
        std::snprintf(text.data(), text.size(), "%.12g", x);
        return std::string(text.data());
    };
    const std::string direct = digitsOf(value), inverse = digitsOf(1 / value);
    const bool useInverse = inverse.size() < direct.size();
    const std::string& chosen = useInverse ? inverse : direct;
    const bool negative = chosen[0] == '-';
    auto result = rationalOf(std::string_view(chosen).substr(negative ? 1 : 0));
    if (!result || result->sign() == 0)
        return std::nullopt;
    if (negative)
        fmpq_neg(result->get(), result->get());
    if (useInverse)
        fmpq_inv(result->get(), result->get());
    return result;
}

} // namespace

UnitRelation relateUnits(const std::string& from, const std::string& to)
{
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    UnitRelation relation;
    const Unit a = unitNamed(from), b = unitNamed(to);
    if (!a || !b)
        return relation;
    if (ut_compare(a.get(), b.get()) == 0) {
        relation.kind = UnitRelation::Kind::Same;
        return relation;
    }
    relation.kind = UnitRelation::Kind::Incompatible;
    const bool convertible = ut_are_convertible(a.get(), b.get()) != 0;
    cv_converter* converter = convertible ? ut_get_converter(a.get(), b.get()) : nullptr;
    if (converter == nullptr)
        return relation;
    const double zero = cv_convert_double(converter, 0), one = cv_convert_double(converter, 1);
    cv_free(converter);
    const double scale = std::abs(zero) < 1e-9 * std::abs(one) ? 0 : zero;
    const auto factor = definitionOf(one - scale), offset = definitionOf(scale);
    if (!factor || !offset)
        return relation;
    relation.kind = UnitRelation::Kind::Convertible;
    relation.factor = *factor;
    relation.offset = *offset;
    return relation;
}

} // namespace lemma::tutor
