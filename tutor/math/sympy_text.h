#pragma once
// Reads an expression as SymPy prints it (str): what other projects' test data give as the meaning of a formula.
//
//     parseSympy("Eq(x**2, sqrt(2)/2)")           relation:=(power(x, 2), divide(root(2, 2), 2))
//     parseSympy("Interval.Lopen(a, b)")          bracket:(](a, b)
//     parseSympy("Integral(x, (x, a, b))")        integral(x, x, a, b)
//
// SymPy's conventions become ours: log(x) is ln, log(x, E) too; E, I, oo are constants; Eq of a variable and a set is
// membership; x_{ij} is the name "x_ij", as the parser of LaTeX has it. Lambdas, srepr and strings are errors. Never
// throws; depth is bounded as in parser.h.

#include <string_view>

#include "tutor/math/parser.h"

namespace lemma::tutor {

ParseResult parseSympy(std::string_view text);

} // namespace lemma::tutor
