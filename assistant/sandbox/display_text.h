#pragma once
// Makes what a program wrote safe to show as plain text.
//
//     displayText("\x1b[31mred\x1b[0m\r\n")  ==  "red\n"
//
// The result is valid UTF-8; a broken byte is U+FFFD. ANSI sequences (colours, cursor, window title), other control
// characters and characters that reorder or hide text (bidi controls, zero-width marks) are left out; tab and line feed
// stay; a carriage return becomes a line feed. At most `maxLines` lines; the last one then says how many were left out.

#include <cstddef>
#include <string>
#include <string_view>

namespace lemma::assistant {

inline constexpr std::size_t displayMaxLines = 10'000;

std::string displayText(std::string_view raw, std::size_t maxLines = displayMaxLines);

} // namespace lemma::assistant
