#pragma once
// Weights with the changes of adapters added to them. Used by WeightLoader.
//
//     const MergeLoss loss = mergeRows(source, changes, 0, source.rows, floats.data());   // in ranges, if wanted
//     const MergedWeights merged = packMerged(source, loss, floats);
//
// They are kept as F16; as F32 where they were F32, and where rounding to F16 would take more than 1/64 (root mean
// square) off what the changes are. A quantised type would lose most of them: its steps are larger than the changes.

#include <vector>

#include "engine/model/adapted_weights.h"

namespace lemma::engine {

// Sums of squares: of the changes, and of what F16 would lose.
struct MergeLoss {
    double change = 0;
    double lost = 0;
};

// Rows [begin, end) with their changes, as float32 [end - begin, columns].
MergeLoss mergeRows(const MatrixSource& source, const std::vector<LowRankSource>& changes, std::int64_t begin,
                    std::int64_t end, float* out);

struct MergedWeights {
    kernels::TensorType type = kernels::TensorType::F32;
    std::vector<std::byte> bytes;
};
MergedWeights packMerged(const MatrixSource& source, const MergeLoss& loss, const std::vector<float>& merged);

} // namespace lemma::engine
