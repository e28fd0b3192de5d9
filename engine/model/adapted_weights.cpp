#include "engine/model/adapted_weights.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace lemma::engine {
namespace {

MatrixSource rows(const TensorInfo& tensor, std::int64_t first, std::int64_t count)
{
    const std::size_t offset = static_cast<std::size_t>(first) * kernels::rowBytes(tensor.type, tensor.columns());
    return {.type = tensor.type, .rows = count, .columns = tensor.columns(), .data = tensor.data.data() + offset};
}

} // namespace

Result<void> AdaptedWeights::checkModel(std::string_view architecture) const
{
    for (const UsedAdapter& used : m_adapters)
        if (used.adapter->architecture() != architecture)
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("{} is an adapter for models of the architecture {}, but this one is {}",
                                    used.adapter->name(), used.adapter->architecture(), architecture));
    return {};
}

Result<std::vector<LowRankSource>> AdaptedWeights::changesOf(const TensorInfo& tensor, std::int64_t first,
                                                             std::int64_t count)
{
    std::vector<LowRankSource> changes;
    for (const UsedAdapter& used : m_adapters) {
        const auto found = used.adapter->pairs().find(tensor.name);
        if (found == used.adapter->pairs().end())
            continue;
        const Adapter::Pair& pair = found->second;
        const auto& a = pair.a->shape;
        const auto& b = pair.b->shape;
        if (a[0] != tensor.shape[0] || b[1] != tensor.shape[1] || a[2] != tensor.shape[2] || tensor.shape[3] != 1)
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("{} does not fit this model: '{}' has the shape {}, the adapter's pair is for "
                                    "{} x {} x {}",
                                    used.adapter->name(), tensor.name, fmt::join(tensor.shape, " x "), a[0], b[1],
                                    a[2]));
        const std::int64_t expert = first / tensor.shape[1];
        m_used.insert(&pair);
        changes.push_back({rows(*pair.a, expert * a[1], a[1]), rows(*pair.b, first, count),
                           used.adapter->strength(pair, used.scale)});
    }
    return changes;
}

Result<void> AdaptedWeights::refuse(std::string_view tensor) const
{
    for (const UsedAdapter& used : m_adapters)
        if (used.adapter->pairs().contains(tensor))
            return fail(ErrorCode::Unsupported, fmt::format("{} changes '{}', which Lemma cannot do with this model",
                                                            used.adapter->name(), tensor));
    return {};
}

Result<void> AdaptedWeights::checkAllUsed() const
{
    for (const UsedAdapter& used : m_adapters)
        for (const auto& [name, pair] : used.adapter->pairs())
            if (!m_used.contains(&pair))
                return fail(ErrorCode::InvalidArgument,
                            fmt::format("{} does not fit this model: it changes '{}', and there is no such matrix here",
                                        used.adapter->name(), name));
    return {};
}

} // namespace lemma::engine
