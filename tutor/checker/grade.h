#pragma once
// Is an answer right? Gold and answer are texts (LaTeX or plain); what is compared is their mathematics.
//
//     grade("\\frac{1}{2}", "0.5")            Equal, "exact"
//     grade("x=1 or x=2", "\\{2, 1\\}")       Equal
//     grade("[0,1)", "[0,1]")                 Different, "kind"
//
// Ends within the policy's time, whatever the texts. Safe to call from several threads.

#include <chrono>
#include <stop_token>
#include <string_view>

#include "tutor/checker/verdict.h"

namespace lemma::tutor {

enum class PercentMeaning : unsigned char { Either, Hundredths, Sign };

struct AnswerPolicy {
    bool listsAreOrdered = false;
    PercentMeaning percent = PercentMeaning::Either; // 20% is 1/5, or 20, or either
    bool unitsRequired = false;                      // units that are written on both sides must agree in any case
    bool commaIsDecimal = false;
    std::chrono::milliseconds time{50};
};

Verdict grade(std::string_view gold, std::string_view answer, const AnswerPolicy& policy = {},
              std::stop_token stop = {});

} // namespace lemma::tutor
