#pragma once
// A problem with everything that teaching it needs: what is asked, the key and what counts as it, how the key was
// confirmed, worked steps, hints, and the wrong answers that known misconceptions lead to. A value; it owes nothing to
// the generator or file that it came from.
//
// Texts are Markdown with formulas between \( and \): "Solve \(3x + 5 = 20\)." Bare mathematics (answer, lines) is
// LaTeX that tutor/math/parser.h reads.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tutor/checker/policy.h"

namespace lemma::tutor {

// One step of a worked solution: why, and the lines of working that it adds.
//
// All lines of a solution in order are a working in the sense of tutor/working/working.h: each follows from the one
// before, and nothing in it is refuted. A step that starts from somewhere else (another quantity, a formula) says so.
struct WorkedStep {
    std::string text;
    std::vector<std::string> lines;
    bool startsAnew = false; // its first line does not follow from the line before
};

// What somebody who holds a misconception answers. Wrong by the policy, and no two of a problem are equal.
struct WrongAnswer {
    std::string misconception; // an id of the curriculum: "sign-lost"
    std::string answer;
    std::string feedback; // to the student, about these very numbers, without giving the answer away
};

// A second way to the key, independent of how the problem was made.
enum class ConfirmationRoute : unsigned char {
    Solver,       // `text` is a problem for tutor/solver; its solution is graded as an answer
    Substitution, // `text` is a relation in `variable` that must hold for the key, and the key is all there is
    Computation,  // `text` is the answer as found by another computation, such as counting all cases
};

struct Confirmation {
    ConfirmationRoute route = ConfirmationRoute::Solver;
    std::string text;
    std::string variable; // of Substitution
};

struct Problem {
    std::string generator; // "linear-equation.one-step"; empty for a problem from elsewhere
    std::string skill;     // "linear-equations"
    int level = 1;         // 1 to 3
    std::uint64_t seed = 0;

    std::string text;
    std::string answer; // the key
    Policy policy;
    std::vector<Confirmation> confirmations; // at least one for a generated problem

    std::vector<std::string> given; // what is known, a phrase each, for "read": "the sum of both numbers is 12"
    std::string goal;               // what is asked, a phrase: "the larger number"

    // The rungs of the hint ladder that lie below the worked steps, from "what is asked" to "the next step, with a
    // blank": no hint contains the key.
    std::vector<std::string> hints;
    std::vector<WorkedStep> steps;
    std::vector<WrongAnswer> wrongAnswers;
};

// "solver", "substitution", "computation": stable, for programs.
std::string_view confirmationRouteName(ConfirmationRoute route);

} // namespace lemma::tutor
