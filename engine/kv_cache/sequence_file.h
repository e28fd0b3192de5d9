#pragma once
// Keys and values of a sequence in a file, so that a text need not be read again after the program has ended.
//
//     LEMMA_CHECK(writeSequence(path, key, sequence));
//     LEMMA_TRY(const SequenceFileHead head, readSequenceHead(path));
//     if (head.key == key && head.layout == cache.layout())
//         LEMMA_TRY(Sequence sequence, readSequence(path, head, count, cache));   // its first `count` tokens
//
// `key` says what computed them: anything but the same model, adapters, precision and instruction set gives other
// numbers. Only whole pages are kept. Head and pages have checksums; a file that is damaged, cut off, or of another
// form is CorruptFile, never a wrong sequence. Checksums find accidents, not forgeries: the files are the user's own.
//
// Form (little-endian): "LEMMAKV1"; key (length as uint32, bytes); layout (seven int32); tokens (number as uint32,
// int32 each); checksum of all that (uint64); then each page with its checksum.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/kv_cache/kv_cache.h"

namespace lemma::engine {

struct SequenceFileHead {
    std::string key;
    KvLayout layout;
    std::vector<TokenId> tokens; // a multiple of layout.pageTokens
    std::uint64_t firstPage = 0; // byte offset
};

// Of so many tokens.
std::uint64_t sequenceFileBytes(const KvLayout& layout, std::string_view key, int tokens);

// Replaces a file that is there, in one step. Io where it cannot be written; nothing is left behind then.
Result<void> writeSequence(const std::filesystem::path& path, std::string_view key, const Sequence& sequence);

Result<SequenceFileHead> readSequenceHead(const std::filesystem::path& path);

// InvalidArgument for a cache of another layout or more tokens than there are; OutOfMemory where the cache is full.
Result<Sequence> readSequence(const std::filesystem::path& path, const SequenceFileHead& head, int count,
                              KvCache& cache);

} // namespace lemma::engine
