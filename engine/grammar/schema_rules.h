#pragma once
// Pieces of GBNF that schemas are put together from. Used by json_schema*.cpp.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/grammar/code_point_set.h"

namespace lemma::engine {

// The rules that every schema grammar ends with: white space and JSON's own values.
std::string_view jsonRules();

// `text` as a GBNF literal, quotes included.
std::string gbnfLiteral(std::string_view text);
// A class of these characters, "[...]".
std::string gbnfClass(const CodePointSet& set);

// A JSON string that is none of these (which are given as they are, not as JSON writes them), in plain characters
// without escapes: so it cannot be one of them in disguise.
std::string stringOtherThan(std::vector<std::string> names);

// Whole numbers of a range, as JSON writes them. Either bound may be missing. `least` <= `most`.
std::string integerBetween(std::optional<std::int64_t> least, std::optional<std::int64_t> most);

// "{n,m}", or what is shorter and means the same.
std::string repetition(std::int64_t least, std::optional<std::int64_t> most);

} // namespace lemma::engine
