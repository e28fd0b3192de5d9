#include "tutor/solver/matrix_problem.h"

#include <algorithm>
#include <utility>

#include <flint/fmpq_poly.h>

#include "tutor/calculus/simplify.h"
#include "tutor/math/rational_value.h"
#include "tutor/math/roots.h"
#include "tutor/solver/equation.h"
#include "tutor/solver/rational_matrix.h"
#include "tutor/solver/real_value.h"

namespace lemma::tutor {
namespace {

using Value = std::optional<RationalMatrix>; // a number is a matrix of one entry that `scalar` marks

struct Result {
    RationalMatrix matrix{1, 1};
    bool scalar = false;
};

using Outcome = std::optional<Result>;

class MatrixSolver {
public:
    explicit MatrixSolver(const Budget& budget) : m_budget(budget) {}

    Outcome evaluate(const Expr& e)
    {
        if (!m_budget.spend(50))
            return refuse("there was no time for it");
        switch (e->kind) {
        case Kind::Matrix: {
            Value value = readMatrix(e, m_budget);
            return value ? Outcome(Result{std::move(*value), false}) : refuse("the entries are no rational numbers");
        }
        case Kind::Add: return folded(e, [this](const Result& a, const Result& b) { return sum(a, b); });
        case Kind::Multiply: return folded(e, [this](const Result& a, const Result& b) { return product(a, b); });
        case Kind::Negate: {
            const Outcome inner = evaluate(e->args[0]);
            return inner ? product(number(Rational(-1)), *inner) : std::nullopt;
        }
        case Kind::Power: return power(e);
        case Kind::Function: return call(e);
        default: break;
        }
        const auto value = rationalValue(e, {}, m_budget);
        return value ? Outcome(number(*value)) : refuse("not an expression of matrices of rational numbers");
    }

    const std::string& fault() const { return m_fault; }
    std::vector<SolutionStep>& steps() { return m_steps; }

private:
    Outcome refuse(std::string why)
    {
        if (m_fault.empty())
            m_fault = std::move(why);
        return std::nullopt;
    }

    static Result number(const Rational& value)
    {
        Result result;
        result.scalar = true;
        fmpq_set(result.matrix.at(0, 0), value.get());
        return result;
    }

    template <class Combine>
    Outcome folded(const Expr& e, Combine combine)
    {
        Outcome result = evaluate(e->args[0]);
        for (std::size_t i = 1; i < e->args.size() && result; ++i) {
            const Outcome next = evaluate(e->args[i]);
            result = next ? combine(*result, *next) : std::nullopt;
        }
        return result;
    }

    Outcome sum(const Result& a, const Result& b)
    {
        if (a.scalar != b.scalar || a.matrix.rows() != b.matrix.rows() || a.matrix.columns() != b.matrix.columns())
            return refuse("only matrices of the same size can be added");
        Result result = a;
        fmpq_mat_add(result.matrix.get(), a.matrix.get(), b.matrix.get());
        return result;
    }

    Outcome product(const Result& a, const Result& b)
    {
        if (a.scalar || b.scalar) {
            Result result = a.scalar ? b : a;
            Rational factor;
            fmpq_set(factor.get(), (a.scalar ? a : b).matrix.at(0, 0));
            for (long row = 0; row < result.matrix.rows(); ++row)
                for (long column = 0; column < result.matrix.columns(); ++column)
                    fmpq_mul(result.matrix.at(row, column), result.matrix.at(row, column), factor.get());
            return result;
        }
        if (a.matrix.columns() != b.matrix.rows())
            return refuse("the first matrix must have as many columns as the second has rows");
        Result result{RationalMatrix(a.matrix.rows(), b.matrix.columns()), false};
        fmpq_mat_mul(result.matrix.get(), a.matrix.get(), b.matrix.get());
        return result;
    }

