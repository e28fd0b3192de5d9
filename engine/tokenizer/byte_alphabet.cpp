#include "engine/tokenizer/byte_alphabet.h"

#include <array>

#include "engine/base/utf8.h"

namespace lemma::engine {
namespace {

constexpr char32_t alphabetEnd = 0x100 + 68; // 188 bytes stand for themselves, 68 follow from U+0100 on

bool standsForItself(unsigned byte)
{
    return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
}

struct Alphabet {
    std::array<std::string, 256> spelling;
    std::array<std::int16_t, alphabetEnd> byteOf; // -1: no byte

    Alphabet()
    {
        byteOf.fill(-1);
        char32_t next = 0x100;
        for (unsigned byte = 0; byte < 256; ++byte) {
            const char32_t character = standsForItself(byte) ? byte : next++;
            utf8Append(spelling[byte], character);
            byteOf[character] = static_cast<std::int16_t>(byte);
        }
    }
};

const Alphabet& alphabet()
{
    static const Alphabet table;
    return table;
}

} // namespace

const std::string& byteSpelling(std::uint8_t byte) { return alphabet().spelling[byte]; }

std::string bytesOfSpelling(std::string_view spelling)
{
    const Alphabet& table = alphabet();
    std::string bytes;
    bytes.reserve(spelling.size());
    for (std::size_t i = 0; i < spelling.size();) {
        const DecodedCharacter character = utf8Decode(spelling, i);
        const int byte = character.valid && character.codePoint < alphabetEnd ? table.byteOf[character.codePoint] : -1;
        if (byte >= 0)
            bytes.push_back(static_cast<char>(byte));
        else
            bytes.append(spelling.substr(i, character.length));
        i += character.length;
    }
    return bytes;
}

} // namespace lemma::engine
