#include <cstring>

#include "engine/backend/operators.h"
#include "kernels/quant/half.h"
#include "kernels/reference/add.h"
#include "kernels/reference/matmul.h"
#include "kernels/reference/rms_norm.h"
#include "kernels/reference/silu_gate.h"

namespace lemma::engine {
namespace {

namespace reference = kernels::reference;

class ReferenceOperators final : public Operators {
public:
    Matrix makeMatrix(const MatrixSource& source) const override
    {
        Matrix matrix;
        matrix.source = source;
        return matrix;
    }
    std::int64_t packSteps(const Matrix&) const override { return 0; }
    void pack(Matrix&, Range) const override {}

    void prepare(kernels::cpu::Activations&, Range) const override {}
    bool needsPreparation(const Matrix&) const override { return false; }

    void matmul(const Matrix& weights, const kernels::cpu::Activations& x, Range tokens, Range rows, float* y,
                std::int64_t yStride) const override
    {
        const MatrixSource& source = weights.source;
        const std::size_t offset =
            static_cast<std::size_t>(rows.begin) * kernels::rowBytes(source.type, source.columns);
        reference::matmul(source.type, source.data + offset, rows.size(), source.columns,
                          x.values() + tokens.begin * x.columns(), tokens.size(),
                          y + tokens.begin * yStride + rows.begin, yStride);
    }

    void rmsNorm(const float* x, const float* weight, float epsilon, std::int64_t rows, std::int64_t columns,
                 float* y) const override
    {
        reference::rmsNorm(x, weight, epsilon, rows, columns, y);
    }

    void rope(kernels::RopePairing pairing, const kernels::RopeTarget& target, const float* cosine,
              const float* sine) const override
    {
        reference::rope(pairing, target, cosine, sine);
    }

    void siluGate(const float* gate, const float* up, std::int64_t count, float* y) const override
    {
        reference::siluGate(gate, up, count, y);
    }

    void add(const float* x, std::int64_t count, float* y) const override { reference::add(x, count, y); }

    void store(kernels::KvType type, const float* x, std::int64_t count, std::byte* y) const override
    {
        if (type == kernels::KvType::F32) {
            std::memcpy(y, x, static_cast<std::size_t>(count) * sizeof(float));
            return;
        }
        for (std::int64_t i = 0; i < count; ++i) {
            const std::uint16_t half = kernels::halfFromFloat(x[i]);
            std::memcpy(y + 2 * i, &half, sizeof half);
        }
    }

    void attention(const kernels::AttentionShape& shape, const kernels::KvPages& pages, const float* queries,
                   std::int64_t firstPosition, Range tokens, Range kvHeads, float* output) const override
    {
        // The reference computes all heads at once: the part with the first of them does the whole.
        if (kvHeads.begin > 0)
            return;
        const std::int64_t queryWidth = std::int64_t{shape.queryHeads} * shape.keyDimension;
        const std::int64_t outputWidth = std::int64_t{shape.queryHeads} * shape.valueDimension;
        reference::attention(shape, pages, queries + tokens.begin * queryWidth, firstPosition + tokens.begin,
                             tokens.size(), output + tokens.begin * outputWidth);
    }
};

} // namespace

std::unique_ptr<const Operators> makeReferenceOperators() { return std::make_unique<ReferenceOperators>(); }

} // namespace lemma::engine
