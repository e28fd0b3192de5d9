#pragma once
// The rewards that DeepSeek-R1 was trained with, of one answer: accuracy, format and language consistency.
//
//     accuracyReward("\\frac12", "<think>...</think>So \\boxed{0.5}.")     1
//     formatReward("<think>2+2 is 4</think>So \\boxed{4}.")     1
//     languageReward("First we add. 首先 ...")                  the share of words in the main script
//
// Source: DeepSeek-R1 (arXiv 2501.12948), sections 2.2.2 (accuracy and format) and 2.3.2 (language consistency: the
// proportion of words of the target language in the chain of thought).

#include <string_view>

#include "tutor/checker/policy.h"
#include "tutor/math/budget.h"

namespace lemma::tutor {

// 1 where the final answer of the text (answer_grading.h) is proved or checked to be equal to the gold answer and has
// the form that the policy asks for; 0 otherwise, also where that is unknown: what is not known to be right earns
// nothing.
double accuracyReward(std::string_view gold, std::string_view modelText, const Policy& policy = {},
                      const Budget& budget = Budget());

enum class Script : unsigned char { Latin, Chinese };

struct FormatFindings {
    bool oneThought = false; // closed exactly once; the prompt may have opened it
    bool oneAnswer = false;  // something stands behind the thought, and no other thought
    bool boxed = false;      // the answer holds a box that is closed
};

FormatFindings examineFormat(std::string_view modelText);

// 1 where all three hold, otherwise 0.
double formatReward(std::string_view modelText);

// Share of the words that are in the script, from 0 to 1; formulas and digits are no words. 1 for a text without
// words. A Chinese character counts as a word.
double languageReward(std::string_view thought, Script target);

} // namespace lemma::tutor
