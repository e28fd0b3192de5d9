#include "engine/backend/backend.h"

#include <algorithm>
#include <utility>

namespace lemma::engine {
namespace {

// Work below this many floats is done before another thread has woken up (a few microseconds).
constexpr std::int64_t smallWork = 16 * 1024;
constexpr std::int64_t partsPerThread = 4; // so that a thread that is held up holds up a quarter of its share

std::int64_t divideUp(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

} // namespace

Backend::Backend(ThreadPool& pool, std::unique_ptr<const Operators> operators)
    : m_pool(pool), m_operators(std::move(operators))
{
}

Matrix Backend::makeMatrix(const MatrixSource& source)
{
    Matrix matrix = m_operators->makeMatrix(source);
    const std::int64_t steps = m_operators->packSteps(matrix);
    forRanges(steps, source.rows * source.columns, [&](Range range) { m_operators->pack(matrix, range); });
    m_packedBytes += matrix.packed.bytesOwned();
    return matrix;
}

Matrix Backend::makeMatrix(MatrixSource source, std::vector<std::byte> bytes)
{
    source.data = bytes.data();
    Matrix matrix = makeMatrix(source);
    m_packedBytes += bytes.size();
    matrix.owned = std::move(bytes); // moving a vector leaves its bytes where they are
    return matrix;
}

void Backend::addUpdate(Matrix& matrix, Matrix a, Matrix b, float strength)
{
    matrix.updates.push_back({std::move(a), std::move(b), strength});
}

void Backend::forRanges(std::int64_t count, std::int64_t cost, const std::function<void(Range)>& function)
{
    if (count == 0)
        return;
    if (cost < smallWork || m_pool.threadCount() == 1) {
        function({0, count});
        return;
    }
    const std::int64_t size = divideUp(count, m_pool.threadCount() * partsPerThread);
    m_pool.parallelFor(static_cast<std::size_t>(divideUp(count, size)), [&](std::size_t part) {
        const std::int64_t begin = static_cast<std::int64_t>(part) * size;
        function({begin, std::min(begin + size, count)});
    });
}

void Backend::normalize(const Normalization& task, float epsilon)
{
    const std::int64_t stride = task.stride == 0 ? task.columns : task.stride;
    forRanges(task.rows, task.rows * task.columns, [&](Range rows) {
        if (stride == task.columns) {
            m_operators->rmsNorm(task.x + rows.begin * stride, task.weight, epsilon, rows.size(), task.columns,
                                 task.output + rows.begin * stride);
            return;
        }
        for (std::int64_t row = rows.begin; row < rows.end; ++row)
            m_operators->rmsNorm(task.x + row * stride, task.weight, epsilon, 1, task.columns,
                                 task.output + row * stride);
    });
}

void Backend::rotate(kernels::RopePairing pairing, const kernels::RopeTarget& target, const float* cosine,
                     const float* sine)
{
    const std::int64_t pairs = target.dimensions / 2;
    forRanges(target.tokens, target.tokens * target.heads * target.dimensions, [&](Range tokens) {
        kernels::RopeTarget part = target;
        part.values += tokens.begin * target.tokenStride;
        part.tokens = tokens.size();
        m_operators->rope(pairing, part, cosine + tokens.begin * pairs, sine + tokens.begin * pairs);
    });
}

} // namespace lemma::engine
