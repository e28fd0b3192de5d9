#include "tutor/checker/answer_kind.h"

#include <algorithm>

#include "tutor/checker/statement.h"

namespace lemma::tutor {
namespace {

bool isSetConstant(const Expr& e)
{
    return e->kind == Kind::Constant && e->text != "pi" && e->text != "e" && e->text != "i" && e->text != "infinity";
}

bool isSetNotation(const Expr& e)
{
    return e->kind == Kind::Set || e->kind == Kind::Union || e->kind == Kind::Intersection ||
           e->kind == Kind::Difference || isSetConstant(e);
}

bool isInterval(const Expr& e)
{
    const bool whole = e->kind == Kind::Constant && e->text == "reals";
    const bool joined = e->kind == Kind::Union && std::all_of(e->args.begin(), e->args.end(), isInterval);
    return whole || joined || (e->kind == Kind::Bracket && e->args.size() == 2);
}

bool isScalar(const Expr& e)
{
    return e->kind != Kind::Relation && e->kind != Kind::List && e->kind != Kind::Bracket && e->kind != Kind::Matrix &&
           e->kind != Kind::Text && !isSetNotation(e);
}

// x = 3, x < 3, 2 < x < 3, x = 1 or x = 2: the unknown alone against numbers.
bool isSolved(const Expr& e)
{
    if (e->kind == Kind::List)
        return std::all_of(e->args.begin(), e->args.end(), isSolved);
    if (e->kind != Kind::Relation)
        return true;
    return std::all_of(e->args.begin(), e->args.end(),
                       [](const Expr& arg) { return isQuantityName(arg) || freeSymbols(arg).empty(); });
}

} // namespace

std::string kindFault(const Expr& answer, AnswerKind kind)
{
    const Expr value = valueOfStatement(answer);
    switch (kind) {
    case AnswerKind::Any:
    case AnswerKind::Text:
    case AnswerKind::Choice: return "";
    case AnswerKind::Number: return isScalar(value) && freeSymbols(value).empty() ? "" : "A number is asked for.";
    case AnswerKind::Expression: return isScalar(value) ? "" : "An expression is asked for.";
    case AnswerKind::Equation:
        return answer->kind == Kind::Relation ? "" : "An equation or an inequality is asked for.";
    case AnswerKind::Set: return isSetNotation(value) || isInterval(value) ? "" : "A set is asked for.";
    case AnswerKind::Interval: return isInterval(value) ? "" : "An interval is asked for.";
    case AnswerKind::Tuple: return value->kind == Kind::Bracket ? "" : "A tuple in brackets is asked for.";
    case AnswerKind::Matrix: return value->kind == Kind::Matrix ? "" : "A matrix or a vector is asked for.";
    }
    return "";
}

bool needsSolving(const Expr& gold, const Expr& answer)
{
    const bool oneUnknown = freeSymbols(answer).size() == 1;
    return oneUnknown && isSolved(gold) && !isSolved(answer) && freeSymbols(valueOfStatement(gold)).size() <= 1;
}

} // namespace lemma::tutor
