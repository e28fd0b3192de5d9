#pragma once
// Reads little-endian values from bytes that nobody has checked yet. Every read knows how much is left; a read past the
// end gives no value and leaves the cursor where it was, so that the caller can name the offset.
//
//     ByteCursor cursor(bytes);
//     std::optional<std::uint32_t> version = cursor.read<std::uint32_t>();

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

namespace lemma::engine {

static_assert(std::endian::native == std::endian::little, "GGUF is read as little-endian memory");

class ByteCursor {
public:
    explicit ByteCursor(std::span<const std::byte> bytes) : m_bytes(bytes) {}

    std::uint64_t offset() const { return m_offset; }
    std::uint64_t remaining() const { return m_bytes.size() - m_offset; }

    template <class T>
    std::optional<T> read()
    {
        static_assert(std::is_arithmetic_v<T>);
        if (remaining() < sizeof(T))
            return std::nullopt;
        T value;
        std::memcpy(&value, m_bytes.data() + m_offset, sizeof(T));
        m_offset += sizeof(T);
        return value;
    }

    std::optional<std::span<const std::byte>> take(std::uint64_t count)
    {
        if (count > remaining())
            return std::nullopt;
        const std::span<const std::byte> taken = m_bytes.subspan(m_offset, count);
        m_offset += count;
        return taken;
    }

    // A string of the format: a 64-bit length, then that many bytes.
    std::optional<std::string_view> string()
    {
        const std::uint64_t start = m_offset;
        const std::optional<std::uint64_t> length = read<std::uint64_t>();
        const auto bytes = length ? take(*length) : std::nullopt;
        if (!bytes) {
            m_offset = start;
            return std::nullopt;
        }
        return std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    }

private:
    std::span<const std::byte> m_bytes;
    std::uint64_t m_offset = 0; // <= m_bytes.size()
};

} // namespace lemma::engine
