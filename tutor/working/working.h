#pragma once
// A student's working, line by line: does each line follow from the one before?
//
//     for (const LineCheck& check : checkWorking({"3x + 5 = 20", "3x = 25", "x = 25/3"}))
//         ...        // second line: Wrong, mistake "sign-lost", "x = 5 solves the line before; here it gives 15 and
//         25"
//
// Expressions must stay equal (simplifying); equations, inequalities and systems must keep their solutions. A line is
// compared with the one before even where that one is wrong, so that one mistake is reported once. A blank line begins
// another working. What may be right is never called wrong: a line is Wrong only where a value or a solution proves it.
//
// Steps that may add solutions (squaring, multiplying by an expression) are accepted; if such a solution is still named
// in the last line, that line is wrong. So are cases, one a line, of a product that is zero.
//
// Each line ends within its budget, and all of them within theirs. Safe to call from several threads.

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

#include "tutor/working/mistakes/mistake.h"

namespace lemma::tutor {

enum class LineVerdict : unsigned char { Right, Wrong, Unknown };

// How the solutions (or the value) of a line are related to those of the line before.
enum class LineRelation : unsigned char {
    First, // nothing stands before it
    Equivalent,
    Follows,   // from all lines so far: of a system, or one case of a product
    Lost,      // some solutions are missing
    Gained,    // some are new
    Different, // lost and gained, or another value
    Unknown,
    NotRead, // not mathematics that we read
};

// What a line is there for.
enum class LineRole : unsigned char {
    Condition,  // what is given: nothing to check
    Definition, // gives a name to something
    Claim,      // said to follow from what stands before it
};

struct LineCheck {
    std::size_t line = 0; // from 1
    std::string text;
    LineRole role = LineRole::Claim;
    LineVerdict verdict = LineVerdict::Unknown;
    LineRelation relation = LineRelation::Unknown;
    std::string reason; // why: "exact" "same-form" (proved), "points" (tried only), "substitution", "refuted",
                        // "undecided" "rounded" "not-read" "first" "definition"
                        // "too-much"
    const Mistake* mistake = nullptr; // Wrong lines: the one that explains it, if any
    std::string counterexample;       // Wrong lines: in words for a student
};

struct WorkingOptions {
    std::vector<std::string> assumptions; // "x > 0"
    bool commaIsDecimal = false;
    std::chrono::milliseconds workPerLine{300};  // as tutor/math/budget.h counts
    std::chrono::milliseconds workInAll{20'000}; // lines behind it are Unknown, "too-much"
};

std::vector<LineCheck> checkWorking(const std::vector<std::string>& lines, const WorkingOptions& options = {},
                                    std::stop_token stop = {});

constexpr const char* lineVerdictName(LineVerdict verdict)
{
    return verdict == LineVerdict::Right ? "right" : verdict == LineVerdict::Wrong ? "wrong" : "unknown";
}

constexpr const char* lineRoleName(LineRole role)
{
    return role == LineRole::Condition ? "condition" : role == LineRole::Definition ? "definition" : "claim";
}

const char* lineRelationName(LineRelation relation); // "first" "equivalent" "follows" "lost" "gained" ...

} // namespace lemma::tutor
