#include "assistant/sandbox/display_text.h"

#include <algorithm>
#include <fmt/format.h>

#include "engine/base/utf8.h"

namespace lemma::assistant {
namespace {

// End of the escape sequence that begins at text[start] == ESC: CSI "[ ... letter", strings such as OSC "] ... BEL or
// ESC \", else one or two more bytes (ECMA-48).
std::size_t endOfEscape(std::string_view text, std::size_t start)
{
    std::size_t i = start + 1;
    if (i >= text.size())
        return i;
    const char kind = text[i++];
    if (kind == '[') {
        while (i < text.size() && text[i] >= 0x20 && text[i] <= 0x3F)
            ++i;
        return i < text.size() && text[i] >= 0x40 && text[i] <= 0x7E ? i + 1 : i;
    }
    if (kind == ']' || kind == 'P' || kind == 'X' || kind == '^' || kind == '_') {
        while (i < text.size() && text[i] != '\a' && text[i] != '\x1b' && text[i] != '\n')
            ++i;
        if (i < text.size() && text[i] == '\a')
            return i + 1;
        if (i + 1 < text.size() && text[i] == '\x1b' && text[i + 1] == '\\')
            return i + 2;
        return i;
    }
    while (i < text.size() && kind >= 0x20 && kind <= 0x2F && text[i] >= 0x20 && text[i] <= 0x2F)
        ++i;
    return kind >= 0x20 && kind <= 0x2F && i < text.size() && text[i] >= 0x30 && text[i] <= 0x7E ? i + 1 : i;
}

bool isHidden(char32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c <= 0x9F)   // C0, DEL, C1
           || c == 0x061C || c == 0x200E || c == 0x200F                       // Arabic letter mark, LRM, RLM
           || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)    // embeddings, overrides, isolates
           || c == 0x200B || c == 0x2060 || c == 0xFEFF                       // zero width
           || (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F); // annotations, tags
}

std::string cutToLines(std::string text, std::size_t maxLines)
{
    std::size_t end = 0;
    for (std::size_t line = 0; line < maxLines; ++line) {
        const std::size_t newline = text.find('\n', end);
        if (newline == std::string::npos)
            return text;
        end = newline + 1;
    }
    if (end == text.size())
        return text;
    const auto rest = text.begin() + static_cast<std::ptrdiff_t>(end);
    const auto more = std::count(rest, text.end(), '\n') + (text.back() == '\n' ? 0 : 1);
    text.resize(end);
    return text + fmt::format("[{} more lines]\n", more);
}

} // namespace

std::string displayText(std::string_view raw, std::size_t maxLines)
{
    std::string text;
    text.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size();) {
        if (raw[i] == '\x1b') {
            i = endOfEscape(raw, i);
            continue;
        }
        if (raw[i] == '\r') {
            ++i;
            if (i >= raw.size() || raw[i] != '\n')
                text += '\n';
            continue;
        }
        const engine::DecodedCharacter character = engine::utf8Decode(raw, i);
        if (!isHidden(character.codePoint))
            engine::utf8Append(text, character.codePoint);
        i += character.length;
    }
    return cutToLines(std::move(text), maxLines);
}

} // namespace lemma::assistant
