#pragma once
// The operators of a forward pass in one precision, each on a part of the data and in the calling thread; Backend
// divides the work. Contracts: the headers of the same names in kernels/reference. No result depends on how the work
// was divided.

#include <cstdint>
#include <memory>

#include "engine/backend/matrix.h"
#include "kernels/cpu/matmul.h"
#include "kernels/reference/attention.h"
#include "kernels/reference/rope.h"

namespace lemma::engine {

struct Range {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::int64_t size() const { return end - begin; }
};

class Operators {
public:
    virtual ~Operators() = default;

    // Packing brings weights into the layout that matmul() reads: any part of packSteps(), in any order.
    virtual Matrix makeMatrix(const MatrixSource& source) const = 0; // std::bad_alloc
    virtual std::int64_t packSteps(const Matrix& matrix) const = 0;
    virtual void pack(Matrix& matrix, Range steps) const = 0;

    // Brings the input of the products into the form that matmul() reads; `matrices` tell which they are.
    virtual void prepare(kernels::cpu::Activations& x, Range tokens) const = 0;
    virtual bool needsPreparation(const Matrix& matrix) const = 0;
    virtual void matmul(const Matrix& weights, const kernels::cpu::Activations& x, Range tokens, Range rows, float* y,
                        std::int64_t yStride) const = 0;

    virtual void rmsNorm(const float* x, const float* weight, float epsilon, std::int64_t rows, std::int64_t columns,
                         float* y) const = 0;
    virtual void rope(kernels::RopePairing pairing, const kernels::RopeTarget& target, const float* cosine,
                      const float* sine) const = 0;
    virtual void siluGate(const float* gate, const float* up, std::int64_t count, float* y) const = 0;
    virtual void add(const float* x, std::int64_t count, float* y) const = 0;
    virtual void store(kernels::KvType type, const float* x, std::int64_t count, std::byte* y) const = 0;
    virtual void attention(const kernels::AttentionShape& shape, const kernels::KvPages& pages, const float* queries,
                           std::int64_t firstPosition, Range tokens, Range kvHeads, float* output) const = 0;
};

std::unique_ptr<const Operators> makeReferenceOperators(); // float32, exact but slow
std::unique_ptr<const Operators> makeFastOperators();      // the best instruction set of this processor

} // namespace lemma::engine
