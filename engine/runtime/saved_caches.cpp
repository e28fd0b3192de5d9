#include "engine/runtime/saved_caches.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "engine/base/fnv.h"
#include "engine/base/log.h"
#include "engine/kv_cache/sequence_file.h"

namespace lemma::engine {
namespace {

constexpr int leastTokens = 64; // below that reading the prompt again is as fast

std::vector<std::filesystem::path> filesIn(const std::filesystem::path& directory)
{
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(directory, error))
        if (entry.path().extension() == ".kv" && entry.is_regular_file(error))
            files.push_back(entry.path());
    return files;
}

int commonPrefix(std::span<const TokenId> a, std::span<const TokenId> b)
{
    return static_cast<int>(std::ranges::mismatch(a, b).in1 - a.begin());
}

// Of a file that can be used with this key and layout.
std::optional<SequenceFileHead> usableHead(const std::filesystem::path& file, const std::string& key,
                                           const KvLayout& layout)
{
    auto head = readSequenceHead(file);
    if (!head) {
        log(LogLevel::Warning, "saved caches: {}", head.error().message);
        return std::nullopt;
    }
    if (head->key != key || head->layout != layout)
        return std::nullopt;
    return *std::move(head);
}

} // namespace

std::optional<Sequence> SavedCaches::load(std::span<const TokenId> prompt, int known, KvCache& cache) const
{
    std::filesystem::path best;
    SequenceFileHead bestHead;
    int longest = known + leastTokens - 1;
    for (const std::filesystem::path& file : filesIn(m_options.directory)) {
        auto head = usableHead(file, m_key, cache.layout());
        if (!head)
            continue;
        const int common = std::min(commonPrefix(head->tokens, prompt), static_cast<int>(prompt.size()) - 1);
        if (common > longest) {
            longest = common;
            best = file;
            bestHead = std::move(*head);
        }
    }
    if (best.empty())
        return std::nullopt;
    auto sequence = readSequence(best, bestHead, longest, cache);
    if (!sequence) {
        log(LogLevel::Warning, "saved caches: {}", sequence.error().message);
        return std::nullopt;
    }
    std::error_code error; // only the order of eviction is lost
    std::filesystem::last_write_time(best, std::filesystem::file_time_type::clock::now(), error);
    return *std::move(sequence);
}

void SavedCaches::save(const Sequence& sequence) const
{
    const KvLayout& layout = sequence.layout();
    const int length = sequence.length() / layout.pageTokens * layout.pageTokens;
    const std::uint64_t bytes = sequenceFileBytes(layout, m_key, length);
    if (length < leastTokens || bytes > static_cast<std::uint64_t>(std::max<std::int64_t>(m_options.maxBytes, 0)))
        return;
    const std::span<const TokenId> tokens = std::span(sequence.tokens()).first(static_cast<std::size_t>(length));
    Fnv fnv;
    fnv.add(std::as_bytes(std::span(m_key)));
    fnv.addWords(std::as_bytes(tokens));
    const std::filesystem::path path = m_options.directory / fmt::format("{:016x}.kv", fnv.hash());
    std::vector<std::filesystem::path> beginnings;
    for (const std::filesystem::path& file : filesIn(m_options.directory)) {
        const auto head = usableHead(file, m_key, layout);
        if (!head)
            continue;
        const int common = commonPrefix(head->tokens, tokens);
        if (common == length && file != path)
            return; // there is a longer one
        if (common == std::ssize(head->tokens) && file != path)
            beginnings.push_back(file);
    }
    std::error_code error;
    std::filesystem::create_directories(m_options.directory, error);
    if (const auto written = writeSequence(path, m_key, sequence); !written) {
        log(LogLevel::Warning, "saved caches: {}", written.error().message);
        return;
    }
    for (const std::filesystem::path& file : beginnings)
        std::filesystem::remove(file, error);
    makeRoom();
}

// The least recently used go first; the one that was just written has the latest time.
void SavedCaches::makeRoom() const
{
    struct File {
        std::filesystem::path path;
        std::filesystem::file_time_type used;
        std::uintmax_t bytes = 0;
    };
    std::vector<File> files;
    std::uintmax_t total = 0;
    for (const std::filesystem::path& path : filesIn(m_options.directory)) {
        std::error_code error;
        const std::uintmax_t bytes = std::filesystem::file_size(path, error);
        const auto used = std::filesystem::last_write_time(path, error);
        if (error)
            continue; // another process has removed it
        files.push_back({path, used, bytes});
        total += bytes;
    }
    std::ranges::sort(files, {}, &File::used);
    for (const File& file : files) {
        if (total <= static_cast<std::uintmax_t>(m_options.maxBytes))
            return;
        std::error_code error;
        if (std::filesystem::remove(file.path, error))
            total -= file.bytes;
    }
}

} // namespace lemma::engine
