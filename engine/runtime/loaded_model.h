#pragma once
// A model file with everything that answering from it needs: weights, tokenizer, chat template, cache.
// Owned by the engine thread.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "engine/chat/chat_template.h"
#include "engine/grammar/vocabulary_trie.h"
#include "engine/model/model.h"
#include "engine/runtime/prefix_cache.h"
#include "engine/runtime/saved_caches.h"
#include "engine/tokenizer/tokenizer.h"

namespace lemma::engine {

struct LoadOptions {
    Precision precision = Precision::Fast;
    std::optional<std::int64_t> cacheBytes = {}; // of the KV cache; none: half of what is free
    AdapterChoices adapters = {};
    std::optional<SavedCacheOptions> savedCaches = {}; // none: nothing is kept for the next start
};

class LoadedModel {
public:
    static Result<std::unique_ptr<LoadedModel>> load(const std::filesystem::path& path, ThreadPool& pool,
                                                     const LoadOptions& options, std::stop_token stop,
                                                     std::function<void(float fraction)> onProgress);

    const std::filesystem::path& path() const { return m_path; }
    const Tokenizer& tokenizer() const { return m_tokenizer; }
    // Of the template in the file; Unsupported where it is none that we know.
    const Result<TemplateFamily>& family() const { return m_family; }
    // See model_fingerprint.h.
    const std::string& fingerprint() const { return m_fingerprint; }
    const AdapterChoices& adapters() const { return m_adapters; } // with their hashes
    Model& model() { return *m_model; }
    const Model& model() const { return *m_model; }
    PrefixCache& prefixes() { return *m_prefixes; }
    const PrefixCache& prefixes() const { return *m_prefixes; }

    // A sequence that knows as much of the beginning of the prompt as is kept, in memory or in a file; at least one
    // token is left to compute.
    Result<Sequence> takePrefix(std::span<const TokenId> prompt);
    // Keeps the newest sequence in a file, where that is wanted.
    void saveNewest() const;

    // Of the tokenizer; made when it is first asked for.
    std::shared_ptr<const VocabularyTrie> vocabulary() const;

    // A smaller model that guesses for this one (model_drafter.h); none where none was given.
    LoadedModel* draft() const { return m_draft.get(); }
    // InvalidArgument, and nothing changed, where the vocabularies differ.
    Result<void> setDraft(std::unique_ptr<LoadedModel> draft);

    // Model::forward, but a full cache gives up the conversations used longest ago before this fails.
    Result<void> forward(std::span<const Model::BatchItem> batch, std::vector<float>& logits);

private:
    LoadedModel(std::filesystem::path path, Tokenizer tokenizer, Result<TemplateFamily> family);

    std::filesystem::path m_path;
    Tokenizer m_tokenizer;
    Result<TemplateFamily> m_family;
    std::string m_fingerprint;
    AdapterChoices m_adapters;
    std::unique_ptr<Model> m_model;
    std::unique_ptr<PrefixCache> m_prefixes;
    std::optional<SavedCaches> m_saved;
    std::unique_ptr<LoadedModel> m_draft;
    mutable std::shared_ptr<const VocabularyTrie> m_vocabulary;
};

} // namespace lemma::engine
