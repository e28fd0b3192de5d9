#include "engine/model/model.h"

#include <limits>
#include <new>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "engine/backend/backend.h"
#include "engine/gguf/gguf_file.h"
#include "engine/model/load_weights.h"
#include "engine/model/transformer.h"

namespace lemma::engine {

class Model::Implementation {
public:
    Implementation(std::shared_ptr<const GgufFile> file, ModelConfig modelConfig, const ModelOptions& options)
        : m_file(std::move(file)),
          m_adapters(options.adapters),
          config(std::move(modelConfig)),
          backend(*options.pool,
                  options.precision == Precision::Reference ? makeReferenceOperators() : makeFastOperators())
    {
    }

    Result<void> load(const ModelOptions& options)
    {
        AdaptedWeights adapted(m_adapters, options.adapterMode);
        LEMMA_TRY(const std::string_view architecture, m_file->requireString("general.architecture"));
        LEMMA_CHECK(adapted.checkModel(architecture));
        WeightLoader loader(*m_file, backend, adapted, options.onProgress, options.stop);
        LEMMA_TRY(m_weights, loadWeights(config, loader));
        m_transformer = std::make_unique<Transformer>(config, m_weights, backend);
        return {};
    }

    Result<void> forward(std::span<const BatchItem> batch, std::vector<float>& logits)
    {
        std::vector<Segment> segments;
        std::int64_t row = 0;
        for (const BatchItem& item : batch) {
            segments.push_back({item.sequence, item.tokens, row, item.sequence->length(), item.allLogits});
            row += static_cast<std::int64_t>(item.tokens.size());
            LEMMA_CHECK(item.sequence->reserve(static_cast<int>(item.tokens.size())));
        }
        m_transformer->run(segments, logits);
        for (const BatchItem& item : batch)
            item.sequence->append(item.tokens);
        return {};
    }

private:
    std::shared_ptr<const GgufFile> m_file; // the weights point into it
    std::vector<UsedAdapter> m_adapters;    // and into these

public:
    const ModelConfig config;
    Backend backend;

private:
    ModelWeights m_weights;
    std::unique_ptr<Transformer> m_transformer;
};

namespace {

Result<void> checkItem(const Model::BatchItem& item, const ModelConfig& config)
{
    if (!item.sequence || item.tokens.empty())
        return fail(ErrorCode::InvalidArgument, "a batch item without sequence or tokens");
    const KvLayout& layout = item.sequence->layout();
    if (layout.layers != config.blockCount || layout.kvHeads != config.kvHeads ||
        layout.keyLength != config.keyLength || layout.valueLength != config.valueLength)
        return fail(ErrorCode::InvalidArgument, "the KV cache was made for another model");
    if (item.tokens.size() > static_cast<std::size_t>(std::numeric_limits<int>::max() - item.sequence->length()))
        return fail(ErrorCode::InvalidArgument, fmt::format("{} tokens in one call", item.tokens.size()));
    for (const TokenId token : item.tokens) {
        if (token < 0 || token >= config.vocabularySize)
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("token {} is outside of the vocabulary of {}", token, config.vocabularySize));
    }
    return {};
}

Result<void> checkBatch(std::span<const Model::BatchItem> batch, const ModelConfig& config)
{
    if (batch.empty())
        return fail(ErrorCode::InvalidArgument, "an empty batch");
    std::unordered_set<const Sequence*> sequences;
    for (const Model::BatchItem& item : batch) {
        LEMMA_CHECK(checkItem(item, config));
        if (!sequences.insert(item.sequence).second)
            return fail(ErrorCode::InvalidArgument, "a sequence occurs twice in a batch");
    }
    return {};
}

} // namespace

Model::Model(std::unique_ptr<Implementation> implementation) : m_implementation(std::move(implementation)) {}
Model::~Model() = default;

const ModelConfig& Model::config() const { return m_implementation->config; }
std::size_t Model::weightBytes() const { return m_implementation->backend.packedBytes(); }

Result<std::unique_ptr<Model>> Model::load(std::shared_ptr<const GgufFile> file, const ModelOptions& options)
{
    if (!file || !options.pool)
        return fail(ErrorCode::InvalidArgument, "a model needs a file and a thread pool");
    try {
        LEMMA_TRY(ModelConfig config, ModelConfig::fromGguf(*file));
        auto implementation = std::make_unique<Implementation>(std::move(file), std::move(config), options);
        LEMMA_CHECK(implementation->load(options));
        return std::unique_ptr<Model>(new Model(std::move(implementation)));
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "not enough memory for the weights of the model");
    }
}

Result<void> Model::forward(std::span<const BatchItem> batch, std::vector<float>& logits)
{
    LEMMA_CHECK(checkBatch(batch, config()));
    std::vector<int> lengths;
    for (const BatchItem& item : batch)
        lengths.push_back(item.sequence->length());
    Result<void> result;
    try {
        result = m_implementation->forward(batch, logits);
    } catch (const std::bad_alloc&) {
        result = fail(ErrorCode::OutOfMemory, "not enough memory for this many tokens at once");
    }
    for (std::size_t i = 0; !result && i < batch.size(); ++i)
        batch[i].sequence->rewind(lengths[i]); // gives reserved pages back
    return result;
}

} // namespace lemma::engine
