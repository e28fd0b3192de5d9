#pragma once
// What expressions are worth, computed without anything of tutor/ but the tree: for tests that must not ask the code
// under test.

#include <map>
#include <optional>
#include <string>

#include "tutor/math/expression.h"

namespace lemma::tests {

struct Fraction {
    __int128 top = 0;
    __int128 bottom = 1; // positive
};

// Nothing where there is no rational value, or where its parts would leave 62 bits.
std::optional<Fraction> exactValue(const tutor::Expr& e, const std::map<std::string, Fraction>& point);

// Nothing where there is no real value.
std::optional<double> doubleValue(const tutor::Expr& e, const std::map<std::string, double>& point);

// Whether the values differ at one of a few rational points: exactly, or by a wide margin in double precision.
bool surelyDiffer(const tutor::Expr& a, const tutor::Expr& b);

// In SymPy's syntax, with every bracket written.
std::string sympyText(const tutor::Expr& e);

} // namespace lemma::tests
