#include "tutor/solver/trig_equation.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "tutor/calculus/derivative.h"
#include "tutor/calculus/simplify.h"
#include "tutor/calculus/special_values.h"
#include "tutor/calculus/trig_identities.h"
#include "tutor/solver/equation.h"
#include "tutor/solver/real_value.h"
#include "tutor/solver/zero_search.h"

namespace lemma::tutor {
namespace {

bool isTrigCall(const Expr& e)
{
    static constexpr std::string_view names[] = {"sin", "cos", "tan", "cot", "sec", "csc"};
    return e->kind == Kind::Function && std::find(std::begin(names), std::end(names), e->text) != std::end(names);
}

Expr withPi(const Expr& angle, const Rational& multiple, const Budget& budget)
{
    return simplified(add({angle, piTimes(multiple)}), budget);
}

class TrigSolver {
public:
    TrigSolver(const Expr& relation, std::string variable, const Budget& budget)
        : m_relation(relation),
          m_variable(std::move(variable)),
          m_budget(budget),
          m_difference(subtract(relation->args[0], relation->args[1]))
    {
    }

    Solution solve(const Interval* within)
    {
        if (const auto sign = withoutTheUnknown(); sign && *sign != 0)
            return finished({}, constant("emptyset"));
        if (!readOneAngle())
            return unknown("the equation is not one in the sine and cosine of one angle");
        if (identically())
            return unknown("the equation holds for every value, or its sides differ by what is not seen here");
        std::vector<Expr> angles;
        if (!findAngles(angles) || !keepSolutions(angles))
            return unknown(m_fault.empty() ? "no method that is known here leads to all solutions" : m_fault);
        return within != nullptr ? selected(angles, *within) : families(angles);
    }

private:
    Solution unknown(std::string why) const { return unknownSolution(ProblemKind::Trigonometric, std::move(why)); }

    void collectAngles(const Expr& e)
    {
        if (isTrigCall(e) && dependsOn(e, m_variable)) {
            const Expr w = e->args[0];
            if (!m_angle || !sameTree(m_angle, w))
                m_several = m_several || m_angle != nullptr;
            m_angle = w;
        }
        for (const Expr& arg : e->args)
            collectAngles(arg);
    }

    // sin^2 x + cos^2 x = 2, 1/sin x = 0: what is left after rewriting is a number, and where it is not zero nothing
    // is.
    std::optional<int> withoutTheUnknown()
    {
        const Expr written = inSineAndCosine(m_difference, m_budget);
        const Expr top = inSineAndCosine(asFraction(written, m_budget).top, m_budget);
        if (dependsOn(top, m_variable))
            return std::nullopt;
        m_steps.push_back({Action::OneTrigFunction, m_relation, equation(top, integer(0))});
        return signOf(top, m_budget);
    }

    // The equation in s = sin w and c = cos w, w = slope x + shift.
    bool readOneAngle()
    {
        // 1 - cos 2x: halves of angles never arise, so the angle that is left is the common one.
        const Expr written = inSineAndCosine(m_difference, m_budget);
        const Expr top = inSineAndCosine(asFraction(written, m_budget).top, m_budget);
        collectAngles(top);
        if (!m_angle || m_several)
            return false;
        m_inSC = replacePart(replacePart(top, function("sin", {m_angle}), symbol("s_w")), function("cos", {m_angle}),
                             symbol("c_w"));
        const std::vector<Expr> linear = coefficientsIn(m_angle, m_variable, m_budget);
        if (dependsOn(m_inSC, m_variable) || linear.size() != 2)
            return false;
        m_slope = linear[1];
        m_shift = linear[0];
        const auto sign =
            freeSymbols(m_slope).empty() && freeSymbols(m_shift).empty() ? signOf(m_slope, m_budget) : std::nullopt;
        if (!sign || *sign <= 0)
            return false;
        if (!sameTree(m_difference, top))
            m_steps.push_back({Action::OneTrigFunction, m_relation, equation(top, integer(0))});
        m_line = equation(top, integer(0));
        return true;
    }

