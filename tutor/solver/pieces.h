#pragma once
// A part of the real line, given by marks from left to right: which of them belong to it, and which gaps between them.
//
//     unionOfPieces({1, 2}, {true, false}, {false, true, false})      [1, 2)

#include <vector>

#include "tutor/math/expression.h"

namespace lemma::tutor {

// between[i] is the gap left of mark i, the last one right of all marks.
Expr unionOfPieces(const std::vector<Expr>& marks, const std::vector<bool>& atMark, const std::vector<bool>& between);

} // namespace lemma::tutor
