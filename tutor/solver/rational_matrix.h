#pragma once
// FLINT's matrices of rational numbers as a C++ value.
//
//     auto a = readMatrix(*parseMath("\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}"), budget);
//     determinant(*a)        -2

#include <optional>

#include <flint/fmpq_mat.h>

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"
#include "tutor/math/rational.h"

namespace lemma::tutor {

class RationalMatrix {
public:
    RationalMatrix(long rows, long columns) { fmpq_mat_init(m_value, rows, columns); }
    RationalMatrix(const RationalMatrix& other) { fmpq_mat_init_set(m_value, other.m_value); }
    RationalMatrix& operator=(const RationalMatrix& other)
    {
        fmpq_mat_swap(m_value, RationalMatrix(other).m_value);
        return *this;
    }
    ~RationalMatrix() { fmpq_mat_clear(m_value); }

    fmpq_mat_struct* get() { return m_value; }
    const fmpq_mat_struct* get() const { return m_value; }
    long rows() const { return fmpq_mat_nrows(m_value); }
    long columns() const { return fmpq_mat_ncols(m_value); }
    bool isSquare() const { return rows() == columns(); }
    fmpq* at(long row, long column) const { return fmpq_mat_entry(m_value, row, column); }

private:
    fmpq_mat_t m_value;
};

// Empty for entries that are no rational numbers, and for more than 12 rows or columns.
std::optional<RationalMatrix> readMatrix(const Expr& matrix, const Budget& budget);
Expr toExpression(const RationalMatrix& matrix);

Rational determinant(const RationalMatrix& matrix);

} // namespace lemma::tutor
