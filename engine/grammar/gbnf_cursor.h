#pragma once
// A place in a GBNF text: characters, blanks, comments, escapes and errors. Used by gbnf_parser.cpp.

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/grammar/grammar_tree.h"

namespace lemma::engine {

class GbnfCursor {
public:
    explicit GbnfCursor(std::string_view text) : m_text(text) {}

    bool atEnd() const { return m_offset >= m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_offset]; }
    bool startsWith(std::string_view wanted) const { return m_text.substr(m_offset).starts_with(wanted); }
    TextPosition position() const { return m_position; }

    void skip(std::size_t bytes); // of ASCII
    bool take(std::string_view wanted);
    // Blanks and comments, line breaks too where wanted.
    void skipSpace(bool lines);
    // True, and the cursor there, where the next thing after any line breaks is a '|'.
    bool continuesWithChoice();

    std::string name(); // [A-Za-z0-9_-]*
    Result<int> number(int most);
    // A character of a literal or class, escapes resolved. Escapes of hexadecimal digits above U+10FFFF or of
    // surrogates are errors.
    Result<char32_t> character();

    tl::unexpected<Error> error(std::string_view message) const { return error(message, m_position); }
    static tl::unexpected<Error> error(std::string_view message, TextPosition place);

private:
    Result<char32_t> escape();
    Result<char32_t> hexadecimal(int digits);

    std::string_view m_text;
    std::size_t m_offset = 0;
    TextPosition m_position;
};

} // namespace lemma::engine
