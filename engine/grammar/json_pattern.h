#pragma once
// The `pattern` of a JSON schema (a regular expression of ECMA-262) as GBNF: what stands between the quotes of a JSON
// string.
//
//     LEMMA_TRY(const std::string gbnf, gbnfFromPattern("^[A-Z]{2}-\\d+$"));
//
// Understood: characters, `.`, classes, \d \w \s and their opposites, groups, |, * + ? {n} {n,} {n,m} (also lazy, which
// matches the same texts), ^ and $ at the ends of the whole or of an alternative. Without an anchor anything may stand
// before or behind, as JSON Schema wants it. Unsupported names what goes further: references back, looking ahead or
// behind, word boundaries, \p.

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace lemma::engine {

Result<std::string> gbnfFromPattern(std::string_view pattern);

} // namespace lemma::engine
