#pragma once
// A file of cases by which a grader is measured: gold, answer, and whether they should count as the same.
//
//     {"cases": [{"case_id": "halves", "gold": "1/2", "answer": "2/4", "expected": true, "policy": {"form": ...}}]}
//
//     auto cases = gradeCasesFromJson(text);
//     const Verdict verdict = gradeCase((*cases)[0]);
//     agrees((*cases)[0], verdict)        equal where that is expected, anything else where it is not
//
// What a row may say besides: "form": "wrong" (right value, wrong form), and the options of Math-Verify's tests, which
// are policies: "precision" (decimal places to which a number must be right), "strict": false (names of variables do
// not matter), "allow_set_relation_comp": false (an inequality is no answer where a set is asked for).

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "tutor/checker/policy.h"
#include "tutor/checker/verdict.h"

namespace lemma::tutor {

struct GradeCase {
    std::string id;
    std::string source;
    std::string gold;
    std::string answer;
    bool expected = true;
    Form form = Form::Ok;
    Policy policy;
};

// Fails, and names the row, for what is no such file.
engine::Result<std::vector<GradeCase>> gradeCasesFromJson(std::string_view json);

Verdict gradeCase(const GradeCase& one);
bool agrees(const GradeCase& one, const Verdict& verdict);

} // namespace lemma::tutor
