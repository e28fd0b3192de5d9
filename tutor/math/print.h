#pragma once
// Trees back to text, as a person writes: LaTeX for formulas on a page, plain text for a terminal or a screen reader.
//
//     toLatex(*parseMath("(x^2-1)/2"))      \frac{x^{2}-1}{2}
//     toPlain(*parseMath("\\frac{x^2-1}{2}"))   (x^2 - 1)/2
//
// What is printed parses back to the same tree, up to how products and quotients are spelt.

#include <string>

#include "tutor/math/expression.h"

namespace lemma::tutor {

std::string toLatex(const Expr& expr);
std::string toPlain(const Expr& expr);

// The tree itself: "add(x, negate(1))". For tests and for `lemma-cli parse`.
std::string toTreeText(const Expr& expr);

} // namespace lemma::tutor