    Outcome power(const Expr& e)
    {
        const Expr& exponent = e->args[1];
        const Outcome base = evaluate(e->args[0]);
        if (!base)
            return std::nullopt;
        if (exponent->kind == Kind::Symbol && exponent->text == "T") {
            Result result{RationalMatrix(base->matrix.columns(), base->matrix.rows()), false};
            fmpq_mat_transpose(result.matrix.get(), base->matrix.get());
            return result;
        }
        const auto n = rationalValue(exponent, {}, m_budget);
        constexpr long largest = 100;
        if (!n || !n->isInteger() || !base->matrix.isSquare() ||
            fmpz_cmpabs(fmpq_numref(n->get()), fmpq_numref(Rational(largest).get())) > 0)
            return refuse("the exponent is no small whole number");
        long times = fmpz_get_si(fmpq_numref(n->get()));
        Outcome factor = times < 0 ? inverse(base->matrix) : base;
        Result result{RationalMatrix(base->matrix.rows(), base->matrix.rows()), base->scalar};
        fmpq_mat_one(result.matrix.get());
        for (times = std::labs(times); times > 0 && factor; --times)
            result = *product(result, *factor);
        return factor ? Outcome(result) : std::nullopt;
    }

    // Row operations on [A | I]; the product with A must be I.
    Outcome inverse(const RationalMatrix& a)
    {
        const long n = a.rows();
        RationalMatrix wide(n, 2 * n), result(n, n), check(n, n);
        for (long row = 0; row < n; ++row) {
            for (long column = 0; column < n; ++column)
                fmpq_set(wide.at(row, column), a.at(row, column));
            fmpq_one(wide.at(row, n + row));
        }
        if (eliminate(wide, n, true).rank < n)
            return refuse("the matrix has no inverse: its determinant is zero");
        for (long row = 0; row < n; ++row)
            for (long column = 0; column < n; ++column)
                fmpq_set(result.at(row, column), wide.at(row, n + column));
        fmpq_mat_mul(check.get(), a.get(), result.get());
        return fmpq_mat_is_one(check.get()) != 0 ? Outcome(Result{result, false})
                                                 : refuse("the inverse could not be checked");
    }

    struct Elimination {
        long rank = 0;
        bool turned = false; // an odd number of rows changed places
    };

    // Below the pivots in the first columns zeros are made, above them too where it is full, pivots then being 1.
    Elimination eliminate(RationalMatrix& m, long columns, bool full)
    {
        Elimination result;
        for (long column = 0; column < columns && result.rank < m.rows(); ++column) {
            const Expr before = toExpression(m);
            long pivot = result.rank;
            while (pivot < m.rows() && fmpq_is_zero(m.at(pivot, column)) != 0)
                ++pivot;
            if (pivot == m.rows())
                continue;
            if (pivot != result.rank) {
                fmpq_mat_swap_rows(m.get(), nullptr, pivot, result.rank);
                result.turned = !result.turned;
            }
            const long top = result.rank++;
            Rational by, part;
            if (full) {
                fmpq_inv(by.get(), m.at(top, column));
                for (long k = 0; k < m.columns(); ++k)
                    fmpq_mul(m.at(top, k), m.at(top, k), by.get());
            }
            for (long row = full ? 0 : top + 1; row < m.rows(); ++row) {
                if (row == top)
                    continue;
                fmpq_div(by.get(), m.at(row, column), m.at(top, column));
                for (long k = 0; k < m.columns(); ++k) {
                    fmpq_mul(part.get(), by.get(), m.at(top, k));
                    fmpq_sub(m.at(row, k), m.at(row, k), part.get());
                }
            }
            const Expr after = toExpression(m);
            if (!sameTree(before, after))
                m_steps.push_back({Action::RowOperations, before, after});
        }
        return result;
    }

