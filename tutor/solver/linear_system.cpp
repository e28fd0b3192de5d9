#include "tutor/solver/linear_system.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include <flint/fmpq_mat.h>

#include "tutor/math/polynomial.h"
#include "tutor/solver/equation.h"

namespace lemma::tutor {
namespace {

// Coefficients by name; "" is the constant.
using LinearForm = std::map<std::string, Rational>;

LinearForm scaled(LinearForm form, const Rational& factor)
{
    for (auto& [name, coefficient] : form)
        fmpq_mul(coefficient.get(), coefficient.get(), factor.get());
    return form;
}

LinearForm sum(LinearForm a, const LinearForm& b)
{
    for (const auto& [name, coefficient] : b)
        fmpq_add(a[name].get(), a[name].get(), coefficient.get());
    return a;
}

std::optional<Rational> constantOf(const LinearForm& form)
{
    for (const auto& [name, coefficient] : form)
        if (!name.empty() && fmpq_is_zero(coefficient.get()) == 0)
            return std::nullopt;
    const auto found = form.find("");
    return found == form.end() ? Rational() : found->second;
}

bool small(const Rational& value)
{
    constexpr unsigned long largestBits = 200;
    return fmpz_bits(fmpq_numref(value.get())) + fmpz_bits(fmpq_denref(value.get())) <= largestBits;
}

std::optional<LinearForm> readLinear(const Expr& expr)
{
    switch (expr->kind) {
    case Kind::Number: {
        const std::optional<Rational> value = rationalOf(expr->text);
        return value && small(*value) ? std::optional(LinearForm{{"", *value}}) : std::nullopt;
    }
    case Kind::Symbol: return LinearForm{{expr->text, Rational(1)}};
    case Kind::Negate: {
        auto inner = readLinear(expr->args[0]);
        return inner ? std::optional(scaled(std::move(*inner), Rational(-1))) : std::nullopt;
    }
    case Kind::Add: {
        LinearForm total;
        for (const Expr& arg : expr->args) {
            const auto part = readLinear(arg);
            if (!part)
                return std::nullopt;
            total = sum(std::move(total), *part);
        }
        return total;
    }
    case Kind::Multiply: {
        LinearForm product{{"", Rational(1)}};
        for (const Expr& arg : expr->args) {
            const auto part = readLinear(arg);
            if (!part)
                return std::nullopt;
            if (const auto factor = constantOf(*part); factor && small(*factor))
                product = scaled(std::move(product), *factor);
            else if (const auto whole = constantOf(product); whole && small(*whole))
                product = scaled(*part, *whole);
            else
                return std::nullopt;
        }
        return product;
    }
    case Kind::Divide: {
        const auto top = readLinear(expr->args[0]);
        const auto bottom = readLinear(expr->args[1]);
        auto divisor = bottom ? constantOf(*bottom) : std::nullopt;
        if (!top || !divisor || fmpq_is_zero(divisor->get()) != 0 || !small(*divisor))
            return std::nullopt;
        fmpq_inv(divisor->get(), divisor->get());
        return scaled(*top, *divisor);
    }
    default: return std::nullopt;
    }
}

Expr toExpression(const LinearForm& form)
{
    std::vector<Expr> terms;
    for (const auto& [name, coefficient] : form) {
        if (name.empty() || fmpq_is_zero(coefficient.get()) != 0)
            continue;
        Polynomial term = Polynomial::constant(coefficient) * Polynomial::variable();
        terms.push_back(lemma::tutor::toExpression(term, name));
    }
    if (const auto found = form.find(""); found != form.end() && fmpq_is_zero(found->second.get()) == 0)
        terms.insert(terms.begin(), lemma::tutor::toExpression(found->second));
    if (terms.empty())
        return integer(0);
    return terms.size() == 1 ? terms[0] : add(std::move(terms));
}

class Matrix {
public:
    Matrix(std::size_t rows, std::size_t columns)
    {
        fmpq_mat_init(m_value, static_cast<long>(rows), static_cast<long>(columns));
    }
    Matrix(const Matrix&) = delete;
    Matrix& operator=(const Matrix&) = delete;
    ~Matrix() { fmpq_mat_clear(m_value); }

