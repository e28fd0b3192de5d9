#include "tutor/solver/equation.h"

#include <algorithm>
#include <utility>

#include "tutor/math/exact_value.h"
#include "tutor/math/rational_function.h"
#include "tutor/math/roots.h"

namespace lemma::tutor {
namespace {

// `places`: about where the values lie, ascending.
void insertInOrder(std::vector<Expr>& values, std::vector<double>& places, const Expr& value, double place)
{
    const auto at = std::upper_bound(places.begin(), places.end(), place);
    values.insert(values.begin() + (at - places.begin()), value);
    places.insert(at, place);
}

class EquationSolver {
public:
    EquationSolver(const Expr& relation, std::string variable, Domain domain, const Budget& budget)
        : m_relation(relation), m_variable(std::move(variable)), m_domain(domain), m_budget(budget)
    {
    }

    Solution solve()
    {
        const auto left = readRationalFunction(m_relation->args[0], m_variable);
        const auto right = readRationalFunction(m_relation->args[1], m_variable);
        const auto zero = left && right ? difference(*left, *right) : std::nullopt;
        if (!zero)
            return unknownSolution(ProblemKind::Other, "not a polynomial or rational equation of moderate size");
        m_solution.kind = kindOf(*zero);
        writeCollected(*zero);
        if (zero->top.isZero())
            return everywhere(zero->excluded);
        if (zero->top.degree() == 0)
            return finished();
        return factor(*zero) ? finished() : std::move(m_solution);
    }

private:
    static ProblemKind kindOf(const RationalFunction& f)
    {
        if (f.excluded.degree() > 0)
            return ProblemKind::Rational;
        const long degree = f.top.degree();
        return degree <= 1 ? ProblemKind::Linear : degree == 2 ? ProblemKind::Quadratic : ProblemKind::Polynomial;
    }

    void write(Action action, Expr to)
    {
        if (sameTree(m_line, to))
            return;
        m_solution.steps.push_back({action, m_line, to});
        m_line = std::move(to);
    }

    // A line beside the main one: the factor and its roots.
    void writeAside(Action action, Expr from, Expr to)
    {
        m_solution.steps.push_back({action, std::move(from), std::move(to)});
    }

    void writeCollected(const RationalFunction& zero)
    {
        m_line = m_relation;
        if (zero.excluded.degree() > 0)
            writeAside(Action::NameExcluded, m_relation,
                       makeNode(Kind::Relation, "!", {toExpression(zero.excluded, m_variable), integer(0)}));
        const bool fractions = zero.bottom.degree() > 0;
        write(fractions ? Action::ClearDenominators : Action::CollectOnOneSide,
              equation(toExpression(zero.top, m_variable), integer(0)));
    }

    // Both sides are the same wherever they are defined.
    Solution everywhere(const Polynomial& excluded)
    {
        const bool complexNumbers = m_domain == Domain::Complex;
        m_solution.set = constant(complexNumbers ? "complexes" : "reals");
        if (excluded.degree() > 0) {
            std::vector<Expr> gaps;
            std::vector<double> places;
            for (const Factor& factor : factorsOf(excluded, m_domain)) {
                if (!factor.complete)
                    return unknownSolution(m_solution.kind, "the excluded values have no form that is known here");
                for (std::size_t i = 0; i < factor.roots.size(); ++i)
                    insertInOrder(gaps, places, factor.roots[i], factor.order[i]);
            }
            if (!gaps.empty())
                m_solution.set = makeNode(Kind::Difference, "", {m_solution.set, makeNode(Kind::Set, "", gaps)});
        }
        m_solution.solved = true;
        return std::move(m_solution);
    }

    bool factor(const RationalFunction& zero)
    {
        const std::vector<Factor> factors = factorsOf(zero.top, m_domain);
        if (zero.top.degree() > 1)
            write(Action::Factor, equation(factoredExpression(zero.top, factors, m_variable), integer(0)));
        for (const Factor& factor : factors) {
            const Expr line = equation(toExpression(factor.polynomial, m_variable), integer(0));
            if (!factor.complete) {
                m_solution.reason = "the roots of a factor have no form that is known here";
                return false;
            }
            const bool rejected = factor.polynomial.dividesInto(zero.excluded);
            for (std::size_t i = 0; i < factor.roots.size(); ++i) {
                const Expr& root = factor.roots[i];
                const Expr value = equation(symbol(m_variable), root);
                writeAside(actionFor(factor.polynomial.degree()), line, value);
                if (rejected)
                    writeAside(Action::RejectExcluded, value, constant("emptyset"));
                else if (!keep(root, factor.order[i]))
                    return false;
            }
        }
        return true;
    }

    static Action actionFor(long degree)
    {
        return degree == 1 ? Action::Divide : degree == 2 ? Action::QuadraticFormula : Action::TakeRoot;
    }

    // Substituted into the problem as it was given.
    bool keep(const Expr& root, double place)
    {
        const Expr error = subtract(m_relation->args[0], m_relation->args[1]);
        if (exactlyZero(substitute(error, m_variable, root), m_budget) != Truth::Yes) {
            m_solution.reason = "a root could not be checked by substitution";
            return false;
        }
        insertInOrder(m_solution.solutions, m_places, root, place);
        return true;
    }

    Solution finished()
    {
        m_solution.solved = true;
        m_solution.set =
            m_solution.solutions.empty() ? constant("emptyset") : makeNode(Kind::Set, "", m_solution.solutions);
        return std::move(m_solution);
    }

    Expr m_relation;
    std::string m_variable;
    Domain m_domain;
    const Budget& m_budget;
    Expr m_line;
    Solution m_solution;
    std::vector<double> m_places; // of the solutions, ascending
};

} // namespace

Expr equation(Expr left, Expr right) { return makeNode(Kind::Relation, "=", {std::move(left), std::move(right)}); }

Solution solveEquation(const Expr& relation, const std::string& variable, const SolveOptions& options,
                       const Budget& budget)
{
    Solution solution = EquationSolver(relation, variable, options.domain, budget).solve();
    if (!solution.solved)
        solution.solutions.clear(); // some of the roots are no answer
    return solution;
}

} // namespace lemma::tutor
