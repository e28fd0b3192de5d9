#pragma once
// What a comparison of two pieces of mathematics says, and why.
//
//     const Verdict verdict = grade("(x+1)^2", "x^2+1");
//     equalityName(verdict.equality)        "different"
//     reasonName(verdict.reason)            "counter-example"
//     verdict.sentence                      "For x = 1 the first is 4 and the second is 2."
//     verdict.counterexample->text()        "x = 1: 4 and 2"
//
// Equal and Different are only said where they are known; `reason` says how well. Form is apart from value: one half
// written 2/4 is Equal, and Form::Wrong where the policy asks for lowest terms.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lemma::tutor {

enum class Equality : unsigned char { Equal, Different, Unknown };
enum class Form : unsigned char { Ok, Wrong };

enum class ReasonKind : unsigned char {
    // equal, the best proof first; of something with parts, the reason is that of the weakest part
    SameForm,  // the same tree
    Exact,     // proved, by exact arithmetic or by algebra
    Text,      // the same words, the same choice
    Tolerance, // not the same number, but within what the policy allows
    Points,    // not proved: the same value wherever it was tried
    // different
    Value,          // two constants, proved by interval arithmetic or exactly
    Counterexample, // values of the variables for which they differ, proved
    Kind,           // a number and an inequality, words and a formula
    Size,           // other numbers of parts
    Units,
    Prefix, // "x =" where the policy refuses it
    // unknown
    NotRead, // one of the texts is not mathematics that can be read
    TooMuch, // the budget was spent
    Undecided,
};

// Values of the variables at which two expressions differ, and what they are there, as text that a student can check.
struct Counterexample {
    std::vector<std::pair<std::string, std::string>> point; // name, value
    std::string gold;                                       // "9", or "true" for a relation
    std::string answer;

    std::string text() const; // "x = 2: 9 and 5"
};

struct Verdict {
    Equality equality = Equality::Unknown;
    Form form = Form::Ok;
    ReasonKind reason = ReasonKind::Undecided;
    std::string sentence;     // for a person
    std::string formSentence; // what the form should have been; empty where it is right
    std::optional<Counterexample> counterexample;
    int points = 0; // for ReasonKind::Points: how many
};

Verdict equalBecause(ReasonKind reason);
Verdict differentBecause(ReasonKind reason);
Verdict unknownBecause(ReasonKind reason);

// What is known of a whole when its parts have these verdicts: any Different part decides, else any Unknown one, else
// the weaker reason stands.
Verdict together(Verdict a, Verdict b);

// "equal", "different", "unknown"; "ok", "wrong"; "same-form", "exact", "counter-example" ...: stable, for programs.
std::string_view equalityName(Equality equality);
std::string_view formName(Form form);
std::string_view reasonName(ReasonKind reason);

} // namespace lemma::tutor
