#include "engine/grammar/utf8_ranges.h"

#include <string>

#include "engine/base/utf8.h"

namespace lemma::engine {
namespace {

std::string encoded(char32_t codePoint)
{
    std::string bytes;
    utf8Append(bytes, codePoint);
    return bytes;
}

// Where a range cannot be one sequence: the last character of its first part.
bool splitPoint(char32_t first, char32_t last, char32_t& end)
{
    for (const char32_t lengthEnd : {U'\x7F', U'\x7FF', U'\xFFFF'}) {
        if (first <= lengthEnd && lengthEnd < last) {
            end = lengthEnd;
            return true;
        }
    }
    if (last <= 0x7F)
        return false;
    // All continuation bytes behind one that varies must run through all of their values.
    for (int bits = 6; bits <= 18; bits += 6) {
        const char32_t mask = (char32_t{1} << bits) - 1;
        if ((first & ~mask) == (last & ~mask))
            continue;
        if ((first & mask) != 0) {
            end = first | mask;
            return true;
        }
        if ((last & mask) != mask) {
            end = (last & ~mask) - 1;
            return true;
        }
    }
    return false;
}

void append(char32_t first, char32_t last, std::vector<ByteSequence>& sequences)
{
    char32_t end = 0;
    while (splitPoint(first, last, end)) {
        append(first, end, sequences);
        first = end + 1;
    }
    const std::string low = encoded(first);
    const std::string high = encoded(last);
    ByteSequence& sequence = sequences.emplace_back();
    for (std::size_t i = 0; i < low.size(); ++i)
        sequence.push_back({static_cast<std::uint8_t>(low[i]), static_cast<std::uint8_t>(high[i])});
}

} // namespace

std::vector<ByteSequence> utf8Sequences(const CodePointSet& set)
{
    std::vector<ByteSequence> sequences;
    for (const CodePointRange& range : set.ranges())
        append(range.first, range.last, sequences);
    return sequences;
}

} // namespace lemma::engine
