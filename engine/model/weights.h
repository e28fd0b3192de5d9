#pragma once
// The weights of a model, by their place in the transformer. Names of the tensors: weight_loader.h.

#include <optional>
#include <variant>
#include <vector>

#include "engine/backend/matrix.h"

namespace lemma::engine {

// Grouped-query attention: llama, qwen2, qwen3. Empty vectors: the model has none.
struct GroupedAttentionWeights {
    Matrix query;  // [queryHeads * keyLength, embedding]
    Matrix key;    // [kvHeads * keyLength, embedding]
    Matrix value;  // [kvHeads * valueLength, embedding]
    Matrix output; // [embedding, queryHeads * valueLength]
    std::vector<float> queryBias;
    std::vector<float> keyBias;
    std::vector<float> valueBias;
    std::vector<float> outputBias;
    std::vector<float> queryNorm; // [keyLength]
    std::vector<float> keyNorm;
};

// Multi-head latent attention with the up-projections absorbed: queries are brought into the latent space (keyAbsorb),
// attention runs there over the compressed vectors, and its result is brought back (valueExpand).
struct LatentAttentionWeights {
    std::optional<Matrix> queryDown; // [queryRank, embedding]; none in the Lite models
    std::vector<float> queryNorm;    // [queryRank]
    Matrix queryUp;                  // [queryHeads * (nopeLength + ropeLength), queryRank or embedding]
    Matrix compress;                 // [latentRank + ropeLength, embedding]
    std::vector<float> latentNorm;   // [latentRank]
    std::vector<Matrix> keyAbsorb;   // of each head: [latentRank, nopeLength]
    std::vector<Matrix> valueExpand; // of each head: [valueLength, latentRank]
    Matrix output;                   // [embedding, queryHeads * valueLength]
};

// SwiGLU: down(silu(gate x) * up x)
struct FeedForwardWeights {
    Matrix gate; // [feedForward, embedding]
    Matrix up;
    Matrix down; // [embedding, feedForward]
};

struct MixtureWeights {
    Matrix router;                    // [experts, embedding]
    std::vector<float> selectionBias; // [experts], or none: added to the scores for choosing only
    std::vector<FeedForwardWeights> experts;
    std::optional<FeedForwardWeights> shared; // all shared experts side by side
};

struct LayerWeights {
    std::vector<float> attentionNorm; // [embedding]
    std::variant<GroupedAttentionWeights, LatentAttentionWeights> attention;
    std::vector<float> feedForwardNorm; // [embedding]
    std::variant<FeedForwardWeights, MixtureWeights> feedForward;
};

struct ModelWeights {
    MatrixSource embedding; // [vocabulary, embedding], read row by row from the file
    std::vector<LayerWeights> layers;
    std::vector<float> outputNorm;  // [embedding]
    Matrix output;                  // [vocabulary, embedding]; made from the embedding where tied
    std::vector<float> ropeFactors; // [keyLength / 2], or none

    // Weights that are not in the file as they are used; sources of matrices point here.
    std::vector<std::vector<float>> owned;
};

} // namespace lemma::engine
