#pragma once
// All weights of a model, from its file. Names of tensors: ggml-org/llama.cpp, src/llama-arch.cpp.

#include <stop_token>

#include "engine/base/result.h"
#include "engine/model/model_config.h"
#include "engine/model/weight_loader.h"
#include "engine/model/weights.h"

namespace lemma::engine {

Result<ModelWeights> loadWeights(const ModelConfig& config, WeightLoader& loader);

// Parts of it, in files of their own. `prefix` is "blk.N.".
Result<LatentAttentionWeights> loadLatentAttention(const ModelConfig& config, WeightLoader& loader,
                                                   const std::string& prefix, std::vector<std::vector<float>>& owned);
Result<MixtureWeights> loadMixture(const ModelConfig& config, WeightLoader& loader, const std::string& prefix);

} // namespace lemma::engine
