#pragma once
// What adapters change of a model's weights, piece by piece as they are loaded. Used by WeightLoader.
//
//     LEMMA_CHECK(adapted.checkModel("llama"));
//     LEMMA_TRY(const std::vector<LowRankSource> changes, adapted.changesOf(tensor, firstRow, rows));
//     ... adds them to the weights (merged_weights.h), or keeps them beside (Backend::addUpdate) ...
//     LEMMA_CHECK(adapted.checkAllUsed());
//
// Errors are InvalidArgument (this adapter is not for this model) and name adapter and tensor.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/backend/matrix.h"
#include "engine/base/result.h"
#include "engine/model/adapter.h"

namespace lemma::engine {

// strength * b a, for a piece of a weight: a [rank, columns], b [rows, rank].
struct LowRankSource {
    MatrixSource a;
    MatrixSource b;
    float strength = 1;
};

class AdaptedWeights {
public:
    AdaptedWeights(std::vector<UsedAdapter> adapters, AdapterMode mode) : m_adapters(std::move(adapters)), m_mode(mode)
    {
    }

    AdapterMode mode() const { return m_mode; }

    Result<void> checkModel(std::string_view architecture) const;

    // Of rows [first, first + count) of the tensor, all dimensions above the first counted as rows, which lie within
    // one expert.
    Result<std::vector<LowRankSource>> changesOf(const TensorInfo& tensor, std::int64_t first, std::int64_t count);

    // Unsupported where an adapter changes this tensor, which is used in a way that allows no change.
    Result<void> refuse(std::string_view tensor) const;

    // Every pair must have found its weight.
    Result<void> checkAllUsed() const;

private:
    std::vector<UsedAdapter> m_adapters;
    AdapterMode m_mode;
    std::set<const Adapter::Pair*> m_used;
};

} // namespace lemma::engine
