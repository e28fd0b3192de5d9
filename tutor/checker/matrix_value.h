#pragma once
// Sums, products, powers and multiples of matrices written out, entries as expressions.
//
//     matrixValue(*parseMath("2 \\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}"), budget)     the matrix (2, 0; 0, 2)
//
// Null for what is no matrix, where shapes do not fit, and where it would grow too large.

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

Expr matrixValue(const Expr& e, const Budget& budget);

// Every determinant of a matrix of up to four rows written out: ad - bc.
Expr withDeterminants(const Expr& e, const Budget& budget);

} // namespace lemma::tutor
