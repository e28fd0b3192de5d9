// How attention is divided: by sequence, by blocks of tokens, and by heads.
#include <algorithm>

#include "engine/backend/backend.h"

namespace lemma::engine {
namespace {

constexpr std::int64_t tokensPerPart = 16;

struct Part {
    const AttentionItem* item;
    Range tokens;
    Range kvHeads;
    Range queryHeads; // of the only KV head, where the heads are divided further
};

// Where all query heads share one KV head (latent attention), a single token's heads are divided instead.
void addHeadParts(const AttentionItem& item, const kernels::AttentionShape& shape, std::int64_t parts,
                  std::vector<Part>& out)
{
    const std::int64_t step = std::max<std::int64_t>(1, (shape.queryHeads + parts - 1) / parts);
    for (std::int64_t head = 0; head < shape.queryHeads; head += step)
        out.push_back({&item, {0, 1}, {0, 1}, {head, std::min<std::int64_t>(head + step, shape.queryHeads)}});
}

} // namespace

void Backend::attend(const kernels::AttentionShape& shape, std::span<const AttentionItem> items)
{
    std::vector<Part> parts;
    for (const AttentionItem& item : items) {
        if (item.tokens == 1 && shape.kvHeads == 1) {
            addHeadParts(item, shape, m_pool.threadCount(), parts);
            continue;
        }
        for (std::int64_t token = 0; token < item.tokens; token += tokensPerPart) {
            const Range tokens{token, std::min(token + tokensPerPart, item.tokens)};
            for (std::int64_t head = 0; head < shape.kvHeads; ++head)
                parts.push_back({&item, tokens, {head, head + 1}, {0, shape.queryHeads}});
        }
    }
    // Late tokens see the most positions: they go first, so that no thread is left with a long part at the end.
    std::ranges::stable_sort(parts, std::greater{},
                             [](const Part& part) { return part.item->firstPosition + part.tokens.end; });
    m_pool.parallelFor(parts.size(), [&](std::size_t index) {
        const Part& part = parts[index];
        kernels::AttentionShape partShape = shape;
        partShape.queryHeads = static_cast<int>(part.queryHeads.size());
        m_operators->attention(partShape, part.item->pages,
                               part.item->queries + part.queryHeads.begin * shape.keyDimension,
                               part.item->firstPosition, part.tokens, part.kvHeads,
                               part.item->output + part.queryHeads.begin * shape.valueDimension);
    });
}

} // namespace lemma::engine
