#include "tutor/checker/point_search.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tutor/math/rational_value.h"

namespace lemma::tutor {
namespace {

constexpr int farPointsTried = 48;
constexpr int farPointsNeeded = 10;
constexpr std::size_t simplePointsTried = 48;
constexpr long zeroBits = 60; // two different school expressions do not agree to 18 digits at ten points

// Small whole numbers, then simple fractions.
std::vector<Rational> simpleNumbers(const std::vector<Rational>& landmarks)
{
    std::vector<Rational> numbers;
    const auto offer = [&](const Rational& number) {
        if (std::find(numbers.begin(), numbers.end(), number) == numbers.end())
            numbers.push_back(number);
    };
    for (const long whole : {1L, 2L, 0L, 3L, -1L, -2L, 4L, 5L, -3L, 10L})
        offer(Rational(whole));
    offer(Rational(1, 2));
    for (const Rational& mark : landmarks) {
        Rational beside = mark;
        offer(mark);
        fmpq_add_si(beside.get(), mark.get(), 1);
        offer(beside);
        fmpq_sub_si(beside.get(), mark.get(), 1);
        offer(beside);
    }
    for (const auto& [top, bottom] : {std::pair(-1L, 2UL), {1L, 3UL}, {3L, 2UL}, {1L, 4UL}, {2L, 3UL}, {1L, 10UL}})
        offer(Rational(top, bottom));
    return numbers;
}

// All vectors of `count` simple numbers, at most `most`.
std::vector<std::vector<Rational>> simpleVectors(std::size_t count, const std::vector<Rational>& landmarks,
                                                 std::size_t most)
{
    const std::vector<Rational> numbers = simpleNumbers(landmarks);
    std::vector<std::vector<Rational>> result;
    if (count > 3) { // too many combinations: equal ones, then a rotation
        for (std::size_t t = 0; t < 2 * numbers.size() && result.size() < most; ++t) {
            std::vector<Rational> one;
            for (std::size_t k = 0; k < count; ++k)
                one.push_back(numbers[(t / 2 + (t % 2) * k) % numbers.size()]);
            result.push_back(std::move(one));
        }
        return result;
    }
    // By the sum of places in the list of simple numbers.
    for (std::size_t sum = 0; sum < count * numbers.size() && result.size() < most; ++sum) {
        std::vector<std::size_t> places(count, 0);
        const auto extend = [&](const auto& self, std::size_t k, std::size_t left) -> void {
            if (result.size() >= most)
                return;
            if (k + 1 == count) {
                if (left >= numbers.size())
                    return;
                places[k] = left;
                std::vector<Rational> one;
                for (const std::size_t place : places)
                    one.push_back(numbers[place]);
                result.push_back(std::move(one));
                return;
            }
            for (places[k] = 0; places[k] <= left && places[k] < numbers.size(); ++places[k])
                self(self, k + 1, left - places[k]);
        };
        if (count > 0)
            extend(extend, 0, sum);
    }
    return result;
}

std::string decimals(const Ball& ball, int digits)
{
    const auto part = [&](arb_srcptr x) {
        char* raw = arb_get_str(x, digits, ARB_STR_NO_RADIUS);
        std::string text = raw;
        flint_free(raw);
        if (text.find('.') != std::string::npos && text.find('e') == std::string::npos) {
            text.erase(text.find_last_not_of('0') + 1);
            if (text.back() == '.')
                text.pop_back();
        }
        return text;
    };
    const std::string real = part(acb_realref(ball.get()));
    if (acb_is_real(ball.get()) != 0)
        return real;
    return real + " + " + part(acb_imagref(ball.get())) + " i";
}

} // namespace

std::string valueText(const Expr& expr, const Point& point, bool complex, int digits, const Budget& budget)
{
    if (const auto exact = rationalValue(expr, point, budget); exact && exact->bits() < 80)
        return exact->text();
    return decimals(evaluateBall(expr, point, 256, budget, complex).ball, digits);
}

std::vector<Point> simplePoints(const std::vector<std::string>& names, const std::vector<Rational>& landmarks,
                                std::size_t most)
{
    std::vector<Point> points;
    for (const std::vector<Rational>& values : simpleVectors(names.size(), landmarks, most)) {
        Point& point = points.emplace_back();
        for (std::size_t k = 0; k < names.size(); ++k)
            point[names[k]] = values[k];
    }
    return points;
}

PointSearch::PointSearch(const Expr& gold, const Expr& answer, const Assumptions& assumptions, const Budget& budget)
    : m_gold(gold),
      m_answer(answer),
      m_assumptions(assumptions),
      m_budget(budget),
      m_complex(containsConstant(gold, "i") || containsConstant(answer, "i"))
{
    std::set<std::string> symbols = freeSymbols(gold);
    symbols.merge(freeSymbols(answer));
    m_names.assign(symbols.begin(), symbols.end());
    run();
}

void PointSearch::run()
{
    for (const Point& point : nearPoints())
        if (m_budget.spent() || tryPoint(point, m_names.empty()))
            return;
    for (int t = 0; t < farPointsTried && !m_names.empty() && m_agreed < farPointsNeeded + 2; ++t)
        if (m_budget.spent() || tryPoint(farPoint(t), true))
            return;
    if (m_agreed >= (m_names.empty() ? 1 : farPointsNeeded))
        m_outcome = Outcome::Agrees;
}

bool PointSearch::tryPoint(const Point& point, bool counts)
{
    if (!m_assumptions.empty() && !m_assumptions.admit(point, m_budget))
        return false;
    const AtPoint found = compareAt(point);
    m_defined = m_defined || found != AtPoint::NoValue;
    m_agreed += counts && found == AtPoint::Same ? 1 : 0;
    if (found != AtPoint::Differs)
        return false;
    m_outcome = Outcome::Differs;
    m_counterexample = describe(point);
    return true;
}

PointSearch::AtPoint PointSearch::compareAt(const Point& point)
{
    m_exact = false;
    if (const auto x = rationalValue(m_gold, point, m_budget))
        if (const auto y = rationalValue(m_answer, point, m_budget)) {
            m_exact = true;
            return *x == *y ? AtPoint::Same : AtPoint::Differs;
        }
    for (long precision = 128; precision <= Budget::maximumPrecision && !m_budget.spent(); precision *= 4) {
        const BallValue x = evaluateBall(m_gold, point, precision, m_budget, m_complex);
        if (x.status == BallStatus::Undefined)
            return AtPoint::NoValue;
        const BallValue y = evaluateBall(m_answer, point, precision, m_budget, m_complex);
        if (y.status == BallStatus::Undefined)
            return AtPoint::NoValue;
        if (x.status == BallStatus::Unclear || y.status == BallStatus::Unclear)
            continue;
        Ball difference;
        acb_sub(difference.get(), x.ball.get(), y.ball.get(), precision);
        if (difference.surelyNonzero())
            return AtPoint::Differs;
        if (difference.withinOfZero(zeroBits))
            return AtPoint::Same;
    }
    return AtPoint::NoValue;
}

Counterexample PointSearch::describe(const Point& point) const
{
    Counterexample result;
    for (const auto& [name, value] : point)
        result.point.emplace_back(name, value.text());
    const Budget patience; // the verdict stands already; naming the values must not fail for want of budget
    for (const int digits : {6, 15, 40}) {
        result.gold = valueText(m_gold, point, m_complex, digits, patience);
        result.answer = valueText(m_answer, point, m_complex, digits, patience);
        if (result.gold != result.answer)
            break;
    }
    return result;
}

std::vector<Point> PointSearch::nearPoints() const
{
    return m_names.empty() ? std::vector{Point{}} : simplePoints(m_names, m_assumptions.landmarks(), simplePointsTried);
}

// Fractions around zero, some of them inside (0, 1) for inverse sines and logarithms of small numbers, some large;
// integers where a variable is one.
Point PointSearch::farPoint(int number) const
{
    Point point;
    for (std::size_t k = 0; k < m_names.size(); ++k) {
        const long spread = (number + 1) * 7L + static_cast<long>(k) * 5L;
        const auto prime = std::array<unsigned long, 5>{31, 37, 41, 43, 47}[k % 5];
        const std::string& name = m_names[k];
        if (m_assumptions.isInteger(name)) {
            point[name] = Rational((spread * 37) % 83 - (m_assumptions.isNonnegative(name) ? 0 : 41));
        } else if (m_assumptions.isNonnegative(name) || number % 3 == 1) {
            point[name] = Rational((spread * 53) % 1009 + 1, prime * (number % 2 == 0 ? 1UL : 29UL));
        } else if (number % 3 == 2) {
            point[name] = Rational((spread * 53) % 97 + 1, 101);
        } else {
            point[name] = Rational((spread * 37) % 211 - 105, prime);
        }
    }
    return point;
}

} // namespace lemma::tutor
