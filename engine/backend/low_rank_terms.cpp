#include "engine/backend/low_rank_terms.h"

#include <algorithm>

namespace lemma::engine {
namespace {

constexpr std::int64_t blockTokens = 32;

void grow(std::vector<float>& storage, std::int64_t size)
{
    if (storage.size() < static_cast<std::size_t>(size))
        storage.resize(static_cast<std::size_t>(size));
}

} // namespace

void LowRankTerms::begin(std::int64_t tokens)
{
    m_tokens = tokens;
    m_tokenBlocks = static_cast<std::size_t>((tokens + blockTokens - 1) / blockTokens);
    m_count = 0;
}

LowRankTerms::Terms LowRankTerms::add(const Matrix& weights)
{
    const Terms added{m_count, weights.updates.size()};
    for (const LowRankUpdate& update : weights.updates) {
        if (m_count == m_terms.size())
            m_terms.emplace_back();
        Term& term = m_terms[m_count++];
        term.update = &update;
        grow(term.values, m_tokens * update.a.rows());
        grow(term.products, m_tokens * update.b.rows());
        term.input.reset(term.values.data(), m_tokens, update.a.rows());
    }
    return added;
}

void LowRankTerms::reduce(const Operators& operators, std::size_t part, const kernels::cpu::Activations& x)
{
    Term& term = m_terms[part % m_count];
    const std::int64_t first = static_cast<std::int64_t>(part / m_count) * blockTokens;
    const Range tokens{first, std::min(first + blockTokens, m_tokens)};
    const std::int64_t rank = term.update->a.rows();
    operators.matmul(term.update->a, x, tokens, {0, rank}, term.values.data(), rank);
    for (std::int64_t i = tokens.begin * rank; i < tokens.end * rank; ++i)
        term.values[static_cast<std::size_t>(i)] *= term.update->strength;
}

void LowRankTerms::apply(const Operators& operators, Terms terms, Range tokens, Range rows, float* y,
                         std::int64_t stride)
{
    for (std::size_t i = terms.first; i < terms.first + terms.count; ++i) {
        Term& term = m_terms[i];
        const std::int64_t width = term.update->b.rows();
        operators.matmul(term.update->b, term.input, tokens, rows, term.products.data(), width);
        for (std::int64_t t = tokens.begin; t < tokens.end; ++t)
            for (std::int64_t r = rows.begin; r < rows.end; ++r)
                y[t * stride + r] += term.products[static_cast<std::size_t>(t * width + r)];
    }
}

} // namespace lemma::engine
