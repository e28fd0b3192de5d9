#pragma once
// Operators over all threads: divides the work of each call, runs the parts on the pool and returns when all are done.
//
//     Backend backend(pool, makeFastOperators());
//     Matrix weights = backend.makeMatrix(source);
//     backend.multiply(x, tokens, {{.weights = &weights, .output = y}});
//
// Arrays of activations are row-major, [tokens, width], contiguous unless a stride is given. Small work stays in the
// calling thread, since waking the others would cost more than it saves. Not thread-safe: it owns scratch memory.

#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <vector>

#include "engine/backend/low_rank_terms.h"
#include "engine/backend/matrix.h"
#include "engine/backend/operators.h"
#include "engine/base/thread_pool.h"

namespace lemma::engine {

// output[t, r] = sum over c of weights[r, c] * x[t, c]  (+ bias[r])  (+ output[t, r])
struct Product {
    const Matrix* weights = nullptr;
    float* output = nullptr;     // [tokens, rows]
    const float* bias = nullptr; // [rows], or none
    bool addToOutput = false;    // residual connection
};

// One matrix a head: output[t, h] = weights[h] x[t, h].
struct HeadProduct {
    std::span<const Matrix> weights;
    const float* x = nullptr;
    std::int64_t xTokenStride = 0;
    std::int64_t xHeadStride = 0;
    float* output = nullptr;
    std::int64_t outputTokenStride = 0;
    std::int64_t outputHeadStride = 0;
};

struct Normalization {
    const float* x = nullptr;
    const float* weight = nullptr; // [columns]
    float* output = nullptr;       // may be x
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    std::int64_t stride = 0; // from row to row of x and output; 0: columns
};

// One sequence's part in an attention.
struct AttentionItem {
    kernels::KvPages pages;
    const float* queries = nullptr; // [tokens, queryHeads, keyDimension]
    float* output = nullptr;        // [tokens, queryHeads, valueDimension]
    std::int64_t firstPosition = 0;
    std::int64_t tokens = 0;
};

class Backend {
public:
    Backend(ThreadPool& pool, std::unique_ptr<const Operators> operators);

    Matrix makeMatrix(const MatrixSource& source); // std::bad_alloc
    // A matrix whose bytes are kept in it.
    Matrix makeMatrix(MatrixSource source, std::vector<std::byte> bytes);
    // Adds strength * b (a x) to all products with `matrix`. Of F32, F16 or BF16 only.
    void addUpdate(Matrix& matrix, Matrix a, Matrix b, float strength);
    std::size_t packedBytes() const { return m_packedBytes; } // of all matrices made, beside the files

    // Several products of one input, of which all have as many columns as x.
    void multiply(const float* x, std::int64_t tokens, std::span<const Product> products);
    void multiply(const float* x, std::int64_t tokens, std::initializer_list<Product> products)
    {
        multiply(x, tokens, std::span(products.begin(), products.size()));
    }

    // output[t] = silu(gate x[t]) * (up x[t])
    void gatedUnit(const float* x, std::int64_t tokens, const Matrix& gate, const Matrix& up, float* output);

    void multiplyHeads(std::int64_t tokens, const HeadProduct& product);

    void normalize(const Normalization& task, float epsilon);

    // cosine, sine: [tokens, dimensions / 2]
    void rotate(kernels::RopePairing pairing, const kernels::RopeTarget& target, const float* cosine,
                const float* sine);

    void attend(const kernels::AttentionShape& shape, std::span<const AttentionItem> items);

    // For work of the caller's own: calls function(range) over parts of [0, count), at once where `cost` (about the
    // number of floats touched) is small.
    void forRanges(std::int64_t count, std::int64_t cost, const std::function<void(Range)>& function);

    const Operators& operators() const { return *m_operators; }

private:
    struct RowBlock {
        const Product* product;
        Range rows;
        float* result; // [tokens, rows of the product]: its output, or sums that will be added to it
        LowRankTerms::Terms terms;
    };
    void reduceTerms();
    void prepare(const float* x, std::int64_t tokens, bool quantize, std::int64_t columns);
    std::int64_t rowsPerBlock(std::int64_t rows, std::int64_t tokens) const;
    std::int64_t tokensPerBlock(std::int64_t columns) const;

    ThreadPool& m_pool;
    std::unique_ptr<const Operators> m_operators;
    std::size_t m_packedBytes = 0;
    kernels::cpu::Activations m_input;
    std::vector<float> m_sums;
    std::vector<float> m_up; // second factor of gatedUnit
    std::vector<RowBlock> m_blocks;
    LowRankTerms m_terms;
};

} // namespace lemma::engine
