#include "engine/grammar/gbnf_cursor.h"

#include <fmt/format.h>

#include "engine/base/utf8.h"

namespace lemma::engine {
namespace {

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

int hexadecimalValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

tl::unexpected<Error> GbnfCursor::error(std::string_view message, TextPosition place)
{
    return fail(ErrorCode::InvalidArgument,
                fmt::format("grammar, line {}, column {}: {}", place.line, place.column, message));
}

void GbnfCursor::skip(std::size_t bytes)
{
    for (; bytes > 0 && !atEnd(); --bytes, ++m_offset) {
        if (m_text[m_offset] == '\n')
            m_position = {m_position.line + 1, 1};
        else
            ++m_position.column;
    }
}

bool GbnfCursor::take(std::string_view wanted)
{
    if (!startsWith(wanted))
        return false;
    skip(wanted.size());
    return true;
}

void GbnfCursor::skipSpace(bool lines)
{
    while (!atEnd()) {
        const char c = peek();
        if (c == '#') {
            while (!atEnd() && peek() != '\n')
                skip(1);
        } else if (c == ' ' || c == '\t' || c == '\r' || (lines && c == '\n')) {
            skip(1);
        } else {
            return;
        }
    }
}

bool GbnfCursor::continuesWithChoice()
{
    GbnfCursor ahead = *this;
    ahead.skipSpace(true);
    if (ahead.peek() != '|')
        return false;
    *this = ahead;
    return true;
}

std::string GbnfCursor::name()
{
    const std::size_t begin = m_offset;
    while (!atEnd() && isNameCharacter(peek()))
        skip(1);
    return std::string(m_text.substr(begin, m_offset - begin));
}

Result<int> GbnfCursor::number(int most)
{
    if (peek() < '0' || peek() > '9')
        return error("a number is expected");
    int value = 0;
    while (peek() >= '0' && peek() <= '9') {
        value = value * 10 + (peek() - '0');
        if (value > most)
            return error(fmt::format("more than {} repetitions", most));
        skip(1);
    }
    return value;
}

Result<char32_t> GbnfCursor::character()
{
    if (atEnd() || peek() == '\n')
        return error("the line ends within a literal or class");
    if (take("\\"))
        return escape();
    const DecodedCharacter decoded = utf8Decode(m_text, m_offset);
    if (!decoded.valid)
        return error("these bytes are no UTF-8 text");
    m_offset += decoded.length;
    ++m_position.column;
    return decoded.codePoint;
}

Result<char32_t> GbnfCursor::escape()
{
    const char c = peek();
    constexpr std::string_view themselves = "\\\"[]-^";
    if (c == '\0' || c == '\n')
        return error("the line ends within an escape");
    if (themselves.find(c) != std::string_view::npos) {
        skip(1);
        return static_cast<char32_t>(c);
    }
    switch (c) {
    case 'n': skip(1); return U'\n';
    case 'r': skip(1); return U'\r';
    case 't': skip(1); return U'\t';
    case 'x': skip(1); return hexadecimal(2);
    case 'u': skip(1); return hexadecimal(4);
    case 'U': skip(1); return hexadecimal(8);
    default: return error(fmt::format("unknown escape \\{}", c >= ' ' && c < 0x7F ? c : '?'));
    }
}

Result<char32_t> GbnfCursor::hexadecimal(int digits)
{
    char32_t value = 0;
    for (int i = 0; i < digits; ++i) {
        const int digit = hexadecimalValue(peek());
        if (digit < 0)
            return error(fmt::format("{} hexadecimal digits are expected", digits));
        value = value * 16 + static_cast<char32_t>(digit);
        skip(1);
    }
    if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return error(fmt::format("U+{:04X} is no character", static_cast<std::uint32_t>(value)));
    return value;
}

} // namespace lemma::engine