    bool identically() const { return sameTree(m_inSC, integer(0)); }

    Expr sine() const { return function("sin", {m_angle}); }
    Expr cosine() const { return function("cos", {m_angle}); }

    // Angles w in (-pi, 2 pi) among which all solutions of one turn are.
    bool findAngles(std::vector<Expr>& angles)
    {
        std::vector<Expr> byCosine = coefficientsIn(m_inSC, "c_w", m_budget); // of c^0 and c^1: s^2 is already gone
        if (byCosine.empty() || byCosine.size() > 2)
            return false;
        const Expr a = byCosine[0], b = byCosine.size() == 2 ? byCosine[1] : integer(0);
        const auto isNumber = [](const Expr& e) { return freeSymbols(e).empty(); };
        // a s + b c = 0: the tangent is -b/a.
        const std::vector<Expr> a1 = coefficientsIn(a, "s_w", m_budget);
        if (a1.size() == 2 && sameTree(a1[0], integer(0)) && isNumber(b) && !sameTree(b, integer(0)))
            return byTangent(simplified(divide(negate(b), a1[1]), m_budget), angles);
        if (sameTree(b, integer(0)))
            return bySine(a, angles);
        if (sameTree(a, integer(0))) // B(s) c = 0
            return byCosineValue(symbol("c_w"), "c_w", angles) && bySine(b, angles);
        // In the cosine alone: s^2 = 1 - c^2.
        const Expr inCosine = withoutSinePowers();
        if (!dependsOn(inCosine, "s_w"))
            return byCosineValue(inCosine, "c_w", angles);
        const std::vector<Expr> bySineTerms = coefficientsIn(inCosine, "s_w", m_budget);
        if (bySineTerms.size() == 2 && sameTree(bySineTerms[0], integer(0))) // s B(c) = 0
            return bySine(symbol("s_w"), angles) && byCosineValue(bySineTerms[1], "c_w", angles);
        const Expr squared =
            expanded(subtract(power(a, integer(2)),
                              multiply({power(b, integer(2)), subtract(integer(1), power(symbol("s_w"), integer(2)))})),
                     m_budget);
        return bySine(squared, angles);
    }

    Expr withoutSinePowers() const
    {
        std::vector<Expr> c = coefficientsIn(m_inSC, "s_w", m_budget);
        const Expr square = subtract(integer(1), power(symbol("c_w"), integer(2)));
        while (c.size() > 2) {
            const Expr moved = multiply({c.back(), square});
            c[c.size() - 3] = add({c[c.size() - 3], moved});
            c.pop_back();
        }
        std::vector<Expr> terms;
        for (std::size_t i = 0; i < c.size(); ++i)
            terms.push_back(i == 0 ? c[i] : multiply({c[i], symbol("s_w")}));
        return terms.empty() ? m_inSC : expanded(add(std::move(terms)), m_budget);
    }

    // The zeros of an expression in one letter, between -1 and 1.
    bool valuesOf(const Expr& e, const std::string& letter, const Expr& call, std::vector<Expr>& values)
    {
        ZeroSearch search(letter, m_budget);
        if (!search.find(e) || search.metIdentity())
            return false;
        for (const Expr& value : search.candidates()) {
            const auto room = signOf(subtract(integer(1), power(value, integer(2))), m_budget);
            if (!room)
                return false;
            if (*room >= 0)
                values.push_back(value);
            else
                m_steps.push_back({Action::RejectExtraneous, equation(call, value), constant("emptyset")});
        }
        return true;
    }

