#pragma once
// Does a tree mean what SymPy says? For test data that give the meaning of a formula as SymPy's text (sympy_text.h).
//
//     compareWithSympy(*parseMath("x^2_i"), "x_i**2")              Meaning::Same
//     compareWithSympy(*parseMath("\\{1,2\\}"), "{2, 1}")          Meaning::Same
//     compareWithSympy(*parseMath("2^{10}"), "20")                 Meaning::Other
//
// Same: one structure once sums, products and sets are put in order, or equal to the checker. What SymPy has rounded
// (a float of 15 digits) is compared to 13; its least common multiples are compared without their sign, which SymPy
// leaves to the order of the arguments.

#include <string_view>

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

enum class Meaning : unsigned char { Same, Other, Undecided, NotRead };

Meaning compareWithSympy(const Expr& tree, std::string_view sympy, const Budget& budget = Budget());

// "same", "other", "undecided", "not-read".
std::string_view meaningName(Meaning meaning);

} // namespace lemma::tutor
