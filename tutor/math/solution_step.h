#pragma once
// One line of a solution: what was done, the line before and the line after. Hints point at the action, keys show all.
//
//     for (const SolutionStep& step : solution.steps)
//         fmt::print("{}: {}\n", actionSentence(step.action), toPlain(step.to));

#include <cstdint>
#include <string_view>

#include "tutor/math/expression.h"

namespace lemma::tutor {

enum class Action : std::uint8_t {
    CollectOnOneSide,  // everything on the left, 0 on the right
    ClearDenominators, // both sides times the common denominator
    NameExcluded,      // values at which a denominator is zero
    Factor,
    SetFactorToZero,
    QuadraticFormula,
    TakeRoot,
    Divide,            // by the coefficient of the unknown
    RejectExcluded,    // a root at which a denominator is zero
    Eliminate,         // rows of a system
    FindSigns,         // of the factors between their zeros
    ReadOff,           // the answer from the line before
    EuclideanDivision, // a = q b + r
    InvertModulo,
    Compute,
    Simplify,
    Rewrite,
    SumRule, // of differentiation, as the next ones
    ConstantFactorRule,
    PowerRule,
    ProductRule,
    QuotientRule,
    ChainRule,
    ExponentialRule,
    LogarithmicDerivative, // u^v through v ln u
    KnownDerivative,
    FundamentalTheorem,
    IntegrateTermByTerm,
    ConstantInFront,
    IntegratePower,
    KnownIntegral,
    Substitute,
    SubstituteBack,
    IntegrateByParts,
    PartialFractions,
    Expand,
    CheckByDifferentiating,
    InsertBounds,
    InsertPoint, // of a limit, as the next three
    CancelCommonFactor,
    LeadingTerm,
    LeftAndRight,
    SumFormula,
    GeometricSum,
    SplitAbsoluteValue, // of equations, as the next ones
    IsolateRadical,
    RaiseToPower,
    TakeLogarithm,
    RejectNotPositive,
    IsolateLogarithm,
    CombineLogarithms,
    Exponentiate,
    CheckBySubstitution,
    RejectExtraneous,
    OneTrigFunction,
    AnglesOfValue,
    AllPeriods,
    SelectInInterval,
    RowOperations,
    CharacteristicPolynomial,
    WriteOut,
    SortNumbers,
    AddAndDivide,
    SquaresOverCount,
    SquaresOverOneLess,
    HalvesWithoutMiddle,
};

std::string_view actionName(Action action);     // "clear-denominators": stable, for JSON
std::string_view actionSentence(Action action); // "Multiply both sides by the common denominator"

struct SolutionStep {
    Action action = Action::Compute;
    Expr from;
    Expr to;
};

} // namespace lemma::tutor
