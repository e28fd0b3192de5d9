#pragma once
// Where functions of one variable can change their sign: their zeros, the zeros of their denominators, the ends of
// their domains. Between two neighbouring critical points every function keeps its sign, so that a statement about them
// is true or false on the whole interval.
//
//     const auto found = criticalPoints({*parseMath("x^2 - 2")}, "x", {}, budget);
//     found.points       -\sqrt{2}, \sqrt{2}: exact constants, in order
//     found.complete     true: there are no others
//
// Complete for functions made of +, -, *, /, whole powers, square roots and absolute values (not nested), whose zeros
// are rational or square roots of rationals, or are among `named` (the constants that the lines name: "x =
// \sqrt[3]{2}"). How: the product of a function with its conjugates (every root with both signs) is a rational
// function; its numerator is factored over the rationals.

#include <string>
#include <vector>

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

struct CriticalPoints {
    std::vector<Expr> points; // in increasing order, each once
    bool complete = false;
};

CriticalPoints criticalPoints(const std::vector<Expr>& functions, const std::string& variable,
                              const std::vector<Expr>& named, const Budget& budget);

} // namespace lemma::tutor
