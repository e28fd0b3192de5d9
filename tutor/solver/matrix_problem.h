#pragma once
// Matrices of rational numbers: sums, products, powers, the transpose A^T, the inverse A^{-1}, det, tr, rank, and the
// eigenvalues ("eigenvalues of" in front, see solve.h).
//
//     det [[1, 2], [3, 4]]        -2, with the rows in steps
//
// A determinant and a rank that were found by rows are compared with FLINT's, an inverse is multiplied with the matrix,
// an eigenvalue is put into the characteristic polynomial.

#include <optional>

#include "tutor/solver/solve.h"

namespace lemma::tutor {

// Empty: no matrix stands in the problem.
std::optional<Solution> solveMatrixProblem(const Expr& problem, const Budget& budget);

Solution eigenvaluesOf(const Expr& matrix, Domain domain, const Budget& budget);

} // namespace lemma::tutor