    bool bySine(const Expr& e, std::vector<Expr>& angles)
    {
        std::vector<Expr> values;
        if (!dependsOn(e, "s_w")) // a constant factor that is not zero
            return signOf(e, m_budget).value_or(0) != 0;
        if (!valuesOf(e, "s_w", sine(), values))
            return false;
        for (const Expr& value : values) {
            const Expr first = simplified(function("asin", {value}), m_budget);
            const Expr second = simplified(subtract(constant("pi"), first), m_budget);
            write(sine(), value, {first, second});
            angles.insert(angles.end(), {first, second});
        }
        return true;
    }

    bool byCosineValue(const Expr& e, const std::string& letter, std::vector<Expr>& angles)
    {
        std::vector<Expr> values;
        if (!dependsOn(e, letter))
            return signOf(e, m_budget).value_or(0) != 0;
        if (!valuesOf(e, letter, cosine(), values))
            return false;
        for (const Expr& value : values) {
            const Expr first = simplified(function("acos", {value}), m_budget);
            const Expr second = simplified(negate(first), m_budget);
            write(cosine(), value, {first, second});
            angles.insert(angles.end(), {first, second});
        }
        return true;
    }

    bool byTangent(const Expr& value, std::vector<Expr>& angles)
    {
        const Expr first = simplified(function("atan", {value}), m_budget);
        const Expr second = withPi(first, Rational(1), m_budget);
        write(function("tan", {m_angle}), value, {first, second});
        angles.insert(angles.end(), {first, second});
        return true;
    }

    void write(const Expr& call, const Expr& value, std::vector<Expr> found)
    {
        for (Expr& angle : found)
            angle = equation(m_angle, angle);
        m_steps.push_back({Action::AnglesOfValue, equation(call, value), makeNode(Kind::List, "or", std::move(found))});
    }

    // The unknown for an angle w + 2 pi k.
    Expr unknownFor(const Expr& angle) const { return simplified(divide(subtract(angle, m_shift), m_slope), m_budget); }

    // Into [0, 2 pi), one of each, and only what solves the equation as it was given.
    bool keepSolutions(std::vector<Expr>& angles)
    {
        for (Expr& angle : angles)
            while (signOf(angle, m_budget).value_or(0) < 0)
                angle = withPi(angle, Rational(2), m_budget);
        for (Expr& angle : angles)
            if (signOf(subtract(angle, piTimes(Rational(2))), m_budget).value_or(-1) >= 0)
                angle = withPi(angle, Rational(-2), m_budget);
        if (!sortDistinct(angles, m_budget)) {
            m_fault = "the angles could not be told apart";
            return false;
        }
        std::vector<Expr> kept;
        for (const Expr& angle : angles) {
            const Expr value = unknownFor(angle);
            const Truth zero = isZeroAt(m_difference, m_variable, value, m_budget);
            if (zero == Truth::Unknown) {
                m_fault = "a candidate could not be checked by substitution";
                return false;
            }
            if (zero == Truth::Yes)
                kept.push_back(angle);
            else
                m_steps.push_back(
                    {Action::RejectExtraneous, equation(symbol(m_variable), value), constant("emptyset")});
        }
        angles = std::move(kept);
        return true;
    }

    Solution finished(std::vector<Expr> solutions, Expr set)
    {
        Solution solution;
        solution.kind = ProblemKind::Trigonometric;
        solution.solutions = std::move(solutions);
        solution.set = std::move(set);
        solution.steps = std::move(m_steps);
        solution.solved = true;
        return solution;
    }

    // Every angle of the turn comes again after this part of it: 2, 1, 1/2 times pi ...
    Rational periodOf(const std::vector<Expr>& angles) const
    {
        for (const long parts : {12L, 8L, 6L, 4L, 3L, 2L}) {
            const Rational period(2, static_cast<unsigned long>(parts));
            if (angles.size() % static_cast<std::size_t>(parts) != 0)
                continue;
            const std::size_t shift = angles.size() / static_cast<std::size_t>(parts);
            bool repeats = true;
            for (std::size_t i = 0; i + shift < angles.size() && repeats; ++i)
                repeats = signOf(subtract(add({angles[i], piTimes(period)}), angles[i + shift]), m_budget) == 0;
            if (repeats) {
                Rational reduced = period;
                fmpq_canonicalise(reduced.get());
                return reduced;
            }
        }
        return Rational(2);
    }

