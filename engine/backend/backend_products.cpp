// How matrix products are divided: into blocks of rows (each thread reads its own part of the weights) and, for long
// inputs, blocks of tokens, so that the activations of a block stay in the cache while all weights pass by.
#include <algorithm>

#include "engine/backend/backend.h"

namespace lemma::engine {
namespace {

constexpr std::int64_t rowAlignment = kernels::cpu::matmulRowAlignment;
constexpr std::int64_t leastRows = 2 * rowAlignment; // of a block: below that the hand-over costs too much
constexpr std::int64_t blockBytes = 256 * 1024;      // of int8 activations: a quarter of a usual L2 cache
constexpr std::int64_t partsPerThread = 6;

std::int64_t divideUp(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

void grow(std::vector<float>& storage, std::int64_t size)
{
    if (storage.size() < static_cast<std::size_t>(size))
        storage.resize(static_cast<std::size_t>(size));
}

void finishRows(const Product& product, const float* result, Range tokens, Range rows)
{
    const std::int64_t stride = product.weights->rows();
    for (std::int64_t t = tokens.begin; t < tokens.end; ++t) {
        float* output = product.output + t * stride;
        for (std::int64_t r = rows.begin; product.addToOutput && r < rows.end; ++r)
            output[r] += result[t * stride + r];
        for (std::int64_t r = rows.begin; product.bias && r < rows.end; ++r)
            output[r] += product.bias[r];
    }
}

} // namespace

std::int64_t Backend::rowsPerBlock(std::int64_t rows, std::int64_t tokens) const
{
    const std::int64_t tokenBlocks = std::max<std::int64_t>(1, tokens / 128);
    const std::int64_t wanted = divideUp(rows * tokenBlocks, m_pool.threadCount() * partsPerThread);
    return std::max(leastRows, divideUp(wanted, rowAlignment) * rowAlignment);
}

std::int64_t Backend::tokensPerBlock(std::int64_t columns) const
{
    return std::max<std::int64_t>(16, blockBytes / columns / 16 * 16);
}

void Backend::prepare(const float* x, std::int64_t tokens, bool quantize, std::int64_t columns)
{
    m_input.reset(x, tokens, columns);
    if (quantize)
        forRanges(tokens, tokens * columns, [&](Range range) { m_operators->prepare(m_input, range); });
}

// The first half of what adapters add, of all matrices that meet m_input.
void Backend::reduceTerms()
{
    m_pool.parallelFor(m_terms.parts(), [&](std::size_t part) { m_terms.reduce(*m_operators, part, m_input); });
}

void Backend::multiply(const float* x, std::int64_t tokens, std::span<const Product> products)
{
    const std::int64_t columns = products.front().weights->columns();
    std::int64_t totalRows = 0;
    std::int64_t addedRows = 0;
    bool quantize = false;
    for (const Product& product : products) {
        totalRows += product.weights->rows();
        addedRows += product.addToOutput ? product.weights->rows() : 0;
        quantize = quantize || m_operators->needsPreparation(*product.weights);
    }
    prepare(x, tokens, quantize, columns);
    grow(m_sums, tokens * addedRows);
    m_blocks.clear();
    m_terms.begin(tokens);
    const std::int64_t rowStep = rowsPerBlock(totalRows, tokens);
    float* sums = m_sums.data();
    for (const Product& product : products) {
        const std::int64_t rows = product.weights->rows();
        const LowRankTerms::Terms terms = m_terms.add(*product.weights);
        for (std::int64_t row = 0; row < rows; row += rowStep)
            m_blocks.push_back(
                {&product, {row, std::min(row + rowStep, rows)}, product.addToOutput ? sums : product.output, terms});
        sums += product.addToOutput ? tokens * rows : 0;
    }
    reduceTerms();
    const std::int64_t tokenStep = tokensPerBlock(columns);
    const std::size_t tokenBlocks = static_cast<std::size_t>(divideUp(tokens, tokenStep));
    m_pool.parallelFor(m_blocks.size() * tokenBlocks, [&](std::size_t part) {
        const auto [product, rows, result, terms] = m_blocks[part % m_blocks.size()];
        const std::int64_t first = static_cast<std::int64_t>(part / m_blocks.size()) * tokenStep;
        const Range range{first, std::min(first + tokenStep, tokens)};
        m_operators->matmul(*product->weights, m_input, range, rows, result, product->weights->rows());
        m_terms.apply(*m_operators, terms, range, rows, result, product->weights->rows());
        finishRows(*product, result, range, rows);
    });
}

void Backend::gatedUnit(const float* x, std::int64_t tokens, const Matrix& gate, const Matrix& up, float* output)
{
    const std::int64_t rows = gate.rows();
    prepare(x, tokens, m_operators->needsPreparation(gate) || m_operators->needsPreparation(up), gate.columns());
    grow(m_up, tokens * rows);
    m_terms.begin(tokens);
    const LowRankTerms::Terms gateTerms = m_terms.add(gate);
    const LowRankTerms::Terms upTerms = m_terms.add(up);
    reduceTerms();
    const std::int64_t rowStep = rowsPerBlock(2 * rows, tokens);
    const std::int64_t tokenStep = tokensPerBlock(gate.columns());
    const std::size_t rowBlocks = static_cast<std::size_t>(divideUp(rows, rowStep));
    const std::size_t tokenBlocks = static_cast<std::size_t>(divideUp(tokens, tokenStep));
    m_pool.parallelFor(rowBlocks * tokenBlocks, [&](std::size_t part) {
        const std::int64_t row = static_cast<std::int64_t>(part % rowBlocks) * rowStep;
        const std::int64_t token = static_cast<std::int64_t>(part / rowBlocks) * tokenStep;
        const Range rowRange{row, std::min(row + rowStep, rows)};
        const Range tokenRange{token, std::min(token + tokenStep, tokens)};
        m_operators->matmul(gate, m_input, tokenRange, rowRange, output, rows);
        m_terms.apply(*m_operators, gateTerms, tokenRange, rowRange, output, rows);
        m_operators->matmul(up, m_input, tokenRange, rowRange, m_up.data(), rows);
        m_terms.apply(*m_operators, upTerms, tokenRange, rowRange, m_up.data(), rows);
        for (std::int64_t t = tokenRange.begin; t < tokenRange.end; ++t) {
            float* gated = output + t * rows + row;
            m_operators->siluGate(gated, m_up.data() + t * rows + row, rowRange.size(), gated);
        }
    });
}

void Backend::multiplyHeads(std::int64_t tokens, const HeadProduct& product)
{
    m_pool.parallelFor(product.weights.size(), [&](std::size_t head) {
        static thread_local std::vector<float> gathered; // [tokens, columns] of this head
        static thread_local kernels::cpu::Activations input;
        static thread_local LowRankTerms terms;
        const Matrix& weights = product.weights[head];
        const std::int64_t columns = weights.columns();
        gathered.resize(static_cast<std::size_t>(tokens * columns));
        const float* x = product.x + static_cast<std::int64_t>(head) * product.xHeadStride;
        for (std::int64_t t = 0; t < tokens; ++t)
            std::copy_n(x + t * product.xTokenStride, columns, gathered.data() + t * columns);
        input.reset(gathered.data(), tokens, columns);
        if (m_operators->needsPreparation(weights))
            m_operators->prepare(input, {0, tokens});
        float* output = product.output + static_cast<std::int64_t>(head) * product.outputHeadStride;
        m_operators->matmul(weights, input, {0, tokens}, {0, weights.rows()}, output, product.outputTokenStride);
        terms.begin(tokens);
        const LowRankTerms::Terms own = terms.add(weights);
        for (std::size_t part = 0; part < terms.parts(); ++part)
            terms.reduce(*m_operators, part, input);
        terms.apply(*m_operators, own, {0, tokens}, {0, weights.rows()}, output, product.outputTokenStride);
    });
}

} // namespace lemma::engine
