#include "engine/kv_cache/sequence_file.h"

#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include "engine/base/fnv.h"

namespace lemma::engine {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::string_view magic = "LEMMAKV1";
// What no file of ours exceeds: lengths are checked before memory is taken for them.
constexpr std::uint32_t longestKey = 4096;
constexpr std::uint32_t mostTokens = 64 * 1024 * 1024;
constexpr std::size_t checksumBytes = sizeof(std::uint64_t);

std::uint64_t checksumOf(std::span<const std::byte> bytes)
{
    Fnv fnv;
    fnv.addWords(bytes);
    return fnv.hash();
}

template <class T>
void put(std::vector<std::byte>& out, const T& value)
{
    const auto bytes = std::as_bytes(std::span(&value, 1));
    out.insert(out.end(), bytes.begin(), bytes.end());
}

std::vector<std::byte> headBytes(std::string_view key, const KvLayout& layout, std::span<const TokenId> tokens)
{
    std::vector<std::byte> out;
    for (const char c : magic)
        put(out, c);
    put(out, static_cast<std::uint32_t>(key.size()));
    for (const char c : key)
        put(out, c);
    for (const int number : {layout.layers, layout.kvHeads, layout.keyLength, layout.valueLength,
                             layout.valueIsKeyPrefix ? 1 : 0, layout.pageTokens, static_cast<int>(layout.type)})
        put(out, static_cast<std::int32_t>(number));
    put(out, static_cast<std::uint32_t>(tokens.size()));
    for (const TokenId token : tokens)
        put(out, static_cast<std::int32_t>(token));
    put(out, checksumOf(out));
    return out;
}

// Reads a head piece by piece and remembers its bytes for the checksum.
class HeadReader {
public:
    explicit HeadReader(std::ifstream& file) : m_file(file) {}

    bool take(void* out, std::size_t size)
    {
        m_file.read(static_cast<char*>(out), static_cast<std::streamsize>(size));
        if (!m_file)
            return false;
        const auto* bytes = static_cast<const std::byte*>(out);
        m_bytes.insert(m_bytes.end(), bytes, bytes + size);
        return true;
    }
    template <class T>
    bool take(T& value)
    {
        return take(&value, sizeof value);
    }
    const std::vector<std::byte>& bytes() const { return m_bytes; }

private:
    std::ifstream& m_file;
    std::vector<std::byte> m_bytes;
};

bool readHead(HeadReader& in, SequenceFileHead& head)
{
    std::string start(magic.size(), ' ');
    std::uint32_t keyLength = 0, count = 0;
    if (!in.take(start.data(), start.size()) || start != magic || !in.take(keyLength) || keyLength > longestKey)
        return false;
    head.key.resize(keyLength);
    if (!in.take(head.key.data(), keyLength))
        return false;
    std::int32_t numbers[7] = {};
    if (!in.take(numbers, sizeof numbers) || !in.take(count) || count > mostTokens)
        return false;
    head.layout = {.layers = numbers[0],
                   .kvHeads = numbers[1],
                   .keyLength = numbers[2],
                   .valueLength = numbers[3],
                   .valueIsKeyPrefix = numbers[4] != 0,
                   .pageTokens = numbers[5],
                   .type = numbers[6] == static_cast<int>(kernels::KvType::F16) ? kernels::KvType::F16
                                                                                : kernels::KvType::F32};
    head.tokens.resize(count);
    if (!in.take(head.tokens.data(), count * sizeof(TokenId)))
        return false;
    const std::uint64_t expected = checksumOf(in.bytes());
    std::uint64_t found = 0;
    if (!in.take(found) || found != expected)
        return false;
    head.firstPage = in.bytes().size();
    return head.layout.pageTokens > 0 && count % static_cast<std::uint32_t>(head.layout.pageTokens) == 0;
}

tl::unexpected<Error> corrupt(const std::filesystem::path& path, std::string_view reason)
{
    return fail(ErrorCode::CorruptFile, fmt::format("{}: {}", path.string(), reason));
}

} // namespace

std::uint64_t sequenceFileBytes(const KvLayout& layout, std::string_view key, int tokens)
{
    const auto pages = static_cast<std::uint64_t>(tokens / layout.pageTokens);
    return headBytes(key, layout, {}).size() + static_cast<std::uint64_t>(tokens) * sizeof(TokenId) +
           pages * (layout.pageBytes() + checksumBytes);
}

Result<void> writeSequence(const std::filesystem::path& path, std::string_view key, const Sequence& sequence)
{
    const KvLayout& layout = sequence.layout();
    const int pages = sequence.length() / layout.pageTokens;
    const std::span<const TokenId> tokens =
        std::span(sequence.tokens()).first(static_cast<std::size_t>(pages * layout.pageTokens));
    std::filesystem::path unfinished = path;
    unfinished += ".part";
    std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
    const auto write = [&file](std::span<const std::byte> bytes) {
        file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    };
    write(headBytes(key, layout, tokens));
    for (int i = 0; i < pages && file; ++i) {
        const std::span<const std::byte> page(sequence.page(i), layout.pageBytes());
        const std::uint64_t checksum = checksumOf(page);
        write(page);
        write(std::as_bytes(std::span(&checksum, 1)));
    }
    file.close();
    std::error_code error;
    if (file)
        std::filesystem::rename(unfinished, path, error);
    if (file && !error)
        return {};
    const std::string reason = error ? error.message() : std::strerror(errno);
    std::filesystem::remove(unfinished, error);
    return fail(ErrorCode::Io, fmt::format("{} cannot be written: {}", path.string(), reason));
}

Result<SequenceFileHead> readSequenceHead(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    SequenceFileHead head;
    HeadReader reader(file);
    if (!readHead(reader, head))
        return corrupt(path, "this is no saved cache, or its head is damaged");
    return head;
}

Result<Sequence> readSequence(const std::filesystem::path& path, const SequenceFileHead& head, int count,
                              KvCache& cache)
{
    if (head.layout != cache.layout() || count < 0 || count > std::ssize(head.tokens))
        return fail(ErrorCode::InvalidArgument, "a saved cache of another form");
    const KvLayout& layout = cache.layout();
    const int pages = (count + layout.pageTokens - 1) / layout.pageTokens;
    std::ifstream file(path, std::ios::binary);
    file.seekg(static_cast<std::streamoff>(head.firstPage));
    Sequence sequence = cache.newSequence();
    LEMMA_CHECK(sequence.reserve(count));
    for (int i = 0; i < pages; ++i) {
        std::uint64_t checksum = 0;
        file.read(reinterpret_cast<char*>(sequence.page(i)), static_cast<std::streamsize>(layout.pageBytes()));
        file.read(reinterpret_cast<char*>(&checksum), sizeof checksum);
        if (!file)
            return corrupt(path, "the file ends too early");
        if (checksumOf({sequence.page(i), layout.pageBytes()}) != checksum)
            return corrupt(path, fmt::format("page {} is damaged", i));
    }
    sequence.append(std::span(head.tokens).first(static_cast<std::size_t>(count)));
    return sequence;
}

} // namespace lemma::engine
