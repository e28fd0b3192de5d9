#pragma once
// Keys and values of the tokens that a model has read, in pages that sequences share.
//
//     LEMMA_TRY(std::unique_ptr<KvCache> cache, KvCache::create(model->config(), {.maxTokens = 16384}));
//     Sequence sequence = cache->newSequence();
//     LEMMA_CHECK(model->forward({&item, 1}, logits)); // item: &sequence and its new tokens
//     LEMMA_TRY(Sequence branch, sequence.fork());   // shares all pages; copies one when either goes on
//     sequence.rewind(10);                           // forgets all but the first 10 tokens
//
// A page holds `pageTokens` tokens of all layers. Memory is taken page by page as sequences grow, never beyond the
// limit; a full cache is an ordinary OutOfMemory that leaves the sequence as it was. A sequence may outlive its cache.
// One thread owns a cache and its sequences.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/result.h"
#include "engine/tokenizer/token_id.h"
#include "kernels/reference/attention.h"

namespace lemma::engine {

class PagePool;
struct ModelConfig;

struct KvCacheOptions {
    std::int64_t maxTokens = 16384;                      // of all sequences together; shared pages count once
    std::optional<std::int64_t> maxBytes = std::nullopt; // lowers maxTokens where it is reached first
    kernels::KvType type = kernels::KvType::F16;         // F32 for the reference path
    int pageTokens = 32;
};

// How a page is laid out: for each layer its keys [kvHeads, pageTokens, keyLength], then its values
// [kvHeads, pageTokens, valueLength] (none where valueIsKeyPrefix), in elements of `type`.
struct KvLayout {
    int layers = 0;
    int kvHeads = 0;
    int keyLength = 0;
    int valueLength = 0;
    bool valueIsKeyPrefix = false; // latent attention
    int pageTokens = 0;
    kernels::KvType type = kernels::KvType::F16;

    std::size_t elementBytes() const { return type == kernels::KvType::F16 ? 2 : 4; }
    std::size_t keyBytes() const;   // of one layer of a page
    std::size_t layerBytes() const; // keys and values
    std::size_t pageBytes() const { return layerBytes() * static_cast<std::size_t>(layers); }
    bool operator==(const KvLayout&) const = default;
};

// The tokens of one conversation or branch, and the pages with their keys and values.
class Sequence {
public:
    Sequence(Sequence&&) noexcept;
    Sequence& operator=(Sequence&&) noexcept;
    ~Sequence(); // gives its pages back

    int length() const { return static_cast<int>(m_tokens.size()); }
    const std::vector<TokenId>& tokens() const { return m_tokens; }

    // A second sequence with the same content, at the cost of no page. OutOfMemory where its lists of tokens and pages
    // find no room.
    Result<Sequence> fork() const;

    // Forgets everything from `position` on; a position beyond the end changes nothing.
    void rewind(int position);

    // For the model: makes the positions length() .. length() + count - 1 writable (pages of its own, shared content
    // copied), or fails with OutOfMemory and changes nothing.
    Result<void> reserve(int count);
    // Adds tokens whose keys and values have been written; reserve() came before.
    void append(std::span<const TokenId> tokens);
    const KvLayout& layout() const;
    std::byte* page(int index) const { return m_pages[static_cast<std::size_t>(index)]; }

private:
    friend class KvCache;
    explicit Sequence(std::shared_ptr<PagePool> pool);
    void releasePages(std::size_t from);

    std::shared_ptr<PagePool> m_pool;
    std::vector<std::byte*> m_pages;
    std::vector<TokenId> m_tokens;
};

class KvCache {
public:
    // InvalidArgument for sizes that make no sense.
    static Result<std::unique_ptr<KvCache>> create(const ModelConfig& config, const KvCacheOptions& options);

    Sequence newSequence();

    const KvLayout& layout() const;
    std::int64_t maxTokens() const; // whole pages
    std::size_t bytesPerToken() const;
    std::size_t bytesUsed() const; // by the pages that sequences hold
    std::size_t bytesLimit() const;

private:
    explicit KvCache(std::shared_ptr<PagePool> pool);
    std::shared_ptr<PagePool> m_pool;
};

} // namespace lemma::engine
