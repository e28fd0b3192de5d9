#include "engine/base/utf8.h"

#include <algorithm>

namespace lemma::engine {
namespace {

unsigned char byteAt(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }

// What a lead byte announces: the length of the character and the range that its second byte must lie in (Unicode table
// 3-7).
struct Lead {
    std::size_t length;
    unsigned char secondLow = 0x80;
    unsigned char secondHigh = 0xBF;
};

Lead classifyLead(unsigned char lead)
{
    if (lead < 0x80)
        return {1};
    if (lead >= 0xC2 && lead <= 0xDF)
        return {2};
    if (lead == 0xE0)
        return {3, 0xA0, 0xBF};
    if (lead == 0xED)
        return {3, 0x80, 0x9F}; // no surrogates
    if (lead >= 0xE1 && lead <= 0xEF)
        return {3};
    if (lead == 0xF0)
        return {4, 0x90, 0xBF};
    if (lead >= 0xF1 && lead <= 0xF3)
        return {4};
    if (lead == 0xF4)
        return {4, 0x80, 0x8F}; // up to U+10FFFF
    return {0};
}

// Bytes at `offset` that agree with the announcement, at most its length.
std::size_t wellFormedBytes(std::string_view text, std::size_t offset, const Lead& lead)
{
    std::size_t n = 1;
    while (n < lead.length && offset + n < text.size()) {
        const unsigned char byte = byteAt(text, offset + n);
        const unsigned char low = n == 1 ? lead.secondLow : 0x80;
        const unsigned char high = n == 1 ? lead.secondHigh : 0xBF;
        if (byte < low || byte > high)
            break;
        ++n;
    }
    return n;
}

} // namespace

std::size_t utf8CompletePrefix(std::string_view text)
{
    const std::size_t earliest = text.size() - std::min<std::size_t>(text.size(), 3);
    for (std::size_t start = text.size(); start-- > earliest;) {
        const unsigned char byte = byteAt(text, start);
        if (byte >= 0x80 && byte < 0xC0)
            continue; // a continuation byte: its lead is further left
        const Lead lead = classifyLead(byte);
        const std::size_t available = text.size() - start;
        const bool unfinished = available < lead.length && wellFormedBytes(text, start, lead) == available;
        return unfinished ? start : text.size();
    }
    return text.size();
}

DecodedCharacter utf8Decode(std::string_view text, std::size_t offset)
{
    if (offset >= text.size())
        return {};
    const unsigned char first = byteAt(text, offset);
    const Lead lead = classifyLead(first);
    if (lead.length == 0)
        return {U'\uFFFD', 1, false};
    const std::size_t n = wellFormedBytes(text, offset, lead);
    if (n < lead.length)
        return {U'\uFFFD', n, false};
    if (n == 1)
        return {first, 1, true};
    char32_t codePoint = first & (0x7Fu >> n);
    for (std::size_t i = 1; i < n; ++i)
        codePoint = (codePoint << 6) | (byteAt(text, offset + i) & 0x3Fu);
    return {codePoint, n, true};
}

void utf8Append(std::string& out, char32_t codePoint)
{
    const auto push = [&out](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    if (codePoint < 0x80) {
        push(codePoint);
    } else if (codePoint < 0x800) {
        push(0xC0 | (codePoint >> 6));
        push(0x80 | (codePoint & 0x3F));
    } else if (codePoint < 0x10000) {
        push(0xE0 | (codePoint >> 12));
        push(0x80 | ((codePoint >> 6) & 0x3F));
        push(0x80 | (codePoint & 0x3F));
    } else {
        push(0xF0 | (codePoint >> 18));
        push(0x80 | ((codePoint >> 12) & 0x3F));
        push(0x80 | ((codePoint >> 6) & 0x3F));
        push(0x80 | (codePoint & 0x3F));
    }
}

std::string utf8Sanitized(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const DecodedCharacter character = utf8Decode(text, i);
        if (character.valid)
            out.append(text.substr(i, character.length));
        else
            utf8Append(out, U'\uFFFD');
        i += character.length;
    }
    return out;
}

} // namespace lemma::engine
