#pragma once
// Trees that differ only in the order of terms and factors, wherever they stand (also below a sum or an integral, where
// algebra does not look).
//
//     sameTree(inOrder(*parseMath("\\sum_{k=0}^n a_k b_k")), inOrder(*parseMath("\\sum_{k=0}^n b_k a_k")))   true

#include "tutor/math/expression.h"

namespace lemma::tutor {

// Terms and factors sorted, products and sums flattened, running variables renamed by their depth. Matrices do not
// commute: a product that holds one keeps its order.
Expr inOrder(const Expr& e);

// The same tree with other names for its free symbols; a name that is missing keeps itself.
Expr renamed(const Expr& e, const std::vector<std::pair<std::string, std::string>>& names);

} // namespace lemma::tutor
