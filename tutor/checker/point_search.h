#pragma once
// Points at which two expressions are compared: the simplest first, which a student can check by hand, then some that
// no formula expects.
//
//     const PointSearch search(gold, answer, assumptions, budget);
//     search.outcome()                 Differs: search.counterexample() says where; Agrees: at search.agreed() points
//
// A difference is proved by interval arithmetic or exactly. Agreement at points proves nothing by itself.

#include <optional>

#include "tutor/checker/assumptions.h"
#include "tutor/checker/verdict.h"
#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

class PointSearch {
public:
    enum class Outcome : unsigned char { Differs, Agrees, Unclear };

    PointSearch(const Expr& gold, const Expr& answer, const Assumptions& assumptions, const Budget& budget);

    Outcome outcome() const { return m_outcome; }
    int agreed() const { return m_agreed; }           // points that no formula expects, where both have the same value
    bool bothHaveValues() const { return m_defined; } // at one point at least
    bool exact() const { return m_exact; }            // the last point was compared as rational numbers
    const std::optional<Counterexample>& counterexample() const { return m_counterexample; }

private:
    enum class AtPoint : unsigned char { Same, Differs, NoValue };

    void run();
    AtPoint compareAt(const Point& point);
    bool tryPoint(const Point& point, bool counts);
    Counterexample describe(const Point& point) const;
    std::vector<Point> nearPoints() const;
    Point farPoint(int number) const;

    const Expr& m_gold;
    const Expr& m_answer;
    const Assumptions& m_assumptions;
    const Budget& m_budget;
    bool m_complex;
    std::vector<std::string> m_names;
    Outcome m_outcome = Outcome::Unclear;
    int m_agreed = 0;
    bool m_defined = false;
    bool m_exact = false;
    std::optional<Counterexample> m_counterexample;
};

// The value there as a student would write it down: a fraction where it is rational, else so many digits.
std::string valueText(const Expr& expr, const Point& point, bool complex, int digits, const Budget& budget);

// The points of simple numbers that are worth trying, simplest first; at most `most`. None without names.
std::vector<Point> simplePoints(const std::vector<std::string>& names, const std::vector<Rational>& landmarks,
                                std::size_t most);

} // namespace lemma::tutor
