#pragma once
// JSON Schema as a grammar: every text that the grammar matches is JSON that fits the schema.
//
//     LEMMA_TRY(const std::string gbnf, gbnfFromJsonSchema(R"({"type": "object", "properties": {...}})"));
//
// Understood: type (one or several), properties, required, additionalProperties, items, prefixItems, minItems,
// maxItems, enum, const, anyOf, oneOf, allOf with one entry, $ref within the document ("#", "#/$defs/..."; recursion
// too), minLength, maxLength, pattern (json_pattern.h), minimum and maximum of integers, format of date, time,
// date-time and uuid. Annotations (title, description, default, ...) and other formats say nothing about the text and
// are passed over.
//
// The grammar is narrower than the schema where that costs nothing: properties come in the order in which the schema
// lists them; an object that lists properties has no others unless additionalProperties allows them in words; white
// space is short. oneOf is read as anyOf: an answer that fits two of its schemas is not excluded.
//
// Unsupported names the keyword and its place for what a grammar cannot say (multipleOf, uniqueItems, not, ...): a
// constraint is never silently dropped. InvalidArgument where the text is no JSON, or a schema that nothing fits.

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace lemma::engine {

Result<std::string> gbnfFromJsonSchema(std::string_view schema);

} // namespace lemma::engine
