#include "tutor/answer/answer_grading.h"

#include "tutor/answer/final_answer.h"
#include "tutor/answer/prose.h"
#include "tutor/checker/grade.h"
#include "tutor/math/parser.h"
#include "tutor/math/words.h"

namespace lemma::tutor {
namespace {

// A box or a thought announces an answer, however readable the rest is.
bool isMarked(std::string_view text)
{
    for (const std::string_view mark : {"\\boxed", "\\fbox", "\\framebox", "</think>"})
        if (text.find(mark) != std::string_view::npos)
            return true;
    return false;
}

} // namespace

std::string answerTextIn(std::string_view text, const Policy& policy)
{
    if (!isMarked(text) && (answerPhrase(text) || (!isProse(text) && parseMath(text, {policy.commaIsDecimal}))))
        return std::string(text);
    const auto found = extractFinalAnswer(text);
    return found ? found->text() : std::string(text);
}

Verdict gradeText(std::string_view gold, std::string_view text, const Policy& policy, const Budget& budget)
{
    if (policy.kind == AnswerKind::Text)
        return grade(gold, text, policy, budget);
    return grade(answerTextIn(gold, policy), answerTextIn(text, policy), policy, budget);
}

} // namespace lemma::tutor
