#pragma once
// Answers that are words or the letter of a choice, not formulas. Internal to grade.h.
//
//     choiceIn("\\textbf{(C) } 42")        letter 'C', content "42"
//     choiceIn("B")                        letter 'B', no content
//     sameWords("Odd", "\\text{odd}")      true

#include <optional>
#include <string>
#include <string_view>

namespace lemma::tutor {

struct Choice {
    char letter = 'A';
    std::string content; // what stands behind the letter; may be empty
};

// A letter from A to J that stands alone, or before its content: "(C)", "C. 42", "C) 42", "\textbf{(C)}".
// `anyCase`: a small letter counts, too, also behind "option".
std::optional<Choice> choiceIn(std::string_view text, bool anyCase = false);

// Letters and digits in lower case; commands and blanks do not count.
std::string plainLetters(std::string_view text);
bool sameWords(std::string_view a, std::string_view b);

// "odd" and \text{odd}, but no single letters and no formula.
bool isOneWord(std::string_view text);

} // namespace lemma::tutor
