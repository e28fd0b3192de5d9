#pragma once
// Finds tensors by name, checks their shapes and brings them into the backend's form, with progress and stop.
//
//     WeightLoader loader(file, backend, options);
//     LEMMA_TRY(layer.down, loader.matrix("blk.3.ffn_down.weight", feedForward, embedding));
//
// Shapes are given as the file has them: columns (inputs) first. Used by load_weights.cpp.

#include <functional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/gguf/gguf_file.h"
#include "engine/model/adapted_weights.h"

namespace lemma::engine {

class WeightLoader {
public:
    // `adapted` changes the matrices that are loaded by their names or tensors.
    WeightLoader(const GgufFile& file, Backend& backend, AdaptedWeights& adapted, std::function<void(float)> onProgress,
                 std::stop_token stop);

    bool has(const std::string& name) const { return m_file.findTensor(name) != nullptr; }

    // A tensor of exactly this shape: CorruptFile names file, tensor and both shapes.
    Result<const TensorInfo*> tensor(const std::string& name, std::vector<std::int64_t> shape);

    Result<Matrix> matrix(const std::string& name, std::int64_t columns, std::int64_t rows);
    // The same from rows of a larger tensor (fused tensors, experts, heads).
    Result<Matrix> matrix(const TensorInfo& tensor, std::int64_t first, std::int64_t count);
    // From weights that are in no tensor as they are used; no adapter changes these.
    Result<Matrix> matrix(const MatrixSource& source);

    Result<std::vector<float>> vector(const std::string& name, std::int64_t length);
    Result<std::vector<float>> optionalVector(const std::string& name, std::int64_t length); // empty where absent

    // Names that nobody has asked for.
    std::vector<std::string> unusedTensors() const;

    tl::unexpected<Error> corrupt(const std::string& reason) const;

    AdaptedWeights& adapted() { return m_adapted; }

private:
    Result<void> progress(const MatrixSource& source);
    Matrix merged(const MatrixSource& source, const std::vector<LowRankSource>& changes);
    Matrix factor(const MatrixSource& source);

    const GgufFile& m_file;
    Backend& m_backend;
    AdaptedWeights& m_adapted;
    std::function<void(float)> m_onProgress;
    std::stop_token m_stop;
    std::size_t m_totalBytes = 0;
    std::size_t m_loadedBytes = 0;
    std::set<std::string_view> m_used;
};

// Rows [first, first + count) of a tensor, all dimensions above the first counted as rows.
MatrixSource rowsOf(const TensorInfo& tensor, std::int64_t first, std::int64_t count);

} // namespace lemma::engine
