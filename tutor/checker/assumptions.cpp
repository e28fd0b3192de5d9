#include "tutor/checker/assumptions.h"

#include <algorithm>

#include "tutor/math/parser.h"

namespace lemma::tutor {
namespace {

using engine::ErrorCode;

bool isNumberSet(const Expr& e)
{
    return e->kind == Kind::Constant &&
           (e->text == "naturals" || e->text == "integers" || e->text == "rationals" || e->text == "reals");
}

bool isCondition(const Expr& e)
{
    if (e->kind != Kind::Relation)
        return false;
    if (e->text == "e")
        return e->args[0]->kind == Kind::Symbol && isNumberSet(e->args[1]);
    return std::all_of(e->text.begin(), e->text.end(), [](char sign) {
        return sign == '<' || sign == '>' || sign == 'l' || sign == 'g' || sign == '!' || sign == '=';
    });
}

bool holds(char sign, const Ball& difference)
{
    const arb_srcptr d = acb_realref(difference.get());
    if (acb_is_real(difference.get()) == 0)
        return false;
    switch (sign) {
    case '<': return arb_is_negative(d) != 0;
    case '>': return arb_is_positive(d) != 0;
    case 'l': return arb_is_nonpositive(d) != 0;
    case 'g': return arb_is_nonnegative(d) != 0;
    case '=': return arb_is_zero(d) != 0;
    default: return arb_contains_zero(d) == 0;
    }
}

bool memberHolds(const Rational& value, const std::string& set)
{
    if (set == "rationals" || set == "reals")
        return true;
    const bool whole = fmpz_is_one(fmpq_denref(value.get())) != 0;
    return whole && (set == "integers" || fmpz_sgn(fmpq_numref(value.get())) >= 0);
}

bool relationHolds(const Expr& relation, const Point& point, const Budget& budget)
{
    if (relation->text == "e") {
        const auto found = point.find(relation->args[0]->text);
        return found != point.end() && memberHolds(found->second, relation->args[1]->text);
    }
    for (std::size_t i = 0; i + 1 < relation->args.size(); ++i) {
        const BallValue difference =
            evaluateBall(subtract(relation->args[i], relation->args[i + 1]), point, 128, budget);
        if (difference.status != BallStatus::Defined || !holds(relation->text[i], difference.ball))
            return false;
    }
    return true;
}

void collectNumbers(const Expr& e, bool negative, std::vector<Rational>& numbers)
{
    if (e->kind == Kind::Number) {
        if (auto value = rationalOf(e->text)) {
            if (negative)
                fmpq_neg(value->get(), value->get());
            numbers.push_back(*value);
        }
        return;
    }
    for (const Expr& arg : e->args)
        collectNumbers(arg, negative != (e->kind == Kind::Negate), numbers);
}

// Whether a link of a chain says `name` > c (or >= c where `orEqual`) with c >= 0.
bool boundedBelow(const Expr& relation, const std::string& name, bool orEqual, const Budget& budget)
{
    for (std::size_t i = 0; i + 1 < relation->args.size(); ++i) {
        const char sign = relation->text[i];
        const bool greater = sign == '>' || sign == 'g';
        const bool less = sign == '<' || sign == 'l';
        if (!greater && !less)
            continue;
        const Expr& large = relation->args[greater ? i : i + 1];
        const Expr& small = relation->args[greater ? i + 1 : i];
        if (large->kind != Kind::Symbol || large->text != name || !freeSymbols(small).empty())
            continue;
        const BallValue bound = evaluateBall(small, {}, 128, budget);
        if (bound.status != BallStatus::Defined || acb_is_real(bound.ball.get()) == 0)
            continue;
        const arb_srcptr c = acb_realref(bound.ball.get());
        const bool strict = sign == '>' || sign == '<';
        if (arb_is_positive(c) != 0 || (arb_is_nonnegative(c) != 0 && (strict || orEqual)))
            return true;
    }
    return false;
}

} // namespace

engine::Result<> Assumptions::assume(std::string_view condition)
{
    const ParseResult parsed = parseMath(condition);
    if (!parsed)
        return engine::fail(ErrorCode::InvalidArgument, "condition: " + parsed.error().message);
    if (!isCondition(*parsed))
        return engine::fail(ErrorCode::InvalidArgument, "not a condition on variables: " + std::string(condition));
    m_texts.emplace_back(condition);
    m_relations.push_back(*parsed);
    return {};
}

bool Assumptions::isInteger(const std::string& name) const
{
    return std::any_of(m_relations.begin(), m_relations.end(), [&](const Expr& e) {
        return e->text == "e" && e->args[0]->text == name &&
               (e->args[1]->text == "integers" || e->args[1]->text == "naturals");
    });
}

bool Assumptions::isPositive(const std::string& name) const
{
    return std::any_of(m_relations.begin(), m_relations.end(),
                       [&](const Expr& e) { return boundedBelow(e, name, false, Budget()); });
}

bool Assumptions::isNonnegative(const std::string& name) const
{
    return std::any_of(m_relations.begin(), m_relations.end(), [&](const Expr& e) {
        const bool natural = e->text == "e" && e->args[0]->text == name && e->args[1]->text == "naturals";
        return natural || boundedBelow(e, name, true, Budget());
    });
}

bool Assumptions::admit(const Point& point, const Budget& budget) const
{
    return std::all_of(m_relations.begin(), m_relations.end(),
                       [&](const Expr& relation) { return relationHolds(relation, point, budget); });
}

std::vector<Rational> Assumptions::landmarks() const
{
    std::vector<Rational> numbers;
    for (const Expr& relation : m_relations)
        collectNumbers(relation, false, numbers);
    return numbers;
}

} // namespace lemma::tutor
