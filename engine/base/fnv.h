#pragma once
// FNV-1a, 64 bits: notices that two things differ by accident. It is no protection against somebody who wants them to
// look the same. (Fowler, Noll, Vo: http://www.isthe.com/chongo/tech/comp/fnv/)
//
//     Fnv fnv;
//     fnv.add(bytes);
//     fmt::format("{:016x}", fnv.hash());

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace lemma::engine {

class Fnv {
public:
    void add(std::span<const std::byte> bytes)
    {
        for (const std::byte byte : bytes)
            step(static_cast<std::uint64_t>(byte));
    }
    void add(std::uint64_t number) { add(std::as_bytes(std::span(&number, 1))); }

    // Eight bytes at a time, for much data: another value than add() gives. The high bits are folded back, because the
    // multiplication alone never brings them down to the low ones.
    void addWords(std::span<const std::byte> bytes)
    {
        for (; bytes.size() >= 8; bytes = bytes.subspan(8)) {
            std::uint64_t word = 0;
            std::memcpy(&word, bytes.data(), 8);
            step(word);
            m_hash ^= m_hash >> 32;
        }
        add(bytes);
    }

    std::uint64_t hash() const { return m_hash; }

private:
    void step(std::uint64_t value) { m_hash = (m_hash ^ value) * 0x100000001B3u; }

    std::uint64_t m_hash = 0xCBF29CE484222325u;
};

} // namespace lemma::engine
