#include "tutor/math/grammar.h"

#include <utility>

namespace lemma::tutor {
namespace {

constexpr std::size_t maximumNodes = 5'000;
constexpr std::size_t maximumLevels = 150;

} // namespace

Grammar::Grammar(std::vector<Token> tokens, std::string_view source) : m_tokens(std::move(tokens)), m_source(source) {}

ParseResult Grammar::run()
{
    // A sentence ends with a full stop, an equation in a text with a comma.
    while (m_tokens.size() > 1) {
        const Token& last = m_tokens[m_tokens.size() - 2];
        const bool ends = (last.kind == TokenKind::Symbol && (last.text == "." || last.text == ":")) ||
                          last.kind == TokenKind::Connective || (last.kind == TokenKind::Symbol && last.text == "\\\\");
        if (!ends)
            break;
        m_tokens.erase(m_tokens.end() - 2);
    }
    turnOutwardBrackets();
    if (peek().kind == TokenKind::End)
        error("nothing is written here");
    Expr result = list();
    if (!failed() && peek().kind != TokenKind::End)
        error("this was not expected here");
    if (failed())
        return tl::unexpected(m_error);
    return result;
}

// ]0, 1[ is how half of Europe writes the open interval: a bracket that closes where something begins, and one that
// opens where something ends.
void Grammar::turnOutwardBrackets()
{
    const auto stands = [](const Token& token, bool before) {
        static const std::set<std::string_view> operators = {"cup", "cap", "bigcup", "bigcap"};
        return token.kind == TokenKind::Connective || (before && token.kind == TokenKind::Relation) ||
               (token.kind == TokenKind::Command && operators.contains(token.text)) ||
               (token.kind == TokenKind::Symbol && token.text == "\\") || (!before && token.kind == TokenKind::End);
    };
    for (std::size_t i = 0; i + 1 < m_tokens.size(); ++i) {
        Token& token = m_tokens[i];
        if (token.kind != TokenKind::Symbol)
            continue;
        if (token.text == "]" && (i == 0 || stands(m_tokens[i - 1], true)))
            token.text = "(";
        else if (token.text == "[" && i > 0 && stands(m_tokens[i + 1], false))
            token.text = ")";
    }
}

const Token& Grammar::peek(std::size_t ahead) const
{
    return m_failed ? m_tokens.back() : m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)];
}

bool Grammar::isSymbol(std::string_view text, std::size_t ahead) const
{
    return peek(ahead).kind == TokenKind::Symbol && peek(ahead).text == text;
}

bool Grammar::isCommand(std::string_view text) const
{
    return peek().kind == TokenKind::Command && peek().text == text;
}

Token Grammar::take()
{
    Token token = peek();
    m_lastEnd = token.range.end;
    if (m_at + 1 < m_tokens.size())
        ++m_at;
    return token;
}

bool Grammar::takeSymbol(std::string_view text)
{
    if (!isSymbol(text))
        return false;
    take();
    return true;
}

bool Grammar::takeCommand(std::string_view text)
{
    if (!isCommand(text))
        return false;
    take();
    return true;
}

void Grammar::expectSymbol(std::string_view text)
{
    if (!takeSymbol(text))
        error("expected " + std::string(text));
}

// Returns a node, so that callers can return it; it never reaches the user of the parser.
Expr Grammar::error(std::string message)
{
    if (!m_failed)
        m_error = {std::move(message), peek().range.begin};
    m_failed = true;
    return makeNode(Kind::Text, "", {});
}

Expr Grammar::node(Kind kind, std::string text, std::vector<Expr> args, std::size_t begin, std::size_t columns)
{
    if (++m_nodes > maximumNodes)
        return error("this is too large to be read as mathematics");
    Expr made = makeNode(kind, std::move(text), std::move(args), {begin, m_lastEnd}, columns);
    // Signs that stand in a row (1!!!, a/b/c) nest without any bracket.
    return made->levels > maximumLevels ? error("this is nested too deeply") : made;
}

ParseResult parseMath(std::string_view text, const ReadingOptions& options)
{
    auto tokens = tokenize(text, options.commaIsDecimal);
    if (!tokens)
        return tl::unexpected(tokens.error());
    return Grammar(*std::move(tokens), text).run();
}

} // namespace lemma::tutor
