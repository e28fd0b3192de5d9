#pragma once
// What the tests of the model share: loading, running, comparing.

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/base/thread_pool.h"
#include "engine/gguf/gguf_file.h"
#include "engine/kv_cache/kv_cache.h"
#include "engine/model/model.h"

namespace lemma::tests {

// Tokens of the golden logits.
inline const std::vector<engine::TokenId> goldenTokens{5,   17,  42,  99, 3,  250, 128, 7,
                                                       256, 300, 301, 12, 12, 12,  77,  410};

inline engine::Result<std::unique_ptr<engine::Model>> loadModel(engine::Result<engine::GgufFile> file,
                                                                engine::ThreadPool& pool, engine::Precision precision)
{
    LEMMA_TRY(engine::GgufFile opened, std::move(file));
    return engine::Model::load(std::make_shared<const engine::GgufFile>(std::move(opened)),
                               {.precision = precision, .pool = &pool});
}

// A model in memory: `bytes` must outlive it.
inline engine::Result<std::unique_ptr<engine::Model>> loadModel(std::span<const std::byte> bytes,
                                                                engine::ThreadPool& pool, engine::Precision precision)
{
    return loadModel(engine::GgufFile::parse(bytes, "random.gguf"), pool, precision);
}

// Logits of all tokens, read in chunks of the given size into a fresh cache.
inline engine::Result<std::vector<float>> allLogits(engine::Model& model, const std::vector<engine::TokenId>& tokens,
                                                    kernels::KvType type, std::size_t chunk = 1000, int pageTokens = 32)
{
    LEMMA_TRY(const auto cache, engine::KvCache::create(model.config(), {.type = type, .pageTokens = pageTokens}));
    engine::Sequence sequence = cache->newSequence();
    std::vector<float> all;
    std::vector<float> logits;
    for (std::size_t first = 0; first < tokens.size(); first += chunk) {
        const std::span<const engine::TokenId> part =
            std::span(tokens).subspan(first, std::min(chunk, tokens.size() - first));
        const engine::Model::BatchItem item{.sequence = &sequence, .tokens = part, .allLogits = true};
        LEMMA_CHECK(model.forward({&item, 1}, logits));
        all.insert(all.end(), logits.begin(), logits.end());
    }
    return all;
}

// Sum of squared differences over sum of squares.
inline double normalizedError(std::span<const float> values, std::span<const float> expected)
{
    double difference = 0;
    double sum = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        difference += (double{values[i]} - double{expected[i]}) * (double{values[i]} - double{expected[i]});
        sum += double{expected[i]} * double{expected[i]};
    }
    return difference / sum;
}

inline std::vector<float> readFloats(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(in), {}};
    std::vector<float> floats(bytes.size() / sizeof(float));
    std::memcpy(floats.data(), bytes.data(), floats.size() * sizeof(float));
    return floats;
}

} // namespace lemma::tests