    fmpq* at(std::size_t row, std::size_t column)
    {
        return fmpq_mat_entry(m_value, static_cast<long>(row), static_cast<long>(column));
    }
    std::size_t reduce() { return static_cast<std::size_t>(fmpq_mat_rref(m_value, m_value)); }

private:
    fmpq_mat_t m_value;
};

// The forms are zero where each unknown has the value of its row; empty: no solution.
std::optional<std::map<std::string, LinearForm>> eliminate(const std::vector<LinearForm>& forms,
                                                           const std::vector<std::string>& names)
{
    Matrix matrix(forms.size(), names.size() + 1);
    for (std::size_t row = 0; row < forms.size(); ++row) {
        for (const auto& [name, coefficient] : forms[row]) {
            const auto column = static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
            fmpq_set(matrix.at(row, column), coefficient.get()); // "" is in no column: the last one
        }
    }
    const std::size_t rank = matrix.reduce();
    std::map<std::string, LinearForm> values;
    for (std::size_t row = 0; row < rank; ++row) {
        std::size_t pivot = 0;
        while (fmpq_is_zero(matrix.at(row, pivot)) != 0)
            ++pivot;
        if (pivot == names.size())
            return std::nullopt; // 0 = 1
        LinearForm value;
        for (std::size_t column = pivot + 1; column <= names.size(); ++column) {
            if (fmpq_is_zero(matrix.at(row, column)) != 0)
                continue;
            Rational& entry = value[column == names.size() ? "" : names[column]];
            fmpq_neg(entry.get(), matrix.at(row, column));
        }
        values[names[pivot]] = std::move(value);
    }
    return values;
}

bool satisfied(const LinearForm& form, const std::map<std::string, LinearForm>& values)
{
    LinearForm total;
    for (const auto& [name, coefficient] : form) {
        const auto found = values.find(name);
        total = sum(std::move(total),
                    scaled(found == values.end() ? LinearForm{{name, Rational(1)}} : found->second, coefficient));
    }
    const auto rest = constantOf(total);
    return rest && fmpq_is_zero(rest->get()) != 0;
}

} // namespace

Solution solveLinearSystem(const std::vector<Expr>& equations, const Budget& budget)
{
    constexpr std::size_t mostUnknowns = 12;
    std::vector<LinearForm> forms;
    std::set<std::string> unknowns;
    for (const Expr& line : equations) {
        const auto form = readLinear(subtract(line->args[0], line->args[1]));
        if (!form)
            return unknownSolution(ProblemKind::Other, "not a system of linear equations of moderate size");
        forms.push_back(*form);
        unknowns.merge(freeSymbols(line));
    }
    if (unknowns.empty() || unknowns.size() > mostUnknowns || forms.size() > mostUnknowns || budget.spent())
        return unknownSolution(ProblemKind::LinearSystem, "the system is too large");
    const std::vector<std::string> names(unknowns.begin(), unknowns.end());
    const Expr given = makeNode(Kind::List, ",", equations);
    Solution solution;
    solution.kind = ProblemKind::LinearSystem;
    const auto values = eliminate(forms, names);
    if (!values) {
        solution.steps.push_back({Action::Eliminate, given, equation(integer(0), integer(1))});
        solution.set = constant("emptyset");
        solution.solved = true;
        return solution;
    }
    for (const LinearForm& form : forms)
        if (!satisfied(form, *values))
            return unknownSolution(ProblemKind::LinearSystem, "the solution could not be checked by substitution");
    std::vector<Expr> point;
    for (const std::string& name : names) {
        const auto found = values->find(name);
        point.push_back(found == values->end() ? symbol(name) : toExpression(found->second));
        if (found != values->end())
            solution.solutions.push_back(equation(symbol(name), point.back()));
    }
    solution.steps.push_back({Action::Eliminate, given, makeNode(Kind::List, ",", solution.solutions)});
    solution.set =
        makeNode(Kind::Set, "", {point.size() == 1 ? point[0] : makeNode(Kind::Bracket, "()", std::move(point))});
    solution.solved = true;
    return solution;
}

} // namespace lemma::tutor
