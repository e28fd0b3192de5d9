#include "engine/grammar/json_schema.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/grammar/schema_converter.h"
#include "engine/grammar/schema_rules.h"

namespace lemma::engine {
namespace {

constexpr std::size_t mostBytes = 1024 * 1024;
constexpr int mostLevels = 100;

// What would have to be honoured and cannot be said in a grammar.
constexpr std::array<std::string_view, 21> refusedKeywords{"multipleOf",
                                                           "uniqueItems",
                                                           "contains",
                                                           "minContains",
                                                           "maxContains",
                                                           "not",
                                                           "if",
                                                           "then",
                                                           "else",
                                                           "dependentRequired",
                                                           "dependentSchemas",
                                                           "dependencies",
                                                           "patternProperties",
                                                           "propertyNames",
                                                           "minProperties",
                                                           "maxProperties",
                                                           "unevaluatedItems",
                                                           "unevaluatedProperties",
                                                           "additionalItems",
                                                           "$dynamicRef",
                                                           "$recursiveRef"};

// Keywords of which an intersection would have to be made where two of them meet.
constexpr std::array<std::string_view, 6> choices{"$ref", "anyOf", "oneOf", "allOf", "enum", "const"};
constexpr std::array<std::string_view, 16> constraints{"properties",
                                                       "required",
                                                       "additionalProperties",
                                                       "items",
                                                       "prefixItems",
                                                       "minItems",
                                                       "maxItems",
                                                       "minLength",
                                                       "maxLength",
                                                       "pattern",
                                                       "format",
                                                       "minimum",
                                                       "exclusiveMinimum",
                                                       "exclusiveMaximum",
                                                       "maximum",
                                                       "type"};

} // namespace

SchemaConverter::Place SchemaConverter::Place::inside(std::string_view part) const
{
    return {fmt::format("{}/{}", pointer, part), depth + 1};
}

tl::unexpected<Error> SchemaConverter::refuse(ErrorCode code, const Place& place, std::string_view reason)
{
    return fail(code, fmt::format("JSON schema, at #{}: {}", place.pointer, reason));
}

std::string SchemaConverter::newName() { return fmt::format("s{}", m_names++); }

std::string SchemaConverter::add(std::string_view expression)
{
    std::string name = newName();
    m_rules += fmt::format("{} ::= {}\n", name, expression);
    return name;
}

Result<std::string> SchemaConverter::run()
{
    const std::string name = newName();
    m_references.emplace("", name);
    LEMMA_TRY(const std::string body, expression(m_document, {}));
    return fmt::format("root ::= {}\n{} ::= {}\n{}{}", name, name, body, m_rules, jsonRules());
}

Result<std::string> SchemaConverter::rule(const Json& schema, const Place& place)
{
    if (place.depth > mostLevels)
        return refuse(ErrorCode::Unsupported, place, "nested too deeply");
    LEMMA_TRY(const std::string body, expression(schema, place));
    return add(body);
}

Result<void> SchemaConverter::checkKeywords(const Json& schema, const Place& place) const
{
    std::string_view choice;
    for (const auto& [key, value] : schema.items()) {
        const bool harmless = key == "uniqueItems" && value == false;
        if (std::ranges::find(refusedKeywords, key) != refusedKeywords.end() && !harmless)
            return refuse(ErrorCode::Unsupported, place, fmt::format("'{}' cannot be put into a grammar", key));
        if (std::ranges::find(choices, key) == choices.end())
            continue;
        if (!choice.empty())
            return refuse(ErrorCode::Unsupported, place, fmt::format("'{}' beside '{}'", key, choice));
        choice = key;
    }
    if (choice.empty())
        return {};
    const bool givesValues = choice == "enum" || choice == "const";
    for (const std::string_view key : constraints) {
        if (schema.contains(key) && !(givesValues && key == "type"))
            return refuse(ErrorCode::Unsupported, place, fmt::format("'{}' beside '{}'", key, choice));
    }
    return {};
}

Result<std::string> SchemaConverter::expression(const Json& schema, const Place& place)
{
    if (schema.is_boolean() && schema.get<bool>())
        return std::string("schema-value");
    if (schema.is_boolean())
        return refuse(ErrorCode::InvalidArgument, place, "nothing fits the schema false");
    if (!schema.is_object())
        return refuse(ErrorCode::InvalidArgument, place, "a schema is an object, true or false");
    LEMMA_CHECK(checkKeywords(schema, place));
    if (schema.contains("$ref"))
        return reference(schema, place);
    for (const char* key : {"anyOf", "oneOf", "allOf"}) {
        if (!schema.contains(key))
            continue;
        const Json& parts = schema[key];
        if (!parts.is_array() || parts.empty())
            return refuse(ErrorCode::InvalidArgument, place, fmt::format("'{}' is no list of schemas", key));
        if (parts.size() > 1 && key == std::string_view("allOf"))
            return refuse(ErrorCode::Unsupported, place, "'allOf' with more than one schema");
        return alternatives(parts, place.inside(key));
    }
    if (schema.contains("enum") || schema.contains("const"))
        return values(schema, place);
    return ofTypes(schema, place);
}

// "#/$defs/point": each place is one rule, whoever refers to it, so that schemas may contain themselves.
Result<std::string> SchemaConverter::reference(const Json& schema, const Place& place)
{
    const std::string target = schema["$ref"].is_string() ? schema["$ref"].get<std::string>() : std::string();
    if (!target.starts_with("#") || (target.size() > 1 && target[1] != '/'))
        return refuse(ErrorCode::Unsupported, place,
                      fmt::format("$ref '{}' does not point into this document", target));
    const std::string pointer = target.substr(1);
    if (const auto known = m_references.find(pointer); known != m_references.end())
        return known->second;
    const Json* found = nullptr;
    try {
        const Json::json_pointer path(pointer);
        found = m_document.contains(path) ? &m_document.at(path) : nullptr;
    } catch (const Json::exception&) {
        found = nullptr; // a pointer that is none
    }
    if (!found)
        return refuse(ErrorCode::InvalidArgument, place, fmt::format("$ref '{}' points at nothing", target));
    if (place.depth > mostLevels)
        return refuse(ErrorCode::Unsupported, place, "references lead too far");
    const std::string name = newName();
    m_references.emplace(pointer, name);
    LEMMA_TRY(const std::string body, expression(*found, {pointer, place.depth + 1}));
    m_rules += fmt::format("{} ::= {}\n", name, body);
    return name;
}

Result<std::string> SchemaConverter::alternatives(const Json& schemas, const Place& place)
{
    std::string text;
    std::size_t index = 0;
    for (const Json& schema : schemas) {
        LEMMA_TRY(const std::string part, rule(schema, place.inside(std::to_string(index++))));
        text += (text.empty() ? "" : " | ") + part;
    }
    return text;
}

Result<std::string> SchemaConverter::ofTypes(const Json& schema, const Place& place)
{
    if (schema.contains("type") && schema["type"].is_string())
        return ofType(schema["type"].get<std::string>(), schema, place);
    if (schema.contains("type")) {
        if (!schema["type"].is_array() || schema["type"].empty())
            return refuse(ErrorCode::InvalidArgument, place, "'type' is neither a name nor a list of names");
        std::string text;
        for (const Json& type : schema["type"]) {
            LEMMA_TRY(const std::string part,
                      ofType(type.is_string() ? type.get<std::string>() : type.dump(), schema, place));
            text += (text.empty() ? "" : " | ") + part;
        }
        return text;
    }
    const auto hasAny = [&](std::initializer_list<const char*> keys) {
        return std::ranges::any_of(keys, [&](const char* key) { return schema.contains(key); });
    };
    if (hasAny({"properties", "required", "additionalProperties"}))
        return object(schema, place);
    if (hasAny({"items", "prefixItems", "minItems", "maxItems"}))
        return array(schema, place);
    if (hasAny({"pattern", "minLength", "maxLength", "format"}))
        return string(schema, place);
    if (hasAny({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}))
        return number(schema, place);
    return std::string("schema-value");
}

Result<std::string> SchemaConverter::ofType(const std::string& type, const Json& schema, const Place& place)
{
    if (type == "object")
        return object(schema, place);
    if (type == "array")
        return array(schema, place);
    if (type == "string")
        return string(schema, place);
    if (type == "integer")
        return integer(schema, place);
    if (type == "number")
        return number(schema, place);
    if (type == "boolean")
        return std::string("schema-boolean");
    if (type == "null")
        return std::string("schema-null");
    return refuse(ErrorCode::InvalidArgument, place, fmt::format("unknown type '{}'", type));
}

Result<std::string> gbnfFromJsonSchema(std::string_view schema)
{
    if (schema.size() > mostBytes)
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("JSON schema: {} bytes are more than {}", schema.size(), mostBytes));
    try {
        const auto document = SchemaConverter::Json::parse(schema);
        return SchemaConverter(document).run();
    } catch (const nlohmann::json::exception& error) {
        return fail(ErrorCode::InvalidArgument, fmt::format("JSON schema: {}", error.what()));
    }
}

} // namespace lemma::engine