    Outcome call(const Expr& e)
    {
        const Outcome inner = evaluate(e->args[0]);
        if (!inner)
            return std::nullopt;
        const RationalMatrix& a = inner->matrix;
        const std::string& name = e->text;
        if (inner->scalar)
            return refuse("not a question about a matrix");
        if ((name == "det" || name == "abs" || name == "trace") && !a.isSquare())
            return refuse("only a square matrix has a determinant and a trace");
        if (name == "trace") {
            Rational sum;
            for (long i = 0; i < a.rows(); ++i)
                fmpq_add(sum.get(), sum.get(), a.at(i, i));
            return number(sum);
        }
        if (name != "det" && name != "abs" && name != "rank")
            return refuse("the function " + name + " of a matrix is not known here");
        RationalMatrix triangle = a;
        const Elimination found = eliminate(triangle, a.columns(), false);
        if (name == "rank") {
            RationalMatrix reduced = a;
            return fmpq_mat_rref(reduced.get(), a.get()) == found.rank ? Outcome(number(Rational(found.rank)))
                                                                       : refuse("two ways of computing it disagree");
        }
        Rational product(found.turned ? -1 : 1);
        for (long i = 0; i < a.rows(); ++i)
            fmpq_mul(product.get(), product.get(), triangle.at(i, i));
        return product == determinant(a) ? Outcome(number(product)) : refuse("two ways of computing it disagree");
    }

    const Budget& m_budget;
    std::string m_fault;
    std::vector<SolutionStep> m_steps;
};

} // namespace

std::optional<Solution> solveMatrixProblem(const Expr& problem, const Budget& budget)
{
    if (!contains(problem, Kind::Matrix) || problem->kind == Kind::Relation || problem->kind == Kind::List)
        return std::nullopt;
    MatrixSolver solver(budget);
    const auto result = solver.evaluate(problem);
    if (!result || budget.spent())
        return unknownSolution(ProblemKind::Matrix,
                               solver.fault().empty() ? "there was no time for it" : solver.fault());
    Rational value;
    fmpq_set(value.get(), result->matrix.at(0, 0));
    const Expr answer = result->scalar ? rationalExpr(value) : toExpression(result->matrix);
    Solution solution;
    solution.kind = ProblemKind::Matrix;
    solution.steps = std::move(solver.steps());
    solution.steps.push_back({Action::Compute, problem, answer});
    solution.solutions = {answer};
    solution.set = makeNode(Kind::Set, "", {answer});
    solution.solved = true;
    return solution;
}

Solution eigenvaluesOf(const Expr& matrix, Domain domain, const Budget& budget)
{
    const auto a = readMatrix(matrix, budget);
    if (!a || !a->isSquare() || a->rows() > 6)
        return unknownSolution(ProblemKind::Matrix, "not a square matrix of rational numbers of moderate size");
    Polynomial p;
    fmpq_mat_charpoly(p.get(), a->get());
    const std::vector<Factor> factors = factorsOf(p, domain);
    const Expr line = equation(toExpression(p, "lambda"), integer(0));
    Solution solution;
    solution.kind = ProblemKind::Matrix;
    solution.steps.push_back({Action::CharacteristicPolynomial, matrix, line});
    solution.steps.push_back({Action::Factor, line, equation(factoredExpression(p, factors, "lambda"), integer(0))});
    for (const Factor& factor : factors) {
        if (!factor.complete)
            return unknownSolution(ProblemKind::Matrix, "the eigenvalues have no form that is known here");
        for (const Expr& root : factor.roots) {
            if (!provablyEqual(substitute(line->args[0], "lambda", root), integer(0), budget))
                return unknownSolution(ProblemKind::Matrix, "an eigenvalue could not be checked by substitution");
            solution.solutions.push_back(root);
        }
    }
    if (domain == Domain::Real && !sortDistinct(solution.solutions, budget))
        return unknownSolution(ProblemKind::Matrix, "the eigenvalues could not be put in order");
    solution.set = solution.solutions.empty() ? constant("emptyset") : makeNode(Kind::Set, "", solution.solutions);
    solution.steps.push_back({Action::ReadOff, line, makeNode(Kind::Relation, "e", {symbol("lambda"), solution.set})});
    solution.solved = true;
    return solution;
}

} // namespace lemma::tutor
