#include "tutor/solver/number_theory.h"

#include <utility>

#include "tutor/math/polynomial.h"
#include "tutor/math/rational_function.h"
#include "tutor/solver/equation.h"

namespace lemma::tutor {
namespace {

constexpr unsigned long largestBits = 2000;

std::optional<Rational> wholeNumber(const Expr& expr)
{
    const auto value = readRationalFunction(expr, "");
    if (!value || value->top.degree() > 0)
        return std::nullopt;
    const Rational whole = exactQuotient(value->top, value->bottom).coefficient(0);
    const bool fits = fmpz_is_one(fmpq_denref(whole.get())) != 0 && fmpz_bits(fmpq_numref(whole.get())) <= largestBits;
    return fits ? std::optional(whole) : std::nullopt;
}

Solution numberSolution(Expr value, std::vector<SolutionStep> steps)
{
    Solution solution;
    solution.kind = ProblemKind::Number;
    solution.set = makeNode(Kind::Set, "", {value});
    solution.solutions = {std::move(value)};
    solution.steps = std::move(steps);
    solution.solved = true;
    return solution;
}

// The gcd of a and b by Euclid, a line for every division; the last step gives the result.
Rational euclid(Rational a, Rational b, std::vector<SolutionStep>& steps)
{
    fmpq_abs(a.get(), a.get());
    fmpq_abs(b.get(), b.get());
    while (fmpq_is_zero(b.get()) == 0) {
        Rational quotient;
        Rational remainder;
        fmpz_fdiv_qr(fmpq_numref(quotient.get()), fmpq_numref(remainder.get()), fmpq_numref(a.get()),
                     fmpq_numref(b.get()));
        const Expr product = multiply({toExpression(quotient), toExpression(b)});
        steps.push_back({Action::EuclideanDivision, function("gcd", {toExpression(a), toExpression(b)}),
                         equation(toExpression(a), add({product, toExpression(remainder)}))});
        a = b;
        b = remainder;
    }
    return a;
}

Solution gcdOrLcm(const Expr& problem)
{
    std::vector<SolutionStep> steps;
    std::optional<Rational> result;
    for (const Expr& arg : problem->args) {
        const auto value = wholeNumber(arg);
        if (!value)
            return unknownSolution(ProblemKind::Number, "not whole numbers of moderate size");
        if (!result) {
            result = value;
            fmpq_abs(result->get(), result->get());
            continue;
        }
        const Rational common = euclid(*result, *value, steps);
        Rational check;
        fmpz_gcd(fmpq_numref(check.get()), fmpq_numref(result->get()), fmpq_numref(value->get()));
        if (fmpq_equal(check.get(), common.get()) == 0)
            return unknownSolution(ProblemKind::Number, "two ways of computing it disagree");
        if (problem->text == "gcd")
            result = common;
        else
            fmpz_lcm(fmpq_numref(result->get()), fmpq_numref(result->get()), fmpq_numref(value->get()));
        if (fmpz_bits(fmpq_numref(result->get())) > largestBits)
            return unknownSolution(ProblemKind::Number, "the result is too large");
    }
    if (!result)
        return unknownSolution(ProblemKind::Number, "no numbers are given");
    steps.push_back({Action::Compute, problem, toExpression(*result)});
    return numberSolution(toExpression(*result), std::move(steps));
}

Solution remainder(const Expr& problem)
{
    const auto modulus = wholeNumber(problem->args[1]);
    if (!modulus || fmpq_sgn(modulus->get()) <= 0)
        return unknownSolution(ProblemKind::Number, "the modulus is not a positive whole number");
    const bool isPower = problem->args[0]->kind == Kind::Power;
    const auto base = wholeNumber(isPower ? problem->args[0]->args[0] : problem->args[0]);
    const auto exponent = isPower ? wholeNumber(problem->args[0]->args[1]) : Rational(1);
    if (!base || !exponent || fmpq_sgn(exponent->get()) < 0 ||
        (fmpq_is_zero(base->get()) != 0 && fmpq_is_zero(exponent->get()) != 0))
        return unknownSolution(ProblemKind::Number, "not a power of whole numbers of moderate size");
    Rational result;
    fmpz_powm(fmpq_numref(result.get()), fmpq_numref(base->get()), fmpq_numref(exponent->get()),
              fmpq_numref(modulus->get()));
    return numberSolution(toExpression(result), {{Action::Compute, problem, toExpression(result)}});
}

// a x + b = 0 (mod n) for d = gcd(a, n): d classes if d divides b, otherwise none.
Solution congruence(const Expr& problem, const std::string& variable)
{
    const auto left = readRationalFunction(problem->args[0], variable);
    const auto right = readRationalFunction(problem->args[1], variable);
    const auto f = left && right ? difference(*left, *right) : std::nullopt;
    const auto modulus = wholeNumber(problem->args[2]);
    if (!f || !modulus || fmpq_sgn(modulus->get()) <= 0 || f->top.degree() > 1 || f->excluded.degree() > 0 ||
        f->bottom.bits() > 2 || fmpz_is_one(f->top.get()->den) == 0)
        return unknownSolution(ProblemKind::Number, "not a linear congruence in whole numbers");
    const Rational a = f->top.coefficient(1);
    const Rational b = f->top.coefficient(0);
    Rational common;
    fmpz_gcd(fmpq_numref(common.get()), fmpq_numref(a.get()), fmpq_numref(modulus->get()));
    Solution solution = numberSolution(integer(0), {});
    solution.solutions.clear();
    if (fmpz_divisible(fmpq_numref(b.get()), fmpq_numref(common.get())) == 0) {
        solution.set = constant("emptyset");
        return solution;
    }
    constexpr long mostClasses = 1000;
    if (fmpz_cmp_si(fmpq_numref(common.get()), mostClasses) > 0)
        return unknownSolution(ProblemKind::Number, "too many classes to write out");
    Rational step;
    Rational reduced;
    Rational x;
    fmpz_divexact(fmpq_numref(step.get()), fmpq_numref(modulus->get()), fmpq_numref(common.get()));
    fmpz_divexact(fmpq_numref(reduced.get()), fmpq_numref(a.get()), fmpq_numref(common.get()));
    fmpz_invmod(fmpq_numref(x.get()), fmpq_numref(reduced.get()), fmpq_numref(step.get()));
    fmpz_divexact(fmpq_numref(reduced.get()), fmpq_numref(b.get()), fmpq_numref(common.get()));
    fmpz_neg(fmpq_numref(reduced.get()), fmpq_numref(reduced.get()));
    fmpz_mul(fmpq_numref(x.get()), fmpq_numref(x.get()), fmpq_numref(reduced.get()));
    fmpz_mod(fmpq_numref(x.get()), fmpq_numref(x.get()), fmpq_numref(step.get()));
    for (; fmpz_cmp(fmpq_numref(x.get()), fmpq_numref(modulus->get())) < 0;
         fmpz_add(fmpq_numref(x.get()), fmpq_numref(x.get()), fmpq_numref(step.get()))) {
        Rational check;
        fmpq_mul(check.get(), a.get(), x.get());
        fmpq_add(check.get(), check.get(), b.get());
        if (fmpz_divisible(fmpq_numref(check.get()), fmpq_numref(modulus->get())) == 0)
            return unknownSolution(ProblemKind::Number, "a residue could not be checked by substitution");
        solution.solutions.push_back(toExpression(x));
    }
    solution.set = makeNode(Kind::Set, "", solution.solutions);
    const Expr answer = makeNode(Kind::Modular, "", {symbol(variable), solution.solutions[0], toExpression(step)});
    solution.steps = {{Action::InvertModulo, problem, answer}};
    return solution;
}

} // namespace

std::optional<Solution> solveNumberProblem(const Expr& problem, const Budget& budget)
{
    const bool isFunction = problem->kind == Kind::Function;
    if (budget.spent())
        return std::nullopt;
    if (isFunction && (problem->text == "gcd" || problem->text == "lcm"))
        return gcdOrLcm(problem);
    if (isFunction && problem->text == "mod" && problem->args.size() == 2)
        return remainder(problem);
    const std::set<std::string> names = freeSymbols(problem);
    if (problem->kind == Kind::Modular && names.size() == 1)
        return congruence(problem, *names.begin());
    return std::nullopt;
}

} // namespace lemma::tutor
