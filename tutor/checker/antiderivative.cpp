#include "tutor/checker/antiderivative.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "tutor/calculus/derivative.h"
#include "tutor/checker/scalar.h"
#include "tutor/checker/statement.h"
#include "tutor/math/print.h"

namespace lemma::tutor {
namespace {

bool isIndefinite(const Expr& e) { return e->kind == Kind::Integral && e->args.size() == 2; }

bool statesIntegral(const Expr& e) { return e->kind == Kind::Relation && e->text == "=" && isIndefinite(e->args[0]); }

// "\int 2x dx = x^2 + C" asks for its left side, and answers with its right one.
Expr askedOf(const Expr& e) { return statesIntegral(e) ? e->args[0] : valueOfStatement(e); }
Expr answeredBy(const Expr& e) { return statesIntegral(e) ? e->args[1] : valueOfStatement(e); }

bool namesConstant(const std::string& symbol)
{
    static constexpr std::array<std::string_view, 6> names = {"C", "c", "K", "k", "C_1", "c_1"};
    return std::find(names.begin(), names.end(), symbol) != names.end();
}

// The letter that is integrated over; empty: not clear which.
std::string variableOf(const Expr& gold, const Expr& answer)
{
    if (isIndefinite(gold))
        return gold->args[1]->text;
    std::set<std::string> names = freeSymbols(gold);
    names.merge(freeSymbols(answer));
    std::erase_if(names, namesConstant);
    return names.size() == 1 ? *names.begin() : names.contains("x") ? "x" : "";
}

// A letter that is added to the rest and stands nowhere in the integrand.
bool hasConstant(const Expr& answer, const Expr& integrand, const std::string& variable)
{
    const std::vector<Expr> terms = answer->kind == Kind::Add ? answer->args : std::vector<Expr>{answer};
    return std::any_of(terms.begin(), terms.end(), [&](const Expr& term) {
        const Expr bare = term->kind == Kind::Negate ? term->args[0] : term;
        return bare->kind == Kind::Symbol && bare->text != variable && !dependsOn(integrand, bare->text);
    });
}

std::string differenceSentence(const Expr& derivative, const Expr& integrand, const Verdict& verdict)
{
    std::string sentence =
        "The derivative of the answer is " + toPlain(derivative) + ", not " + toPlain(integrand) + ".";
    return verdict.counterexample ? sentence + " They differ for " + verdict.counterexample->text() + "." : sentence;
}

} // namespace

std::optional<Verdict> compareAntiderivatives(const Expr& goldTree, const Expr& answerTree, const Policy& policy,
                                              const Budget& budget)
{
    const Expr gold = askedOf(goldTree), answer = answeredBy(answerTree);
    const bool asked = isIndefinite(gold);
    if (!asked && policy.integrationConstant == IntegrationConstant::Asked)
        return std::nullopt;
    const std::string variable = variableOf(gold, answer);
    if (variable.empty() || isIndefinite(answer) || answer->kind == Kind::Relation || gold->kind == Kind::Relation)
        return std::nullopt;
    const auto its = differentiate(answer, variable, budget);
    const auto expected =
        asked ? Derivation{gold->args[0], {}} : differentiate(gold, variable, budget).value_or(Derivation{});
    if (!its || !expected.value)
        return unknownBecause(budget.spent() ? ReasonKind::TooMuch : ReasonKind::Undecided);
    Verdict verdict = compareScalars(expected.value, its->value, policy.assumptions, budget);
    if (verdict.reason == ReasonKind::SameForm)
        verdict = equalBecause(ReasonKind::Exact); // of the derivatives, not of the answers
    if (verdict.equality == Equality::Different)
        verdict.sentence = differenceSentence(its->value, expected.value, verdict);
    const bool needsConstant = policy.integrationConstant == IntegrationConstant::Required ||
                               (asked && policy.integrationConstant == IntegrationConstant::Asked);
    if (needsConstant && !hasConstant(answer, expected.value, variable)) {
        verdict.form = Form::Wrong;
        verdict.formSentence = "The constant of integration is missing.";
    }
    return verdict;
}

} // namespace lemma::tutor