    Solution families(const std::vector<Expr>& angles)
    {
        if (angles.empty())
            return finished({}, constant("emptyset"));
        const Rational period = periodOf(angles);
        Rational count;
        fmpq_div(count.get(), period.get(), Rational(2).get());
        fmpq_mul(count.get(), count.get(), Rational(static_cast<long>(angles.size())).get());
        const auto many = static_cast<std::size_t>(fmpz_get_si(fmpq_numref(count.get())));
        const std::string k = m_variable == "k" || dependsOn(m_relation, "k") ? "n" : "k";
        const Expr turn = simplified(divide(multiply({piTimes(period), symbol(k)}), m_slope), m_budget);
        std::vector<Expr> solutions;
        for (std::size_t i = 0; i < many; ++i)
            solutions.push_back(simplified(add({unknownFor(angles[i]), turn}), m_budget));
        const Expr set = makeNode(
            Kind::List, ",",
            {makeNode(Kind::Set, "", solutions), makeNode(Kind::Relation, "e", {symbol(k), constant("integers")})});
        m_steps.push_back(
            {Action::AllPeriods, m_line, makeNode(Kind::Relation, "e", {symbol(m_variable), set->args[0]})});
        return finished(std::move(solutions), set);
    }

    Solution selected(const std::vector<Expr>& angles, const Interval& within)
    {
        constexpr long mostTurns = 200;
        if (!within.from || !within.to)
            return unknown("the interval has no end");
        const auto place = [&](const Expr& e) {
            return arf_get_d(arb_midref(acb_realref(evaluateBall(e, {}, 128, m_budget).ball.get())), ARF_RND_NEAR);
        };
        const double slope = place(m_slope), shift = place(m_shift), turn = 2 * std::acos(-1.0);
        const double first = std::floor((place(within.from) * slope + shift) / turn) - 1,
                     last = std::ceil((place(within.to) * slope + shift) / turn) + 1;
        if (!(std::fabs(first) < 1e9) || !(last - first < mostTurns))
            return unknown("the interval holds too many turns");
        std::vector<Expr> solutions;
        for (long k = static_cast<long>(first); k <= static_cast<long>(last); ++k)
            for (const Expr& angle : angles) {
                const Expr value = unknownFor(withPi(angle, Rational(2 * k), m_budget));
                const Truth inside = liesIn(value, within, m_budget);
                if (inside == Truth::Unknown || m_budget.spent())
                    return unknown("a solution could not be compared with the ends of the interval");
                if (inside == Truth::Yes)
                    solutions.push_back(value);
            }
        const Expr set = solutions.empty() ? constant("emptyset") : makeNode(Kind::Set, "", solutions);
        m_steps.push_back({Action::SelectInInterval, m_line, makeNode(Kind::Relation, "e", {symbol(m_variable), set})});
        return finished(std::move(solutions), set);
    }

    Expr m_relation;
    std::string m_variable;
    const Budget& m_budget;
    Expr m_difference;
    Expr m_angle;
    bool m_several = false;
    Expr m_inSC;
    Expr m_slope;
    Expr m_shift;
    Expr m_line;
    std::string m_fault;
    std::vector<SolutionStep> m_steps;
};

} // namespace

bool isTrigonometric(const Expr& expr, const std::string& variable)
{
    return (isTrigCall(expr) && dependsOn(expr, variable)) ||
           std::any_of(expr->args.begin(), expr->args.end(),
                       [&](const Expr& arg) { return isTrigonometric(arg, variable); });
}

Solution solveTrigEquation(const Expr& relation, const std::string& variable, const Interval* within,
                           const Budget& budget)
{
    return TrigSolver(relation, variable, budget).solve(within);
}

} // namespace lemma::tutor
