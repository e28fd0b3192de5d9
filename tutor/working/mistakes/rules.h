#pragma once
// The rules of the catalogue. Internal to tutor/working/mistakes; each is described by its row in catalogue.cpp.

#include <vector>

#include "tutor/math/expression.h"

namespace lemma::tutor::mistakes {

using Results = std::vector<Expr>;

// brackets.cpp
Results squaredSum(const Expr& node);
Results bracketFirstTermOnly(const Expr& node);
Results bracketCrossTerms(const Expr& node);
Results minusNotDistributed(const Expr& node);
Results unlikeTerms(const Expr& node);
Results differenceOfSquares(const Expr& node);
Results orderOfOperations(const Expr& node);

// powers.cpp
Results powerOfPower(const Expr& node);
Results powersMultiplied(const Expr& node);
Results powersAdded(const Expr& node);
Results negativeExponent(const Expr& node);
Results zeroExponent(const Expr& node);
Results fractionalExponent(const Expr& node);
Results powerAsProduct(const Expr& node);
Results factorNotRaised(const Expr& node);
Results signOfSquare(const Expr& node);

// fractions.cpp
Results addedAcross(const Expr& node);
Results numeratorsNotScaled(const Expr& node);
Results denominatorsDropped(const Expr& node);
Results cancelledTerm(const Expr& node);
Results notInverted(const Expr& node);
Results scaledBothParts(const Expr& node);
Results percentAsNumber(const Expr& node);

// functions.cpp
Results rootOfSum(const Expr& node);
Results logOfSum(const Expr& node);
Results functionOfSum(const Expr& node);
Results rootOfSquare(const Expr& node);

// equations.cpp: whole lines
Results signLostMoving(const Expr& line);
Results oneSideOnly(const Expr& line);
Results notEveryTerm(const Expr& line);
Results wrongInverse(const Expr& line);
Results zeroProduct(const Expr& line);
Results rootWithoutSign(const Expr& line);
Results crossMultiplied(const Expr& line);
Results denominatorsOfLine(const Expr& line);

// quadratics.cpp: whole lines
Results quadraticFormula(const Expr& line);
Results completedSquare(const Expr& line);

// derivatives.cpp: nodes of Kind::Derivative
Results powerRule(const Expr& node);
Results productRule(const Expr& node);
Results quotientRule(const Expr& node);
Results chainRule(const Expr& node);

// building.cpp
bool isNumber(const Expr& e); // a numeral, perhaps negative
bool isNumeral(const Expr& e, long value);
std::vector<Expr> termsOf(const Expr& e);
std::vector<Expr> factorsOf(const Expr& e);
Expr sumOf(std::vector<Expr> terms);       // also of one or none
Expr productOf(std::vector<Expr> factors); // also of one or none
Expr negated(const Expr& e);               // -(-a) is a
Expr relationOf(const Expr& like, Expr left, Expr right);
std::vector<Expr> without(const std::vector<Expr>& list, std::size_t index);

} // namespace lemma::tutor::mistakes
