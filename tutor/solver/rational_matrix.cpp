#include "tutor/solver/rational_matrix.h"

#include <utility>
#include <vector>

#include "tutor/math/rational_value.h"

namespace lemma::tutor {

std::optional<RationalMatrix> readMatrix(const Expr& matrix, const Budget& budget)
{
    constexpr long most = 12;
    constexpr long largestBits = 2000;
    if (matrix->kind != Kind::Matrix || matrix->columns == 0 || matrix->args.size() % matrix->columns != 0)
        return std::nullopt;
    const auto columns = static_cast<long>(matrix->columns), rows = static_cast<long>(matrix->args.size()) / columns;
    if (rows > most || columns > most)
        return std::nullopt;
    RationalMatrix result(rows, columns);
    for (long i = 0; i < rows * columns; ++i) {
        const auto value = rationalValue(matrix->args[static_cast<std::size_t>(i)], {}, budget);
        if (!value || value->bits() > largestBits)
            return std::nullopt;
        fmpq_set(result.at(i / columns, i % columns), value->get());
    }
    return result;
}

Expr toExpression(const RationalMatrix& matrix)
{
    std::vector<Expr> entries;
    for (long row = 0; row < matrix.rows(); ++row)
        for (long column = 0; column < matrix.columns(); ++column) {
            Rational value;
            fmpq_set(value.get(), matrix.at(row, column));
            entries.push_back(rationalExpr(value));
        }
    return makeNode(Kind::Matrix, "", std::move(entries), {}, static_cast<std::size_t>(matrix.columns()));
}

Rational determinant(const RationalMatrix& matrix)
{
    Rational result;
    fmpq_mat_det(result.get(), matrix.get());
    return result;
}

} // namespace lemma::tutor
