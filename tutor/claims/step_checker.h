#pragma once
// What a step of a thought claims, and whether it is true: the badges beside the steps that a student pulls out.
//
//     StepChecker checker;
//     for (const Step& step : steps) {                        // in order: later steps lean on earlier ones
//         const StepCheck check = checker.check(step);
//         check.badge              Green, Red or Grey
//         check.reason             "2 of 3 claims checked": for people, beside the colour
//         check.claims             each with its place in the thought and its reason
//     }
//
// A relation is a definition ("let x = 5"), a condition (an equation that is given, or that we cannot trace back), or a
// claim. Green: proved, or found true wherever it was tried (`reason` says which). Red: wholly read, meant as a
// statement by its wording, and refuted. Everything else is grey. The step is green where all of its claims are, red
// where one of them is.
//
// Ends within the budget for each step. One owner thread.

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "tutor/math/expression.h"
#include "tutor/trace/step.h"
#include "tutor/working/statement.h"
#include "tutor/working/working.h"

namespace lemma::tutor {

enum class Badge : std::uint8_t { Grey, Green, Red };

std::string_view badgeName(Badge badge); // "grey", "green", "red"

struct StepClaim {
    SourceRange range; // bytes of the thought
    std::string text;
    LineRole role = LineRole::Claim;
    Badge badge = Badge::Grey;
    std::string reason; // "exact", "equal at 12 points", "12 and 13", "not read" ...
};

struct StepCheck {
    Badge badge = Badge::Grey;
    std::string reason;
    std::vector<StepClaim> claims; // in the order of the text
};

struct FoundRelation;

class StepChecker {
public:
    explicit StepChecker(std::chrono::milliseconds workPerStep = std::chrono::milliseconds(300),
                         std::stop_token stop = {});

    StepCheck check(const Step& step);

private:
    StepClaim judge(const FoundRelation& found, const Budget& budget);
    void judgeConstants(const Expr& relation, StepClaim& claim, const Budget& budget) const;
    void judgeEquation(const Expr& relation, const FoundRelation& found, StepClaim& claim, const Budget& budget);
    bool holdsInContext(const Statement& now, const FoundRelation& found, StepClaim& claim, const Budget& budget);
    void remember(const Statement& statement, const FoundRelation& found);

    std::chrono::milliseconds m_workPerStep;
    std::stop_token m_stop;
    std::vector<Statement> m_conditions; // equations in one unknown, the last few
    Assignment m_known;                  // values that the thought has found or supposed
    bool m_cutOff = false;               // the last step ended within a sentence
    // Of the present step:
    std::optional<Statement> m_previous; // the relation just before
    std::size_t m_previousEnd = 0;
    Expr m_lastTerm; // that a row beginning with "=" goes on from
};

} // namespace lemma::tutor
