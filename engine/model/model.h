#pragma once
// A language model that is ready to run: tokens in, logits out.
//
//     auto file = std::make_shared<const GgufFile>(...);
//     LEMMA_TRY(std::unique_ptr<Model> model, Model::load(file, {.pool = &pool}));
//     LEMMA_TRY(auto cache, KvCache::create(model->config(), {}));
//     Sequence sequence = cache->newSequence();
//     std::vector<float> logits;
//     const Model::BatchItem item{.sequence = &sequence, .tokens = prompt};
//     LEMMA_CHECK(model->forward({&item, 1}, logits)); // of the last token
//
// The logits of a token depend on the tokens before it in its sequence alone: bit for bit the same for any number of
// threads, any cutting of a prompt into several calls, and any company in the batch. (They differ between the two
// precisions, between the two modes of adapters, between F16 and F32 caches, and in the last bits between instruction
// sets.)
//
// One thread at a time calls forward(); the model itself changes no state between calls but scratch memory.

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/base/result.h"
#include "engine/kv_cache/kv_cache.h"
#include "engine/model/adapter_choice.h"
#include "engine/model/model_config.h"
#include "engine/tokenizer/token_id.h"

namespace lemma::engine {

class Adapter;
class GgufFile;
class ThreadPool;

struct UsedAdapter {
    std::shared_ptr<const Adapter> adapter;
    float scale = 1;
};

enum class Precision : std::uint8_t {
    Reference, // float32 throughout, slow: the definition of the right answer
    Fast,      // quantised activations, weights repacked at load
};

struct ModelOptions {
    Precision precision = Precision::Fast;
    ThreadPool* pool = nullptr;                          // required; outlives the model
    std::function<void(float fraction)> onProgress = {}; // of the weights' bytes, from the calling thread
    std::stop_token stop = {};
    std::vector<UsedAdapter> adapters = {}; // adapter.h; InvalidArgument where one does not fit the model
    AdapterMode adapterMode = AdapterMode::Runtime;
};

class Model {
public:
    // Cancelled when stopped; Unsupported names an unknown architecture; CorruptFile names a missing or misshapen
    // tensor. The model keeps the file and the adapters.
    static Result<std::unique_ptr<Model>> load(std::shared_ptr<const GgufFile> file, const ModelOptions& options);
    ~Model();

    const ModelConfig& config() const;
    std::size_t weightBytes() const; // memory of its own, beside the mapped file

    struct BatchItem {
        Sequence* sequence = nullptr;
        std::span<const TokenId> tokens = {}; // at least one
        bool allLogits = false;               // of every token, not only the last
    };

    // Appends the tokens to their sequences (each at most once in a batch) and computes logits: [wanted rows,
    // vocabulary], item after item. On an error the sequences are as before. Scratch memory grows with the number of
    // tokens (about 4 * (3 * embedding + 3 * feed-forward) bytes each): cut long prompts into chunks of a few hundred.
    Result<void> forward(std::span<const BatchItem> batch, std::vector<float>& logits);

private:
    class Implementation;
    explicit Model(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace lemma::engine
