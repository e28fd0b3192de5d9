#pragma once
// The shape of a model, read from the metadata of its file and checked: afterwards every number is in its sensible
// range and the numbers agree with each other.
//
//     LEMMA_TRY(ModelConfig config, ModelConfig::fromGguf(file));
//
// Sources of the keys and their defaults: ggml-org/ggml, docs/gguf.md; ggml-org/llama.cpp, src/llama-hparams.h.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "kernels/reference/rope.h"
#include "kernels/reference/rope_table.h"

namespace lemma::engine {

class GgufFile;

enum class Architecture : std::uint8_t { Llama, Qwen2, Qwen3, DeepSeek2 };
std::string_view architectureName(Architecture architecture); // as in general.architecture

// Multi-head latent attention (DeepSeek-V2): keys and values of all heads are kept as one compressed vector per token.
struct LatentAttention {
    int queryRank = 0;   // 0: queries are not compressed (the Lite models)
    int latentRank = 0;  // of the compressed keys and values
    int nopeLength = 0;  // dimensions of a head without a position
    int ropeLength = 0;  // and with one, shared by all heads on the side of the keys
    int valueLength = 0; // of a head, decompressed
};

enum class ExpertGating : std::uint8_t { Softmax = 1, Sigmoid = 2 }; // numbers of the file

// Mixture of experts, from block `denseBlocks` on.
struct ExpertMixture {
    int denseBlocks = 0;
    int expertCount = 0;
    int usedCount = 0;   // chosen for each token
    int sharedCount = 0; // used by every token; 0: none
    int feedForwardLength = 0;
    float weightsScale = 1;
    bool normalizeWeights = false;
    ExpertGating gating = ExpertGating::Softmax;
    int groupCount = 1; // experts are chosen within the best groupUsedCount groups
    int groupUsedCount = 1;
};

struct ModelConfig {
    static Result<ModelConfig> fromGguf(const GgufFile& file);

    Architecture architecture = Architecture::Llama;
    std::string name; // general.name; may be empty
    int blockCount = 0;
    int contextLength = 0; // trained for
    int embeddingLength = 0;
    int feedForwardLength = 0;
    int vocabularySize = 0;
    float normEpsilon = 0;

    // What the KV cache holds of a token and layer: `kvHeads` keys and as many values. With latent attention that is
    // one key [latentRank + ropeLength], whose first latentRank numbers are the value as well.
    int queryHeads = 0;
    int kvHeads = 0;
    int keyLength = 0;
    int valueLength = 0;
    float attentionScale = 0; // of the products of queries and keys

    kernels::RopePairing ropePairing = kernels::RopePairing::Adjacent;
    kernels::RopeParameters rope; // frequencyFactors apart: they are a tensor

    std::optional<LatentAttention> latent;
    std::optional<ExpertMixture> experts;

    bool blockHasExperts(int block) const { return experts && block >= experts->denseBlocks; }
};

} // namespace lemma::engine
