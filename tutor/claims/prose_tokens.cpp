#include "tutor/claims/prose_tokens.h"

#include <cctype>
#include <set>
#include <string>

#include "engine/base/ascii.h"
#include "tutor/math/words.h"

namespace lemma::tutor {
namespace {

enum class TokenKind : unsigned char { Number, Name, Operator, Equals, Word, End, Other };

struct Token {
    TokenKind kind = TokenKind::End;
    SourceRange range;
};

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool isSpace(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

// A word after which a statement begins, in front of which one ends.
bool opensStatement(const std::string& word)
{
    static const std::set<std::string> words = {
        "so",      "get",   "gets",      "gives",     "give",     "have",   "has",  "that",       "us",     "then",
        "thus",    "hence", "is",        "yields",    "equation", "obtain", "now",  "because",    "since",  "becomes",
        "compute", "where", "therefore", "calculate", "means",    "find",   "get:", "expression", "giving", "let"};
    return words.contains(word);
}

bool closesStatement(const std::string& word)
{
    static const std::set<std::string> words = {"which", "so",     "because", "since", "then", "therefore", "thus",
                                                "hence", "giving", "we",      "this",  "as",   "but",       "is"};
    return words.contains(word);
}

// Words that carry on a value.
bool isPartWord(const std::string& word)
{
    static const std::set<std::string> words = {
        "times",   "plus",     "minus",   "over",    "of",         "by",     "and",        "to",     "from",
        "divided", "thousand", "million", "billion", "hundred",    "dozen",  "percent",    "mod",    "modulo",
        "squared", "cubed",    "twice",   "double",  "triple",     "thrice", "negative",   "square", "root",
        "cube",    "third",    "quarter", "times",   "multiplied", "added",  "subtracted", "half",   "than",
        "base",    "per",      "power",   "or",      "remainder",  "with"};
    return words.contains(word);
}

class Tokens {
public:
    explicit Tokens(std::string_view text) : m_text(text) {}

    std::vector<Token> all()
    {
        std::vector<Token> tokens;
        while (m_at < m_text.size()) {
            if (m_text[m_at] == ' ' || m_text[m_at] == '\t') {
                ++m_at;
                continue;
            }
            const std::size_t begin = m_at;
            const TokenKind kind = next();
            tokens.push_back({kind, {begin, m_at}});
        }
        return tokens;
    }

private:
    char ahead(std::size_t distance) const { return m_at + distance < m_text.size() ? m_text[m_at + distance] : '\0'; }

    TokenKind next()
    {
        const char c = m_text[m_at];
        if (isDigit(c) || (c == '.' && isDigit(ahead(1))))
            return number();
        if (isLetter(c))
            return word();
        if (c == '=') {
            const bool lone = ahead(1) != '=' && ahead(1) != '>' &&
                              (m_at == 0 || std::string_view("<>!:=").find(m_text[m_at - 1]) == std::string_view::npos);
            ++m_at;
            return lone ? TokenKind::Equals : TokenKind::Other;
        }
        if (c == '*' && ahead(1) == '*') { // Markdown, or a power: not known
            m_at += 2;
            return TokenKind::Other;
        }
        if (std::string_view("+-*/^()").find(c) != std::string_view::npos) {
            ++m_at;
            return TokenKind::Operator;
        }
        if (static_cast<unsigned char>(c) >= 0x80)
            return beyondAscii();
        ++m_at;
        return std::string_view(".,;:!?\n").find(c) != std::string_view::npos ? TokenKind::End : TokenKind::Other;
    }

    // 12, 1,000, 0.5
    TokenKind number()
    {
        const auto digits = [&] {
            while (m_at < m_text.size() && isDigit(m_text[m_at]))
                ++m_at;
        };
        digits();
        while (ahead(0) == ',' && isDigit(ahead(1)) && isDigit(ahead(2)) && isDigit(ahead(3)) && !isDigit(ahead(4)))
            m_at += 4;
        if (ahead(0) == '.' && isDigit(ahead(1))) {
            ++m_at;
            digits();
        }
        return TokenKind::Number;
    }

    TokenKind word()
    {
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && (isLetter(m_text[m_at]) || m_text[m_at] == '\''))
            ++m_at;
        const std::string_view word = m_text.substr(begin, m_at - begin);
        const bool known = (word == "sqrt" || functionNamed(word) || constantNamed(word)) && word.size() > 1;
        return (word.size() == 1 && word != "I") || known ? TokenKind::Name : TokenKind::Word;
    }

    TokenKind beyondAscii()
    {
        const std::size_t begin = m_at;
        ++m_at;
        while (m_at < m_text.size() && (static_cast<unsigned char>(m_text[m_at]) & 0xC0U) == 0x80)
            ++m_at;
        return unicodeSpelling(m_text.substr(begin, m_at - begin)) ? TokenKind::Operator : TokenKind::Other;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

bool isMathematics(const Token& token)
{
    return token.kind == TokenKind::Number || token.kind == TokenKind::Name || token.kind == TokenKind::Operator ||
           token.kind == TokenKind::Equals;
}

class Finder {
public:
    explicit Finder(std::string_view text) : m_text(text), m_tokens(Tokens(text).all()) {}

    std::vector<ProseRelation> run()
    {
        std::vector<ProseRelation> found;
        for (std::size_t i = 0; i < m_tokens.size();) {
            if (!isMathematics(m_tokens[i])) {
                ++i;
                continue;
            }
            std::size_t end = i;
            while (end < m_tokens.size() && isMathematics(m_tokens[end]))
                ++end;
            if (const auto one = relation(i, end); one.range.end > one.range.begin)
                found.push_back(one);
            i = end;
        }
        return found;
    }

private:
    std::string_view spelt(std::size_t i) const
    {
        return m_text.substr(m_tokens[i].range.begin, m_tokens[i].range.end - m_tokens[i].range.begin);
    }
    bool isOneOf(std::size_t i, std::string_view characters) const
    {
        return m_tokens[i].range.end - m_tokens[i].range.begin == 1 &&
               characters.find(spelt(i)) != std::string_view::npos;
    }
    bool beginsLine(std::size_t i) const { return i == 0 || spelt(i - 1) == "\n"; }

    ProseRelation relation(std::size_t begin, std::size_t end) const
    {
        if (beginsLine(begin) && isOneOf(begin, "-*+") && end > begin + 1 &&
            m_tokens[begin].range.end < m_tokens[begin + 1].range.begin)
            ++begin; // a list mark
        bool whole = true;
        while (end > begin && isOneOf(end - 1, "+-*/^(")) {
            whole = whole && isOneOf(end - 1, "(");
            --end;
        }
        bool equals = false;
        for (std::size_t i = begin; i < end; ++i)
            equals = equals || (m_tokens[i].kind == TokenKind::Equals && i > begin && i + 1 < end);
        if (!equals)
            return {};
        ProseRelation result;
        result.range = {m_tokens[begin].range.begin, m_tokens[end - 1].range.end};
        // "... + 10 + 11 = 66" has lost its beginning.
        const bool cutOff = (m_tokens[begin].kind == TokenKind::Operator && !isOneOf(begin, "(-")) ||
                            m_tokens[begin].kind == TokenKind::Equals || behindDots(begin);
        result.whole = !cutOff && !partBefore(m_text.substr(0, result.range.begin)) &&
                       !partBehind(m_text.substr(result.range.end));
        result.clean = whole && result.whole && cleanBefore(begin) && cleanBehind(end);
        return result;
    }

    bool behindDots(std::size_t i) const { return i > 1 && isOneOf(i - 1, ".") && isOneOf(i - 2, "."); }

    bool cleanBefore(std::size_t i) const
    {
        if (i == 0 || isOneOf(i - 1, "-*+"))
            return true;
        const Token& token = m_tokens[i - 1];
        if (token.kind == TokenKind::Word)
            return opensStatement(engine::asciiLowered(spelt(i - 1))) || afterTo(i - 1);
        return token.kind == TokenKind::End;
    }

    // "simplifies to", "reduces to", "equal to"; not "added to".
    bool afterTo(std::size_t i) const
    {
        static const std::set<std::string> verbs = {"simplifies", "simplify", "reduces", "equal", "leads", "us"};
        return i > 0 && engine::asciiLowered(spelt(i)) == "to" && verbs.contains(engine::asciiLowered(spelt(i - 1)));
    }

    bool cleanBehind(std::size_t i) const
    {
        if (i < m_tokens.size() && isOneOf(i, "("))
            ++i;
        if (i >= m_tokens.size())
            return false; // the text may have been cut off
        const Token& token = m_tokens[i];
        if (token.kind == TokenKind::Word)
            return closesStatement(engine::asciiLowered(spelt(i)));
        const bool dots = isOneOf(i, ".") && i + 1 < m_tokens.size() && isOneOf(i + 1, ".");
        return token.kind == TokenKind::End && !dots && !isOneOf(i, "!");
    }

    std::string_view m_text;
    std::vector<Token> m_tokens;
};

} // namespace

std::vector<ProseRelation> proseRelations(std::string_view text) { return Finder(text).run(); }

bool partBefore(std::string_view textBefore)
{
    while (!textBefore.empty() && isSpace(textBefore.back()) && textBefore.back() != '\n')
        textBefore.remove_suffix(1);
    std::size_t begin = textBefore.size();
    while (begin > 0 && isLetter(textBefore[begin - 1]))
        --begin;
    if (begin < textBefore.size()) {
        const std::string word = engine::asciiLowered(textBefore.substr(begin));
        return isPartWord(word) && word != "and" && word != "to" && word != "or" && word != "with";
    }
    return !textBefore.empty() && std::string_view("+*/^=$%").find(textBefore.back()) != std::string_view::npos;
}

bool partBehind(std::string_view textBehind)
{
    while (!textBehind.empty() && isSpace(textBehind.front()) && textBehind.front() != '\n')
        textBehind.remove_prefix(1);
    if (!textBehind.empty() && textBehind.front() == '(')
        textBehind.remove_prefix(1);
    std::size_t end = 0;
    while (end < textBehind.size() && isLetter(textBehind[end]))
        ++end;
    if (end > 0) {
        const std::string word = engine::asciiLowered(textBehind.substr(0, end));
        return isPartWord(word) && word != "and" && word != "to" && word != "or" && word != "from" && word != "with";
    }
    return !textBehind.empty() && std::string_view("+-*/^=$%").find(textBehind.front()) != std::string_view::npos;
}

} // namespace lemma::tutor
