#pragma once
// The final answer in what a model or a student wrote, and where it stands.
//
//     auto answer = extractFinalAnswer("So $x = 2$ or $x = 3$. The answer is \\boxed{\\frac{1}{2}}.");
//     answer->text()            "\\frac{1}{2}"
//     answer->mark              AnswerMark::Boxed
//     answer->parts[0].range    the bytes of \frac{1}{2} in the text
//
// What announces an answer, the surest first: the last \boxed{}; "the answer is ..." and its like; a bold last line; a
// last line that is only a choice letter; the last formula; the last number of a last line in prose; a short last line.
// Boxes that only commas and small words separate ("\boxed{2} papers and \boxed{3} bins") are parts of one answer. A
// thought before </think> is passed over, and looked into only where nothing follows it.
//
// The text is not read as mathematics here (tutor/math/parser.h does that). Linear in the text; never throws.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tutor/math/expression.h"

namespace lemma::tutor {

enum class AnswerMark : unsigned char { Boxed, Phrase, Bold, Choice, Formula, Number, Line };

// "boxed", "phrase" ...: stable, for programs.
std::string_view answerMarkName(AnswerMark mark);

struct AnswerPart {
    std::string text;
    SourceRange range; // of `text` in what was searched
};

struct FinalAnswer {
    AnswerMark mark = AnswerMark::Line;
    std::vector<AnswerPart> parts; // at least one

    std::string text() const; // the parts joined by ", "
};

std::optional<FinalAnswer> extractFinalAnswer(std::string_view modelText);

// A student's line is an answer as a whole; "Answer:", list marks, $ and a full stop around it are taken off.
std::optional<FinalAnswer> extractStudentAnswer(std::string_view line);

} // namespace lemma::tutor
