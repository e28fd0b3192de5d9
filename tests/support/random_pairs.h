#pragma once
// Pairs of expressions that are known to be the same, or known to differ, whatever a checker may say of them.
//
//     RandomPairs source(1);                       the seed
//     const ExpressionPair pair = source.next();
//     pair.equal                                   true: rewritten by rules of algebra; false: one node was changed,
//                                                  and the values differ at a point
//
// Equal pairs have the same value wherever both have one (over the reals). The values that prove a difference are
// computed by independent_value.h; nothing of tutor/ is asked.

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "tutor/math/expression.h"

namespace lemma::tests {

struct ExpressionPair {
    tutor::Expr left, right;
    bool equal = true;
    std::string rules; // what was done to the left to make the right: "distribute, add-zero"
};

class RandomPairs {
public:
    explicit RandomPairs(std::uint32_t seed) : m_random(seed) {}

    ExpressionPair next();
    tutor::Expr tree(int depth);

private:
    using Expr = tutor::Expr;

    int below(int n) { return static_cast<int>(m_random() % static_cast<std::uint32_t>(n)); }
    bool chance(int percent) { return below(100) < percent; }
    Expr number();
    Expr leaf();
    Expr call(int depth);
    Expr rewritten(const Expr& e, std::string& rules);
    Expr rewrittenHere(const Expr& e, std::string& rules);
    Expr rewrittenAnything(const Expr& e, std::string& rules);
    Expr mutated(const Expr& e);
    Expr mutatedHere(const Expr& e);

    std::mt19937 m_random; // its values are the same everywhere, unlike those of the distributions
    bool m_functions = true;
};

} // namespace lemma::tests
