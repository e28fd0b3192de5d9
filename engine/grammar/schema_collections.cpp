// Schemas of arrays and objects.
#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "engine/base/utf8.h"
#include "engine/grammar/schema_converter.h"
#include "engine/grammar/schema_rules.h"

namespace lemma::engine {
namespace {

constexpr std::string_view comma = "schema-ws \",\" schema-ws";
constexpr std::size_t longestName = 64; // of a property, where others are allowed beside it

} // namespace

Result<std::string> SchemaConverter::array(const Json& schema, const Place& place)
{
    LEMMA_TRY(const std::optional<std::int64_t> least, count(schema, "minItems", place));
    LEMMA_TRY(const std::optional<std::int64_t> most, count(schema, "maxItems", place));
    const bool oldTuple = schema.contains("items") && schema["items"].is_array();
    const Json prefix = oldTuple ? schema["items"] : schema.value("prefixItems", Json::array());
    if (!prefix.is_array())
        return refuse(ErrorCode::InvalidArgument, place, "'prefixItems' is no list of schemas");
    std::string first;
    std::size_t index = 0;
    for (const Json& part : prefix) {
        LEMMA_TRY(const std::string item, rule(part, place.inside("prefixItems").inside(std::to_string(index++))));
        first += first.empty() ? item : fmt::format(" {} {}", comma, item);
    }
    const auto fixed = static_cast<std::int64_t>(prefix.size());
    if (most && *most < std::max(fixed, least.value_or(0)))
        return refuse(ErrorCode::InvalidArgument, place, "'maxItems' is below the number of items that there must be");

    std::string item = fixed == 0 ? "schema-value" : ""; // a list with a beginning ends there unless `items` goes on
    if (schema.contains("items") && !oldTuple) {
        const Json& items = schema["items"];
        item.clear();
        if (!items.is_boolean() || items.get<bool>()) {
            LEMMA_TRY(item, rule(items, place.inside("items")));
        }
    }
    const std::int64_t restLeast = std::max<std::int64_t>(0, least.value_or(0) - fixed);
    const std::optional<std::int64_t> restMost = most ? std::optional(*most - fixed) : std::nullopt;
    if (item.empty() && restLeast > 0)
        return refuse(ErrorCode::InvalidArgument, place, "'minItems' asks for more items than there may be");
    std::string inside = first;
    if (!item.empty() && fixed > 0) {
        inside += fmt::format(" ({} {}){}", comma, item, repetition(restLeast, restMost));
    } else if (!item.empty() && restMost != 0) {
        const auto further = restMost ? std::optional(*restMost - 1) : std::nullopt;
        inside = fmt::format("({} ({} {}){}){}", item, comma, item,
                             repetition(std::max<std::int64_t>(0, restLeast - 1), further), restLeast == 0 ? "?" : "");
    }
    return add(fmt::format("\"[\" schema-ws {} schema-ws \"]\"", inside));
}

Result<std::string> SchemaConverter::object(const Json& schema, const Place& place)
{
    const bool open = !schema.contains("properties") && !schema.contains("required") &&
                      (!schema.contains("additionalProperties") || schema["additionalProperties"] == true);
    if (open)
        return std::string("schema-object");
    LEMMA_TRY(const std::vector<Member> all, members(schema, place));
    LEMMA_TRY(const std::string other, otherMember(schema, place));
    return objectOf(all, other);
}

Result<std::vector<SchemaConverter::Member>> SchemaConverter::members(const Json& schema, const Place& place)
{
    const Json properties = schema.value("properties", Json::object());
    const Json required = schema.value("required", Json::array());
    if (!properties.is_object() || !required.is_array())
        return refuse(ErrorCode::InvalidArgument, place, "'properties' is no object or 'required' is no list");
    const auto pairOf = [](const std::string& name, const std::string& value) {
        return fmt::format("{} schema-ws \":\" schema-ws {}", gbnfLiteral(Json(name).dump()), value);
    };
    const auto isRequired = [&](const std::string& name) {
        return std::ranges::find(required, Json(name)) != required.end();
    };
    std::vector<Member> result;
    for (const auto& [name, part] : properties.items()) {
        LEMMA_TRY(const std::string value, rule(part, place.inside("properties").inside(name)));
        result.push_back({pairOf(name, value), isRequired(name)});
    }
    for (const Json& name : required) {
        if (!name.is_string())
            return refuse(ErrorCode::InvalidArgument, place, "'required' holds something else than names");
        if (properties.contains(name.get<std::string>()))
            continue;
        const Json others = schema.value("additionalProperties", Json(true));
        if (others == false)
            return refuse(ErrorCode::InvalidArgument, place,
                          fmt::format("'{}' is required but not allowed", name.get<std::string>()));
        LEMMA_TRY(const std::string value, rule(others, place.inside("additionalProperties")));
        result.push_back({pairOf(name.get<std::string>(), value), true});
    }
    return result;
}

Result<std::string> SchemaConverter::otherMember(const Json& schema, const Place& place)
{
    const Json others = schema.value("additionalProperties", Json(false));
    if (others == false)
        return std::string();
    std::vector<std::string> names;
    const Json properties = schema.value("properties", Json::object());
    const Json required = schema.value("required", Json::array());
    for (const auto& [name, unused] : properties.items())
        names.push_back(name);
    for (const Json& name : required)
        names.push_back(name.get<std::string>());
    for (const std::string& name : names)
        if (name.size() > longestName)
            return refuse(
                ErrorCode::Unsupported, place,
                fmt::format("'additionalProperties' beside a property with a name of more than {} bytes", longestName));
    LEMMA_TRY(const std::string value, rule(others, place.inside("additionalProperties")));
    return add(fmt::format("{} schema-ws \":\" schema-ws {}", add(stringOtherThan(names)), value));
}

// Two chains of rules, from the last member to the first: what may come where nothing has been written yet, and where
// something has, so that each following member needs a comma.
std::string SchemaConverter::objectOf(const std::vector<Member>& members, const std::string& other)
{
    std::string followed = add(other.empty() ? "\"\"" : fmt::format("({} {})*", comma, other));
    std::string first = add(other.empty() ? "\"\"" : fmt::format("({} {})?", other, followed));
    for (auto member = members.rbegin(); member != members.rend(); ++member) {
        first = add(fmt::format("{} {}{}", member->pair, followed, member->required ? "" : " | " + first));
        followed = add(fmt::format("({} {}){} {}", comma, member->pair, member->required ? "" : "?", followed));
    }
    return fmt::format("\"{{\" schema-ws {} schema-ws \"}}\"", first);
}

} // namespace lemma::engine
