#pragma once
// GPT-2's byte-to-unicode spelling: each of the 256 bytes is written as one printable character, so that a vocabulary
// can be kept as text. A space is spelt "Ġ", a newline "Ċ". Source: openai/gpt-2, src/encoder.py, bytes_to_unicode().

#include <cstdint>
#include <string>
#include <string_view>

namespace lemma::engine {

// The character (as UTF-8) that stands for a byte.
const std::string& byteSpelling(std::uint8_t byte);

// The bytes behind a spelling. A character that stands for no byte is kept as it is.
std::string bytesOfSpelling(std::string_view spelling);

} // namespace lemma::engine
