#pragma once
// Writing systems, as far as a thought can be told by them.

#include <cstdint>
#include <string_view>

namespace lemma::engine {

enum class WritingSystem : std::uint8_t {
    None, // digits, punctuation, symbols
    Latin,
    Cyrillic,
    Greek,
    Han,
    Kana,
    Hangul,
    Arabic,
    Hebrew,
    Devanagari,
    Thai,
    Other, // any other letter
};

// Of one character, by the blocks of the Unicode standard.
WritingSystem writingSystemOf(char32_t character);

// "latin", "cyrillic", ...; "" for None.
std::string_view writingSystemName(WritingSystem script);

// Whether words are written without spaces, so that characters are counted instead.
bool isWrittenWithoutSpaces(WritingSystem script);

} // namespace lemma::engine
