#pragma once
// Text to tokens: LaTeX, plain text, and what people mix of both. Spacing, sizing and font commands disappear here;
// characters beyond ASCII become their LaTeX or ASCII spelling; each token remembers where it stood.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "tutor/math/expression.h"

namespace lemma::tutor {

// Longer texts are errors.
constexpr std::size_t maximumTextBytes = 65'536;

// Where a text stops being mathematics, and why. `position` counts bytes from the start of the text.
struct ParseError {
    std::string message;
    std::size_t position = 0;
};

enum class TokenKind : std::uint8_t {
    End,
    Number,     // digits, grouping removed: "1000.5"
    Letter,     // one letter: a variable
    Name,       // a function, constant or Greek letter spelt in letters: "sin", "pi", "alpha"
    Command,    // a LaTeX command, without its backslash: "frac"
    Words,      // what stood in \text{}
    Connective, // "," ";" "and" "or"
    Relation,   // text: one RelationOp character
    Symbol,     // a delimiter or operator: + - * / ^ _ ! ' % ( ) [ ] { } \{ \} | |( |) & : and \\ (end of row)
};

struct Token {
    TokenKind kind = TokenKind::End;
    std::string text;
    SourceRange range;
    bool spaceBefore = false;
};

// Fails for texts that are too long or have too many tokens. The last token is End.
tl::expected<std::vector<Token>, ParseError> tokenize(std::string_view text, bool commaIsDecimal);

} // namespace lemma::tutor
