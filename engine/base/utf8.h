#pragma once
// UTF-8 as bytes: everything below app/ keeps text as std::string in UTF-8.

#include <cstddef>
#include <string>
#include <string_view>

namespace lemma::engine {

// Number of leading bytes of `text` that end on a whole character: a multi-byte character whose tail has not arrived
// yet is left out, broken bytes are not (no later byte can mend them). For streams.
std::size_t utf8CompletePrefix(std::string_view text);

// Replaces every byte sequence that is not valid UTF-8 by U+FFFD (one per maximal ill-formed part, as Unicode
// recommends).
std::string utf8Sanitized(std::string_view text);

struct DecodedCharacter {
    char32_t codePoint = 0;
    std::size_t length = 0; // bytes; 1 with codePoint U+FFFD for a broken byte, 0 at the end of the text
    bool valid = false;
};
// The character at byte `offset`.
DecodedCharacter utf8Decode(std::string_view text, std::size_t offset);

void utf8Append(std::string& out, char32_t codePoint);

} // namespace lemma::engine
