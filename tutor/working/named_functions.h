#pragma once
// The functions that a working has given a name: "f(x) = x^2 - 5", "y = (2x + 1)^5".
//
//     NamedFunctions functions;
//     functions.remember(*parseMath("f(x) = x^2"));
//     functions.expanded(*parseMath("f(3) + 1"))                  3^2 + 1
//     functions.derivativeLine(*parseMath("f'(x) = 2x"))          from: d/dx x^2, to: 2x
//
// y' and dy/dx are the derivative of y where y was said to be an expression of one variable.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tutor/math/expression.h"

namespace lemma::tutor {

// Each of the terms is said to be equal to the one before it.
struct DerivativeLine {
    Expr from; // the notation: Kind::Derivative, or what an earlier line gave for it
    std::vector<Expr> to;
};

class NamedFunctions {
public:
    void remember(const Expr& line);
    Expr expanded(const Expr& expr) const;
    std::optional<DerivativeLine> derivativeLine(const Expr& line) const;

private:
    struct Function {
        std::string variable;
        Expr body;
    };

    std::map<std::string, Function> m_functions; // "f"; "f'" once a line has said what it is
};

} // namespace lemma::tutor
