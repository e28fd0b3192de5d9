#include <cstdlib>
#include <cstring>
#include <vector>

#include "engine/backend/operators.h"
#include "engine/base/log.h"
#include "kernels/cpu/cpu_kernels.h"

namespace lemma::engine {
namespace {

class FastOperators final : public Operators {
public:
    explicit FastOperators(const kernels::cpu::CpuKernels& kernels) : m_kernels(kernels) {}

    Matrix makeMatrix(const MatrixSource& source) const override
    {
        Matrix matrix;
        matrix.source = source;
        matrix.packed = kernels::cpu::PackedMatrix(m_kernels, source.type, source.data, source.rows, source.columns);
        return matrix;
    }
    std::int64_t packSteps(const Matrix& matrix) const override { return matrix.packed.tileCount(); }
    void pack(Matrix& matrix, Range steps) const override { matrix.packed.packTiles(steps.begin, steps.end); }

    void prepare(kernels::cpu::Activations& x, Range tokens) const override
    {
        x.quantize(m_kernels, tokens.begin, tokens.end);
    }
    bool needsPreparation(const Matrix& matrix) const override
    {
        return kernels::cpu::needsQuantizedActivations(matrix.source.type);
    }
    void matmul(const Matrix& weights, const kernels::cpu::Activations& x, Range tokens, Range rows, float* y,
                std::int64_t yStride) const override
    {
        kernels::cpu::matmul(weights.packed, x, tokens.begin, tokens.end, rows.begin, rows.end, y, yStride);
    }

    void rmsNorm(const float* x, const float* weight, float epsilon, std::int64_t rows, std::int64_t columns,
                 float* y) const override
    {
        m_kernels.rmsNorm(x, weight, epsilon, rows, columns, y);
    }
    void rope(kernels::RopePairing pairing, const kernels::RopeTarget& target, const float* cosine,
              const float* sine) const override
    {
        m_kernels.rope(pairing, target, cosine, sine);
    }
    void siluGate(const float* gate, const float* up, std::int64_t count, float* y) const override
    {
        m_kernels.siluGate(gate, up, count, y);
    }
    void add(const float* x, std::int64_t count, float* y) const override { m_kernels.add(x, count, y); }

    void store(kernels::KvType type, const float* x, std::int64_t count, std::byte* y) const override
    {
        if (type == kernels::KvType::F16)
            m_kernels.storeHalf(x, count, y);
        else
            std::memcpy(y, x, static_cast<std::size_t>(count) * sizeof(float));
    }

    void attention(const kernels::AttentionShape& shape, const kernels::KvPages& pages, const float* queries,
                   std::int64_t firstPosition, Range tokens, Range kvHeads, float* output) const override
    {
        static thread_local std::vector<float> scratch; // one a thread, grown once
        m_kernels.attention(shape, pages, queries, firstPosition, tokens.begin, tokens.end,
                            static_cast<int>(kvHeads.begin), static_cast<int>(kvHeads.end), output, scratch);
    }

private:
    const kernels::cpu::CpuKernels& m_kernels;
};

} // namespace

std::unique_ptr<const Operators> makeFastOperators()
{
    const char* wanted = std::getenv(kernels::cpu::kernelSetVariable);
    const kernels::cpu::KernelSelection selection = kernels::cpu::selectKernels(wanted);
    if (selection.refused)
        log(LogLevel::Warning, "{}={}: this processor has no such kernels; using '{}'", kernels::cpu::kernelSetVariable,
            wanted, selection.kernels->name);
    return std::make_unique<FastOperators>(*selection.kernels);
}

} // namespace lemma::engine
