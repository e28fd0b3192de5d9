// Schemas of single values: given ones, strings and numbers.
#include <cmath>
#include <limits>
#include <optional>

#include <fmt/format.h>

#include "engine/grammar/json_pattern.h"
#include "engine/grammar/schema_converter.h"
#include "engine/grammar/schema_rules.h"

namespace lemma::engine {
namespace {

using Json = SchemaConverter::Json;

bool hasType(const Json& value, const std::string& type)
{
    const bool isWhole = value.is_number_integer() ||
                         (value.is_number_float() && std::trunc(value.get<double>()) == value.get<double>());
    return (type == "integer" && isWhole) || (type == "number" && value.is_number()) ||
           (type == "string" && value.is_string()) || (type == "boolean" && value.is_boolean()) ||
           (type == "null" && value.is_null()) || (type == "object" && value.is_object()) ||
           (type == "array" && value.is_array());
}

bool hasOneOfTypes(const Json& value, const Json& types)
{
    if (types.is_string())
        return hasType(value, types.get<std::string>());
    for (const Json& type : types)
        if (type.is_string() && hasType(value, type.get<std::string>()))
            return true;
    return false;
}

std::optional<std::string_view> formatRule(const std::string& format)
{
    constexpr std::string_view date = R"([0-9]{4} "-" ("0" [1-9] | "1" [0-2]) "-" ("0" [1-9] | [12] [0-9] | "3" [01]))";
    constexpr std::string_view time =
        R"(([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9] ("." [0-9]{1,9})? ("Z" | [-+] ([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9]))";
    static const std::string dateTime = fmt::format("{} \"T\" {}", date, time);
    constexpr std::string_view uuid = R"([0-9a-f]{8} "-" [0-9a-f]{4} "-" [0-9a-f]{4} "-" [0-9a-f]{4} "-" [0-9a-f]{12})";
    if (format == "date")
        return date;
    if (format == "time")
        return time;
    if (format == "date-time")
        return dateTime;
    if (format == "uuid")
        return uuid;
    return std::nullopt;
}

// The least whole number that is allowed (sign 1), or the largest (sign -1).
Result<std::optional<std::int64_t>> wholeBound(const Json& schema, const char* inclusive, const char* exclusive,
                                               int sign)
{
    std::optional<std::int64_t> bound;
    for (const char* key : {inclusive, exclusive}) {
        if (!schema.contains(key))
            continue;
        const Json& value = schema[key];
        constexpr double most = 9e15; // whole numbers up to there are exact
        if (!value.is_number() || !(std::abs(value.get<double>()) <= most))
            return fail(ErrorCode::InvalidArgument, fmt::format("'{}' is no number of a sensible size", key));
        const double number = value.get<double>() * sign;
        double whole = std::ceil(number);
        if (key == exclusive && whole == number)
            whole += 1;
        const auto found = static_cast<std::int64_t>(whole) * sign;
        bound = !bound ? found : sign > 0 ? std::max(*bound, found) : std::min(*bound, found);
    }
    return bound;
}

} // namespace

Result<std::string> SchemaConverter::values(const Json& schema, const Place& place)
{
    const Json given = schema.contains("const") ? Json::array({schema["const"]}) : schema["enum"];
    if (!given.is_array() || given.empty())
        return refuse(ErrorCode::InvalidArgument, place, "'enum' is no list of values");
    std::string text;
    for (const Json& value : given) {
        if (schema.contains("type") && !hasOneOfTypes(value, schema["type"]))
            continue;
        text += (text.empty() ? "" : " | ") + gbnfLiteral(value.dump());
    }
    if (text.empty())
        return refuse(ErrorCode::InvalidArgument, place, "no value of 'enum' or 'const' has the wanted type");
    return text;
}

Result<std::optional<std::int64_t>> SchemaConverter::count(const Json& schema, const char* keyword,
                                                           const Place& place) const
{
    if (!schema.contains(keyword))
        return std::optional<std::int64_t>();
    const Json& value = schema[keyword];
    if (!value.is_number_integer() || value.get<std::int64_t>() < 0)
        return refuse(ErrorCode::InvalidArgument, place, fmt::format("'{}' is no count", keyword));
    return std::optional(value.get<std::int64_t>());
}

Result<std::string> SchemaConverter::string(const Json& schema, const Place& place)
{
    LEMMA_TRY(const std::optional<std::int64_t> least, count(schema, "minLength", place));
    LEMMA_TRY(const std::optional<std::int64_t> most, count(schema, "maxLength", place));
    const bool counted = least || most;
    const bool hasPattern = schema.contains("pattern");
    std::optional<std::string_view> format;
    if (schema.contains("format") && schema["format"].is_string())
        format = formatRule(schema["format"].get<std::string>());
    if ((counted ? 1 : 0) + (hasPattern ? 1 : 0) + (format ? 1 : 0) > 1)
        return refuse(ErrorCode::Unsupported, place, "more than one of 'pattern', 'format' and a length");
    if (most && *most < least.value_or(0))
        return refuse(ErrorCode::InvalidArgument, place, "'maxLength' is below 'minLength'");
    if (hasPattern) {
        if (!schema["pattern"].is_string())
            return refuse(ErrorCode::InvalidArgument, place, "'pattern' is no text");
        Result<std::string> body = gbnfFromPattern(schema["pattern"].get<std::string>());
        if (!body)
            return refuse(body.error().code, place, body.error().message);
        return add(fmt::format("\"\\\"\" {} \"\\\"\"", *body));
    }
    if (format)
        return add(fmt::format("\"\\\"\" {} \"\\\"\"", *format));
    if (!counted)
        return std::string("schema-string");
    return add(fmt::format("\"\\\"\" schema-char{} \"\\\"\"", repetition(least.value_or(0), most)));
}

Result<std::string> SchemaConverter::integer(const Json& schema, const Place& place)
{
    const auto least = wholeBound(schema, "minimum", "exclusiveMinimum", 1);
    const auto most = wholeBound(schema, "maximum", "exclusiveMaximum", -1);
    for (const auto* bound : {&least, &most})
        if (!*bound)
            return refuse(bound->error().code, place, bound->error().message);
    if (*least && *most && **least > **most)
        return refuse(ErrorCode::InvalidArgument, place, "no whole number lies between the bounds");
    return add(integerBetween(*least, *most));
}

// Bounds of numbers with fractions would need a grammar of decimal expansions; only the sign is one.
Result<std::string> SchemaConverter::number(const Json& schema, const Place& place)
{
    for (const char* key : {"maximum", "exclusiveMinimum", "exclusiveMaximum"})
        if (schema.contains(key))
            return refuse(ErrorCode::Unsupported, place, fmt::format("'{}' of numbers that need not be whole", key));
    if (!schema.contains("minimum"))
        return std::string("schema-number");
    if (!schema["minimum"].is_number() || schema["minimum"].get<double>() != 0)
        return refuse(ErrorCode::Unsupported, place, "a 'minimum' other than 0 of numbers that need not be whole");
    return add(R"(("0" | [1-9] [0-9]{0,18}) ("." [0-9]{1,18})? ([eE] [-+]? [0-9]{1,3})?)");
}

} // namespace lemma::engine
