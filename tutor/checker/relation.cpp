#include "tutor/checker/relation.h"

#include <algorithm>
#include <optional>

#include "tutor/checker/point_search.h"
#include "tutor/math/rational_form.h"
#include "tutor/math/rational_value.h"

namespace lemma::tutor {
namespace {

bool isOrderOrEquation(char sign)
{
    return sign == '=' || sign == '!' || sign == '<' || sign == '>' || sign == 'l' || sign == 'g';
}

char mirrored(char sign)
{
    return sign == '<' ? '>' : sign == '>' ? '<' : sign == 'l' ? 'g' : sign == 'g' ? 'l' : sign;
}

// The sign of the number there, where it is known.
std::optional<int> signAt(const Expr& e, const Point& point, const Budget& budget)
{
    if (const auto exact = rationalValue(e, point, budget))
        return exact->sign();
    const BallValue value = evaluateBall(e, point, 128, budget);
    if (value.status != BallStatus::Defined || !(value.ball.surelyPositive() || value.ball.surelyNegative()))
        return std::nullopt;
    return value.ball.surelyPositive() ? 1 : -1;
}

bool holds(char relation, int sign)
{
    switch (relation) {
    case '=': return sign == 0;
    case '!': return sign != 0;
    case '<': return sign < 0;
    case '>': return sign > 0;
    case 'l': return sign <= 0;
    default: return sign >= 0;
    }
}

std::vector<Rational> numbersIn(const Expr& e)
{
    std::vector<Rational> numbers;
    if (e->kind == Kind::Number)
        if (auto value = rationalOf(e->text); value && value->bits() < 80) {
            numbers.push_back(*value);
            fmpq_neg(value->get(), value->get());
            numbers.push_back(*value);
        }
    for (const Expr& arg : e->args)
        for (const Rational& number : numbersIn(arg))
            numbers.push_back(number);
    return numbers;
}

class RelationPair {
public:
    RelationPair(const Expr& gold, const Expr& answer, const Assumptions& assumptions, const Budget& budget)
        : m_gold(subtract(gold->args[0], gold->args[1])),
          m_answer(subtract(answer->args[0], answer->args[1])),
          m_goldSign(gold->text[0]),
          m_answerSign(answer->text[0]),
          m_assumptions(assumptions),
          m_budget(budget)
    {
        std::set<std::string> names = freeSymbols(m_gold);
        names.merge(freeSymbols(m_answer));
        m_names.assign(names.begin(), names.end());
    }

    // l < r and its multiples: the ratio of the differences is a constant, whose sign says whether the relation turns.
    bool areMultiples() const
    {
        const std::optional<Point> point = pointOfBoth();
        if (!point)
            return false;
        const auto p = rationalValue(m_gold, *point, m_budget), q = rationalValue(m_answer, *point, m_budget);
        if (!p || !q || p->sign() == 0 || q->sign() == 0)
            return false;
        const char needed = p->sign() != q->sign() ? mirrored(m_goldSign) : m_goldSign;
        // p q(0) = q p(0) exactly when p and q are multiples of each other.
        return m_answerSign == needed && equalByAlgebra(multiply({m_gold, rationalExpr(*q)}),
                                                        multiply({m_answer, rationalExpr(*p)}), m_budget) == Truth::Yes;
    }

    std::optional<Counterexample> difference() const
    {
        std::vector<Rational> landmarks = m_assumptions.landmarks();
        for (const Expr& e : {m_gold, m_answer})
            for (const Rational& number : numbersIn(e))
                landmarks.push_back(number);
        constexpr std::size_t pointsTried = 100;
        for (const Point& point : simplePoints(m_names, landmarks, pointsTried)) {
            if (m_budget.spent())
                break;
            if (auto found = differenceAt(point))
                return found;
        }
        return std::nullopt;
    }

private:
    std::optional<Point> pointOfBoth() const
    {
        Point point;
        long value = 7;
        for (const std::string& name : m_names)
            point[name] = Rational(value += 4, 3);
        return m_names.empty() ? std::nullopt : std::optional(point);
    }

    std::optional<Counterexample> differenceAt(const Point& point) const
    {
        if (!m_assumptions.empty() && !m_assumptions.admit(point, m_budget))
            return std::nullopt;
        const auto p = signAt(m_gold, point, m_budget), q = signAt(m_answer, point, m_budget);
        if (!p || !q || holds(m_goldSign, *p) == holds(m_answerSign, *q))
            return std::nullopt;
        Counterexample found;
        for (const auto& [name, value] : point)
            found.point.emplace_back(name, value.text());
        found.gold = holds(m_goldSign, *p) ? "true" : "false";
        found.answer = holds(m_answerSign, *q) ? "true" : "false";
        return found;
    }

    Expr m_gold, m_answer; // left minus right
    char m_goldSign, m_answerSign;
    const Assumptions& m_assumptions;
    const Budget& m_budget;
    std::vector<std::string> m_names;
};

} // namespace

Verdict compareRelations(const Expr& gold, const Expr& answer, const Assumptions& assumptions, const Budget& budget)
{
    const bool usable = gold->args.size() == 2 && answer->args.size() == 2 && isOrderOrEquation(gold->text[0]) &&
                        isOrderOrEquation(answer->text[0]) && !containsConstant(gold, "i") &&
                        !containsConstant(answer, "i") && !contains(gold, Kind::Apply) &&
                        !contains(answer, Kind::Apply);
    if (!usable)
        return unknownBecause(ReasonKind::Undecided);
    const RelationPair pair(gold, answer, assumptions, budget);
    if (pair.areMultiples())
        return equalBecause(ReasonKind::Exact);
    if (auto found = pair.difference()) {
        Verdict verdict = differentBecause(ReasonKind::Counterexample);
        verdict.counterexample = std::move(found);
        return verdict;
    }
    return unknownBecause(budget.spent() ? ReasonKind::TooMuch : ReasonKind::Undecided);
}

} // namespace lemma::tutor
