#pragma once
// What counts as right for one question: set by the teacher, visible to the student. The default is exact mathematics
// in any form.
//
//     auto policy = policyFromJson(R"({"form": "lowest-terms", "units": "required", "assume": ["x > 0"]})");
//     policyToJson(*policy)      // every field, in a stable order
//
// Value and form are judged apart (verdict.h): a policy's form never turns a right value into a wrong one.

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "tutor/checker/assumptions.h"

namespace lemma::tutor {

// What is asked for. Text is compared letter by letter and never read as mathematics, of a Choice only the letter
// counts. A right answer of another kind than the others has the wrong form: 1 < x < 2 where an interval is asked for.
enum class AnswerKind : unsigned char {
    Any,
    Text,
    Choice,
    Number,
    Expression,
    Equation, // or an inequality
    Set,
    Interval,
    Tuple,
    Matrix
};

enum class RequiredForm : unsigned char {
    Any,
    Simplified,         // nothing left to work out: 2 + 3, 4/6, \sqrt{8}, x + x
    LowestTerms,        // fractions reduced
    Factored,           // a product of factors that cannot be factored over the rational numbers
    Expanded,           // no brackets left to multiply out
    Decimals,           // a decimal number with exactly `digits` places
    SignificantFigures, // a decimal number with exactly `digits` significant figures
    ExactNotDecimal,    // no decimal point
};

enum class ToleranceKind : unsigned char { Exact, Absolute, Relative };

enum class UnitsPolicy : unsigned char {
    Ignored,    // the number alone counts, but units written on both sides must not contradict each other
    Required,   // a unit of the gold answer must be there, and be the same one
    Equivalent, // a unit of the gold answer must be there, or one that can be converted: 2 m for 200 cm
};

enum class PercentMeaning : unsigned char { Either, Hundredths, Sign }; // 20% is 1/5 or 20; only 1/5; only 20

// The C of an antiderivative. Whatever it is, an answer to an indefinite integral is judged by its derivative.
enum class IntegrationConstant : unsigned char {
    Asked,    // where the question is an integral without bounds, the form is wrong without a constant
    Ignored,  // antiderivatives count up to a constant, with one or without
    Required, // the same, and the form is wrong without one
};

struct Policy {
    AnswerKind kind = AnswerKind::Any;
    RequiredForm form = RequiredForm::Any;
    int digits = 2; // of Decimals and SignificantFigures
    ToleranceKind toleranceKind = ToleranceKind::Exact;
    std::string tolerance = "0"; // an exact decimal or fraction, "0.05"
    UnitsPolicy units = UnitsPolicy::Ignored;
    bool listIsOrdered = false; // the order of a list "1, 2" (tuples are always ordered, sets never)
    PercentMeaning percent = PercentMeaning::Either;
    bool prefixAllowed = true;  // "x = 5" for 5
    bool relationForSet = true; // "1 < x < 2" where the gold answer is an interval or another set
    bool namesMatter = true;    // otherwise f(t) answers f(x): any renaming of the variables will do
    bool commaIsDecimal = false;
    IntegrationConstant integrationConstant = IntegrationConstant::Asked;
    Assumptions assumptions;
};

// Fails, and names the field, for what is not a policy: unknown fields and values too. Never throws.
engine::Result<Policy> policyFromJson(std::string_view json);
std::string policyToJson(const Policy& policy);

} // namespace lemma::tutor
