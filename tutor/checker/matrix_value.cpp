#include "tutor/checker/matrix_value.h"

#include <algorithm>
#include <utility>

namespace lemma::tutor {
namespace {

constexpr std::size_t mostEntries = 100;
constexpr long highestPower = 16;

Expr matrix(std::vector<Expr> entries, std::size_t columns)
{
    return makeNode(Kind::Matrix, "", std::move(entries), {}, columns);
}

std::size_t rowsOf(const Expr& m) { return m->args.size() / std::max<std::size_t>(1, m->columns); }

Expr scaled(const Expr& factor, const Expr& m)
{
    std::vector<Expr> entries;
    for (const Expr& entry : m->args)
        entries.push_back(multiply({factor, entry}));
    return matrix(std::move(entries), m->columns);
}

Expr sum(const Expr& a, const Expr& b)
{
    if (a->columns != b->columns || a->args.size() != b->args.size())
        return nullptr;
    std::vector<Expr> entries;
    for (std::size_t i = 0; i < a->args.size(); ++i)
        entries.push_back(add({a->args[i], b->args[i]}));
    return matrix(std::move(entries), a->columns);
}

Expr product(const Expr& a, const Expr& b, const Budget& budget)
{
    const std::size_t inner = a->columns, rows = rowsOf(a), columns = b->columns;
    const bool fits = inner > 0 && inner == rowsOf(b) && rows * columns <= mostEntries && inner <= mostEntries;
    if (!fits || !budget.spend(static_cast<long>(rows * columns * inner)))
        return nullptr;
    std::vector<Expr> entries;
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t c = 0; c < columns; ++c) {
            std::vector<Expr> terms;
            for (std::size_t k = 0; k < inner; ++k)
                terms.push_back(multiply({a->args[r * inner + k], b->args[k * columns + c]}));
            entries.push_back(terms.size() == 1 ? terms[0] : add(std::move(terms)));
        }
    return matrix(std::move(entries), columns);
}

Expr productOf(const std::vector<Expr>& factors, const Budget& budget)
{
    Expr scale, value;
    for (const Expr& factor : factors) {
        if (!contains(factor, Kind::Matrix)) {
            scale = scale ? multiply({scale, factor}) : factor;
            continue;
        }
        const Expr one = matrixValue(factor, budget);
        value = !one ? nullptr : value ? product(value, one, budget) : one;
        if (!value)
            return nullptr;
    }
    return value && scale ? scaled(scale, value) : value;
}

Expr powerOf(const Expr& base, const Expr& exponent, const Budget& budget)
{
    if (base == nullptr)
        return nullptr;
    if (exponent->kind == Kind::Symbol && exponent->text == "T") { // transposed
        std::vector<Expr> entries;
        for (std::size_t c = 0; c < base->columns; ++c)
            for (std::size_t r = 0; r < rowsOf(base); ++r)
                entries.push_back(base->args[r * base->columns + c]);
        return matrix(std::move(entries), rowsOf(base));
    }
    if (exponent->kind != Kind::Number || exponent->text.size() > 2 ||
        exponent->text.find_first_not_of("0123456789") != std::string::npos)
        return nullptr;
    const long times = std::stol(exponent->text);
    Expr value = times >= 1 && times <= highestPower ? base : nullptr;
    for (long i = 1; i < times && value; ++i)
        value = product(value, base, budget);
    return value;
}

// By the first row.
Expr determinant(const std::vector<Expr>& entries, std::size_t size)
{
    if (size == 1)
        return entries[0];
    std::vector<Expr> terms;
    for (std::size_t column = 0; column < size; ++column) {
        std::vector<Expr> minor;
        for (std::size_t i = size; i < entries.size(); ++i)
            if (i % size != column)
                minor.push_back(entries[i]);
        Expr term = multiply({entries[column], determinant(minor, size - 1)});
        terms.push_back(column % 2 == 0 ? term : negate(term));
    }
    return add(std::move(terms));
}

} // namespace

Expr withDeterminants(const Expr& e, const Budget& budget)
{
    if (!contains(e, Kind::Matrix) || !contains(e, Kind::Function))
        return e;
    std::vector<Expr> args;
    for (const Expr& arg : e->args)
        args.push_back(withDeterminants(arg, budget));
    const Expr m =
        e->kind == Kind::Function && e->text == "det" && args.size() == 1 ? matrixValue(args[0], budget) : nullptr;
    constexpr std::size_t mostRows = 4;
    if (m && m->columns <= mostRows && rowsOf(m) == m->columns)
        return determinant(m->args, m->columns);
    return withArguments(*e, std::move(args));
}

Expr matrixValue(const Expr& e, const Budget& budget)
{
    if (!budget.spend(1))
        return nullptr;
    switch (e->kind) {
    case Kind::Matrix: return e->args.size() <= mostEntries ? e : nullptr;
    case Kind::Negate: {
        const Expr inner = matrixValue(e->args[0], budget);
        return inner ? scaled(integer(-1), inner) : nullptr;
    }
    case Kind::Add: {
        Expr total = matrixValue(e->args[0], budget);
        for (std::size_t i = 1; i < e->args.size() && total; ++i) {
            const Expr next = matrixValue(e->args[i], budget);
            total = next ? sum(total, next) : nullptr;
        }
        return total;
    }
    case Kind::Multiply: return productOf(e->args, budget);
    case Kind::Divide: {
        const Expr inner = matrixValue(e->args[0], budget);
        return inner && !contains(e->args[1], Kind::Matrix) ? scaled(divide(integer(1), e->args[1]), inner) : nullptr;
    }
    case Kind::Power: return powerOf(matrixValue(e->args[0], budget), e->args[1], budget);
    default: return nullptr;
    }
}

} // namespace lemma::tutor
