#pragma once
// What the model has read, kept in files for the next start of the program: reopening a long session then needs no
// prefill.
//
//     SavedCaches saved({directory, maxBytes}, key);
//     if (auto sequence = saved.load(prompt, alreadyKnown, cache)) ...   // knows a longer beginning of the prompt
//     saved.save(sequence);                                              // after the answer
//
// One file a conversation: a longer sequence takes the place of its own beginning. Files are found by the tokens in
// them, whoever wrote them. A file that is broken, or that another model, adapter, precision or processor has computed,
// is passed over (with a note in the log where it is broken). When all together exceed the limit, those that were used
// longest ago go. Nothing here is an error for the answer: what cannot be kept is computed again. Engine thread.

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "engine/kv_cache/kv_cache.h"
#include "engine/runtime/saved_cache_options.h"

namespace lemma::engine {

class SavedCaches {
public:
    // `key`: see sequence_file.h.
    SavedCaches(SavedCacheOptions options, std::string key) : m_options(std::move(options)), m_key(std::move(key)) {}

    // A sequence that knows more than `known` tokens of the beginning of the prompt, but never all of it.
    std::optional<Sequence> load(std::span<const TokenId> prompt, int known, KvCache& cache) const;

    void save(const Sequence& sequence) const;

private:
    void makeRoom() const;

    SavedCacheOptions m_options;
    std::string m_key;
};

} // namespace lemma::engine
