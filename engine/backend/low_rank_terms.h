#pragma once
// What adapters add to matrix products at run time: y[t] += strength * b (a x[t]). Used by Backend.
//
//     terms.begin(tokens);
//     const Terms own = terms.add(weights);          // for each matrix that meets the input
//     for (part < terms.parts()) terms.reduce(operators, part, input);              // a x; by many threads if wanted
//     terms.apply(operators, own, tokenRange, rowRange, y, stride);                 // after the product itself
//
// The value of y[t, r] depends on row and token alone, as that of the product does.

#include <vector>

#include "engine/backend/operators.h"

namespace lemma::engine {

class LowRankTerms {
public:
    struct Terms {
        std::size_t first = 0;
        std::size_t count = 0;
    };

    void begin(std::int64_t tokens);
    Terms add(const Matrix& weights);

    std::size_t parts() const { return m_count * m_tokenBlocks; }
    void reduce(const Operators& operators, std::size_t part, const kernels::cpu::Activations& x);

    // rows.begin must be a multiple of kernels::cpu::matmulRowAlignment; y and stride as those of the product.
    void apply(const Operators& operators, Terms terms, Range tokens, Range rows, float* y, std::int64_t stride);

private:
    struct Term {
        const LowRankUpdate* update = nullptr;
        std::vector<float> values; // strength * a x: [tokens, rank]
        kernels::cpu::Activations input;
        std::vector<float> products; // [tokens, rows]
    };

    std::int64_t m_tokens = 0;
    std::size_t m_tokenBlocks = 0;
    std::vector<Term> m_terms; // the first m_count are in use; storage only grows
    std::size_t m_count = 0;
};

} // namespace lemma::engine
