#include "engine/runtime/loaded_model.h"

#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "engine/base/log.h"
#include "engine/gguf/gguf_file.h"
#include "engine/model/adapter.h"
#include "engine/runtime/model_fingerprint.h"
#include "kernels/cpu/cpu_kernels.h"

namespace lemma::engine {
namespace {

// Memory that the system could give without swapping, in bytes; 0 where it does not say.
std::int64_t availableMemory()
{
    std::ifstream file("/proc/meminfo");
    std::string key;
    std::int64_t kibibytes = 0;
    while (file >> key >> kibibytes) {
        if (key == "MemAvailable:")
            return kibibytes * 1024;
        std::getline(file, key); // the unit
    }
    return 0;
}

// Pages are taken only as conversations grow, so the limit may be generous: the model's whole context for a few
// branches, but never more than half of what is free once the weights are in.
KvCacheOptions cacheOptions(const ModelConfig& config, const LoadOptions& load)
{
    KvCacheOptions options;
    options.maxTokens = 4 * static_cast<std::int64_t>(config.contextLength);
    if (load.cacheBytes)
        options.maxBytes = load.cacheBytes;
    else if (const std::int64_t free = availableMemory(); free > 0)
        options.maxBytes = free / 2;
    if (load.precision == Precision::Reference)
        options.type = kernels::KvType::F32;
    return options;
}

Result<TemplateFamily> familyOf(const GgufFile& file)
{
    const auto text = file.string("tokenizer.chat_template");
    if (!text)
        return fail(ErrorCode::Unsupported,
                    fmt::format("{}: no chat template in the file, so it is a base model, not one that answers",
                                file.path().string()));
    auto family = recogniseTemplate(*text);
    if (!family)
        return fail(family.error().code, fmt::format("{}: {}", file.path().string(), family.error().message));
    return family;
}

// Whatever changes a bit of a key or value. The name of the kernels stands for the instruction set.
std::string cacheKey(const LoadedModel& model, const LoadOptions& load)
{
    const auto selection = kernels::cpu::selectKernels(std::getenv(kernels::cpu::kernelSetVariable));
    std::string key =
        fmt::format("{} {} {}", model.fingerprint(), load.precision == Precision::Reference ? "reference" : "fast",
                    selection.kernels->name);
    for (const AdapterChoice& adapter : model.adapters().files)
        key += fmt::format(" {}:{}:{}", adapterModeName(model.adapters().mode), adapter.hash, adapter.scale);
    return key;
}

} // namespace

LoadedModel::LoadedModel(std::filesystem::path path, Tokenizer tokenizer, Result<TemplateFamily> family)
    : m_path(std::move(path)), m_tokenizer(std::move(tokenizer)), m_family(std::move(family))
{
}

Result<std::unique_ptr<LoadedModel>> LoadedModel::load(const std::filesystem::path& path, ThreadPool& pool,
                                                       const LoadOptions& load, std::stop_token stop,
                                                       std::function<void(float fraction)> onProgress)
{
    LEMMA_TRY(GgufFile opened, GgufFile::open(path));
    auto file = std::make_shared<const GgufFile>(std::move(opened));
    LEMMA_TRY(Tokenizer tokenizer, Tokenizer::fromGguf(*file));
    std::unique_ptr<LoadedModel> loaded(new LoadedModel(path, std::move(tokenizer), familyOf(*file)));
    loaded->m_fingerprint = modelFingerprint(*file);

    loaded->m_adapters = load.adapters;
    LEMMA_TRY(std::vector<UsedAdapter> used, openAdapters(loaded->m_adapters));
    const ModelOptions options{load.precision,  &pool,           std::move(onProgress),
                               std::move(stop), std::move(used), load.adapters.mode};
    LEMMA_TRY(loaded->m_model, Model::load(std::move(file), options));
    const ModelConfig& config = loaded->m_model->config();
    if (loaded->m_tokenizer.vocabularySize() > config.vocabularySize)
        return fail(ErrorCode::CorruptFile,
                    fmt::format("{}: the tokenizer knows {} tokens, the model only {}", path.string(),
                                loaded->m_tokenizer.vocabularySize(), config.vocabularySize));
    LEMMA_TRY(std::unique_ptr<KvCache> cache, KvCache::create(config, cacheOptions(config, load)));
    loaded->m_prefixes = std::make_unique<PrefixCache>(std::move(cache));
    if (load.savedCaches)
        loaded->m_saved.emplace(*load.savedCaches, cacheKey(*loaded, load));
    log(LogLevel::Info, "loaded {}: {} layers, template {}", path.filename().string(), config.blockCount,
        loaded->m_family ? templateFamilyName(*loaded->m_family) : "unknown");
    return loaded;
}

Result<void> LoadedModel::forward(std::span<const Model::BatchItem> batch, std::vector<float>& logits)
{
    while (true) {
        auto result = m_model->forward(batch, logits);
        if (result || result.error().code != ErrorCode::OutOfMemory || !m_prefixes->evictOldest())
            return result;
    }
}

Result<Sequence> LoadedModel::takePrefix(std::span<const TokenId> prompt)
{
    LEMMA_TRY(Sequence sequence, m_prefixes->take(prompt));
    if (!m_saved)
        return sequence;
    std::optional<Sequence> saved = m_saved->load(prompt, sequence.length(), m_prefixes->cache());
    if (!saved)
        return sequence;
    m_prefixes->keep(std::move(sequence));
    return *std::move(saved);
}

void LoadedModel::saveNewest() const
{
    if (const Sequence* newest = m_prefixes->newest(); newest && m_saved)
        m_saved->save(*newest);
}

std::shared_ptr<const VocabularyTrie> LoadedModel::vocabulary() const
{
    if (!m_vocabulary)
        m_vocabulary = std::make_shared<const VocabularyTrie>(m_tokenizer);
    return m_vocabulary;
}

Result<void> LoadedModel::setDraft(std::unique_ptr<LoadedModel> draft)
{
    if (draft) {
        const Tokenizer& other = draft->tokenizer();
        if (other.vocabularySize() != m_tokenizer.vocabularySize())
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("{} cannot draft for {}: its vocabulary has {} tokens, not {}",
                                    draft->path().filename().string(), m_path.filename().string(),
                                    other.vocabularySize(), m_tokenizer.vocabularySize()));
        for (TokenId id = 0; id < other.vocabularySize(); ++id) {
            if (other.bytes(id) != m_tokenizer.bytes(id))
                return fail(ErrorCode::InvalidArgument,
                            fmt::format("{} cannot draft for {}: token {} is another one in its vocabulary",
                                        draft->path().filename().string(), m_path.filename().string(), id));
        }
    }
    m_draft = std::move(draft);
    return {};
}

} // namespace lemma::engine
