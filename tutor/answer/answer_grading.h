#pragma once
// Is the final answer right that somebody wrote, in a text of any length? Found by final_answer.h, judged by grade.h.
//
//     gradeText("\\frac12", "... so the answer is \\boxed{0.5}.")              Equal
//     gradeText("$x = 3$", "Therefore $x = 4$.")                               Different
//     gradeText("5", "I do not know.")                                         Unknown, NotRead
//
// A text that can be read as one piece of mathematics is the answer as it stands; in any other the final answer is
// looked for. The gold text may be a whole solution, too. Ends within the budget. Safe to call from several threads at
// once, each with its Budget.

#include <string>
#include <string_view>

#include "tutor/checker/policy.h"
#include "tutor/checker/verdict.h"
#include "tutor/math/budget.h"

namespace lemma::tutor {

Verdict gradeText(std::string_view gold, std::string_view text, const Policy& policy = {},
                  const Budget& budget = Budget());

// What gradeText hands to the grader for such a text: the text itself, or the final answer in it.
std::string answerTextIn(std::string_view text, const Policy& policy = {});

} // namespace lemma::tutor
