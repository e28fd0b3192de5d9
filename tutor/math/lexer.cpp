#include "tutor/math/lexer.h"

#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <unordered_set>
#include <utility>

#include "tutor/math/words.h"

namespace lemma::tutor {
namespace {

constexpr std::size_t maximumTokens = 8'192;
constexpr std::string_view charCommand = "\\char\"";

using Words = std::unordered_set<std::string_view>;

// Commands that only say how it looks.
const Words spacingCommands = {
    "quad",   "qquad",      "displaystyle", "textstyle", "limits",     "nolimits", "left",  "right",  "big",
    "Big",    "bigg",       "Bigg",         "bigl",      "bigr",       "Bigl",     "Bigr",  "biggl",  "biggr",
    "mleft",  "mright",     "middle",       "nonumber",  "thinspace",  "enspace",  "space", "hfill",  "scriptstyle",
    "rm",     "bf",         "it",           "mathstrut", "label",      "boxed",    "fbox",  "mathbf", "mathit",
    "mathsf", "boldsymbol", "bm",           "mathord",   "ensuremath", "phantom"};
// Commands whose argument is words.
const Words textCommands = {"text",   "textbf", "textit", "textrm", "textnormal",
                            "textsf", "mbox",   "hbox",   "emph",   "textup"};
const Words uprightCommands = {"mathrm", "operatorname", "mathop"};

// Commands of the grammar that words.h does not name.
const Words structuralCommands = {"frac",  "dfrac", "tfrac",  "cfrac",    "binom", "sqrt",    "sum",    "prod",
                                  "int",   "lim",   "begin",  "end",      "cdot",  "times",   "div",    "pm",
                                  "mp",    "cup",   "cap",    "overline", "bar",   "vec",     "lfloor", "rfloor",
                                  "lceil", "rceil", "mathbb", "pmod",     "bmod",  "setminus"};

// A word of two letters or more that means something behind a backslash.
bool isCommandWord(std::string_view word)
{
    return word.size() >= 2 && (spacingCommands.contains(word) || textCommands.contains(word) ||
                                uprightCommands.contains(word) || structuralCommands.contains(word) ||
                                relationNamed(word) || functionNamed(word) || constantNamed(word) || letterNamed(word));
}

bool isLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isSpace(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

std::string trimmed(std::string_view text)
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return std::string(text);
}

class Lexer {
public:
    Lexer(std::string_view source, bool commaIsDecimal) : m_commaIsDecimal(commaIsDecimal) { spellOut(source); }

    tl::expected<std::vector<Token>, ParseError> run()
    {
        while (m_at < m_text.size()) {
            if (m_tokens.size() > maximumTokens)
                return tl::unexpected(ParseError{"this is too long to be read as mathematics", place(m_at)});
            step();
        }
        push(TokenKind::End, "", m_text.size(), m_text.size());
        return std::move(m_tokens);
    }

private:
    // Characters beyond ASCII in their ASCII spelling; m_places[i] is where character i stood in the source.
    void spellOut(std::string_view source)
    {
        for (std::size_t i = 0; i < source.size();) {
            if (const std::size_t length = namedCharacter(source.substr(i)); length > 0) {
                const std::string character = characterNamed(source.substr(i, length));
                const std::string_view spelling = unicodeSpelling(character).value_or(character);
                m_text += spelling;
                m_places.insert(m_places.end(), spelling.size(), i);
                i += length;
                continue;
            }
            const auto lead = static_cast<unsigned char>(source[i]);
            const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
            const std::string_view character = source.substr(i, length);
            const std::string_view spelling = length == 1 ? character : unicodeSpelling(character).value_or(character);
            m_text += spelling;
            m_places.insert(m_places.end(), spelling.size(), i);
            i += character.size();
        }
        m_places.push_back(source.size());
    }

    // The length of a character that is given by its number, \char"3C0 (hexadecimal); 0 where none stands.
    static std::size_t namedCharacter(std::string_view text)
    {
        if (!text.starts_with(charCommand))
            return 0;
        std::size_t end = charCommand.size();
        while (end < text.size() && end < charCommand.size() + 6 &&
               std::isxdigit(static_cast<unsigned char>(text[end])) != 0)
            ++end;
        return end > charCommand.size() ? end : 0;
    }

    // In UTF-8.
    static std::string characterNamed(std::string_view text)
    {
        unsigned long code = 0;
        text.remove_prefix(charCommand.size());
        std::from_chars(text.data(), text.data() + text.size(), code, 16);
        if (code < 0x80)
            return std::string(1, static_cast<char>(code == 0 ? ' ' : code));
        std::string result;
        const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
        result += static_cast<char>((more == 1 ? 0xC0U : more == 2 ? 0xE0U : 0xF0U) | ((code >> (6U * more)) & 0x3FU));
        for (int i = more - 1; i >= 0; --i)
            result += static_cast<char>(0x80U | ((code >> (6U * static_cast<unsigned>(i))) & 0x3FU));
        return result;
    }

    std::size_t place(std::size_t index) const { return m_places[index]; }
    char at(std::size_t index) const { return index < m_text.size() ? m_text[index] : '\0'; }
    bool startsWith(std::size_t index, std::string_view what) const
    {
        return std::string_view(m_text).substr(index, what.size()) == what;
    }

    void push(TokenKind kind, std::string text, std::size_t begin, std::size_t end)
    {
        m_tokens.push_back({kind, std::move(text), {place(begin), place(end)}, std::exchange(m_space, false)});
        m_at = end;
    }

    void skip(std::size_t count)
    {
        m_at += count;
        m_space = true;
    }

    void step()
    {
        const char c = m_text[m_at];
        if (isSpace(c) || c == '~' || c == '$')
            return skip(1);
        if (isDigit(c) || (c == '.' && isDigit(at(m_at + 1))))
            return number();
        if (isLetter(c))
            return letters();
        if (c == '\\')
            return backslash();
        operators();
    }

    // The end of a run of digits that starts at index.
    std::size_t digitsEnd(std::size_t index) const
    {
        while (isDigit(at(index)))
            ++index;
        return index;
    }

    // The length of a separator of thousands at index, 0 where none is: "," "{,}" ",\!" "\," " ".
    std::size_t groupSeparator(std::size_t index, bool inBracket) const
    {
        for (const std::string_view separator : {"{,}", ",\\!", "\\,", "\\!", ",", " ", "{, }", " {,}", " {, }"}) {
            if (!startsWith(index, separator))
                continue;
            std::size_t next = index + separator.size();
            while (separator == ",\\!" && at(next) == ' ')
                ++next;
            if (separator == "," && (inBracket || m_commaIsDecimal))
                continue;
            if (separator == " " && inBracket)
                continue;
            if (digitsEnd(next) == next + 3)
                return next - index;
        }
        return 0;
    }

    void number()
    {
        const std::size_t begin = m_at;
        std::size_t end = digitsEnd(begin);
        std::string digits = m_text.substr(begin, end - begin);
        const bool inBracket = m_openBrackets > 0;
        if (!digits.empty() && digits.size() <= 3 && digits[0] != '0')
            for (std::size_t gap = groupSeparator(end, inBracket); gap > 0; gap = groupSeparator(end, inBracket)) {
                digits += m_text.substr(end + gap, 3);
                end += gap + 3;
            }
        const bool decimalComma = at(end) == ',' && isDigit(at(end + 1)) && m_commaIsDecimal;
        if (at(end) == '.' || decimalComma) {
            const std::size_t fraction = digitsEnd(end + 1);
            // "5." at the end of a sentence is 5; "1..2" is a range.
            if (fraction > end + 1 || (!isLetter(at(fraction)) && at(fraction) != '.')) {
                if (fraction > end + 1)
                    digits += "." + m_text.substr(end + 1, fraction - end - 1);
                end = fraction;
            }
        }
        if (at(end) == 'e' || at(end) == 'E') {
            const std::size_t sign = at(end + 1) == '-' || at(end + 1) == '+' ? 1 : 0;
            const std::size_t exponentEnd = digitsEnd(end + 1 + sign);
            // "2e3" is a power of ten, "2e" and "2ex" are products with e.
            if (exponentEnd > end + 1 + sign && !isLetter(at(exponentEnd))) {
                digits += "e" + m_text.substr(end + 1, exponentEnd - end - 1);
                end = exponentEnd;
            }
        }
        if (digits[0] == '.')
            digits.insert(0, "0");
        push(TokenKind::Number, std::move(digits), begin, end);
    }

    // Whether no argument of a function follows.
    bool endsQuantity(std::size_t index) const
    {
        while (isSpace(at(index)))
            ++index;
        return at(index) == '\0' || std::string_view(".,;)]}$/").find(at(index)) != std::string_view::npos;
    }

    bool afterValue() const
    {
        if (m_tokens.empty())
            return false;
        const Token& last = m_tokens.back();
        return last.kind == TokenKind::Number ||
               (last.kind == TokenKind::Symbol && (last.text == ")" || last.text == "}" || last.text == "]"));
    }

    void letters()
    {
        const std::size_t begin = m_at;
        std::size_t end = begin;
        while (isLetter(at(end)))
            ++end;
        const std::string_view run = std::string_view(m_text).substr(begin, end - begin);
        if (run == "and" || run == "or")
            return push(TokenKind::Connective, std::string(run), begin, end);
        if (isPercentWord(run))
            return push(TokenKind::Symbol, "%", begin, end);
        if (run.size() > 1 && afterValue() && isUnitWord(run) && endsQuantity(end)) // "5 min" is no minimum
            return push(TokenKind::Words, std::string(run), begin, end);
        if (run.size() > 1 && (functionNamed(run) || constantNamed(run) || letterNamed(run)))
            return push(TokenKind::Name, std::string(run), begin, end);
        if (run.size() > 1 && afterValue() && isUnitWord(run))
            return push(TokenKind::Words, std::string(run), begin, end);
        // "sinx", "pir", "xsqrt": a name glued to a variable or two.
        for (std::size_t length = run.size() - 1; length >= 2; --length)
            if (const std::string_view head = run.substr(0, length); run.size() - length <= 2 &&
                                                                     (length > 2 || head == "pi" || head == "ln") &&
                                                                     (functionNamed(head) || head == "pi"))
                return push(TokenKind::Name, std::string(head), begin, begin + length);
        push(TokenKind::Letter, std::string(1, m_text[begin]), begin, begin + 1);
    }

    std::string commandAt(std::size_t index) const
    {
        std::size_t end = index + 1;
        while (isLetter(at(end)))
            ++end;
        return m_text.substr(index + 1, end - index - 1);
    }

    // The index of the brace that closes the one at `open`, or the end of the text.
    std::size_t closingBrace(std::size_t open) const
    {
        int depth = 0;
        for (std::size_t i = open; i < m_text.size(); ++i) {
            if (m_text[i] == '\\')
                ++i;
            else if (m_text[i] == '{')
                ++depth;
            else if (m_text[i] == '}' && --depth == 0)
                return i;
        }
        return m_text.size();
    }

    void backslash()
    {
        const char next = at(m_at + 1);
        // "\\frac", escaped once too often on its way here: no row of a matrix starts with the letters of a command.
        if (next == '\\' && isCommandWord(commandAt(m_at + 1)))
            return skip(1);
        if (!isLetter(next))
            return escapedCharacter(next);
        const std::string command = commandAt(m_at);
        std::size_t after = m_at + 1 + command.size();
        if ((command == "left" || command == "right" || command == "mleft" || command == "mright"))
            return sizedDelimiter(after, command.ends_with("left"));
        if (spacingCommands.contains(command))
            return skip(1 + command.size());
        if (!textCommands.contains(command) && !uprightCommands.contains(command))
            return plainCommand(command);
        if (at(after) == '*')
            ++after;
        while (at(after) == ' ')
            ++after;
        if (at(after) != '{')
            return skip(after - m_at);
        const std::size_t close = closingBrace(after);
        words(trimmed(m_text.substr(after + 1, close - after - 1)), uprightCommands.contains(command), after, close);
    }

    // \left( and its like: of the bars, only these say whether they open or close.
    void sizedDelimiter(std::size_t after, bool opens)
    {
        while (at(after) == ' ')
            ++after;
        if (at(after) == '.')
            return skip(after + 1 - m_at);
        if (at(after) == '|')
            return push(TokenKind::Symbol, opens ? "|(" : "|)", m_at, after + 1);
        const std::string command = at(after) == '\\' ? commandAt(after) : "";
        if (command.starts_with("vert"))
            return push(TokenKind::Symbol, opens ? "|(" : "|)", m_at, after + 5);
        if (at(after) == '{' || at(after) == '}') { // \left{ is a mistake with one meaning
            return push(TokenKind::Symbol, at(after) == '{' ? "\\{" : "\\}", m_at, after + 1);
        }
        skip(after - m_at);
    }

    void escapedCharacter(char next)
    {
        switch (next) {
        case '\\': return push(TokenKind::Symbol, "\\\\", m_at, m_at + 2);
        case '{':
        case '}': return push(TokenKind::Symbol, std::string("\\") + next, m_at, m_at + 2);
        case '%': return push(TokenKind::Symbol, "%", m_at, m_at + 2);
        case '|': return push(TokenKind::Symbol, "|", m_at, m_at + 2);
        case '&': return push(TokenKind::Connective, "and", m_at, m_at + 2);
        default: // "\," "\;" "\!" "\$" "\(" and the lone backslash at an end
            return skip(next == '\0' ? 1 : 2);
        }
    }

    void words(std::string content, bool isName, std::size_t open, std::size_t close)
    {
        const std::size_t end = std::min(close + 1, m_text.size());
        if (content == "and" || content == "or" || content == "," || content == ", and" || content == ", or" ||
            content == ";")
            return push(TokenKind::Connective, content == "or" || content == ", or" ? "or" : "and", m_at, end);
        if (isPercentWord(content))
            return push(TokenKind::Symbol, "%", m_at, end);
        if (isName && (functionNamed(content) || constantNamed(content)) && content.size() > 1)
            return push(TokenKind::Name, std::move(content), m_at, end);
        const bool single = content.size() == 1 && isLetter(content[0]);
        if (isName && single)
            return push(TokenKind::Letter, std::move(content), m_at, end);
        bool onlyLetters = !content.empty();
        for (const char c : content)
            onlyLetters = onlyLetters && (isLetter(c) || isSpace(c) || c == '.' || c == '\'' || c == '-' || c == ',');
        if (onlyLetters || !isName)
            return textual(content, onlyLetters, open, end);
        skip(open - m_at); // \mathrm{3x}: only the font
    }

    // \text{13} is a number and \text{(A)} a choice: read what is inside unless it is words.
    void textual(const std::string& content, bool onlyLetters, std::size_t open, std::size_t end)
    {
        std::size_t longest = 0, current = 0;
        for (const char c : content) {
            current = isLetter(c) ? current + 1 : 0;
            longest = std::max(longest, current);
        }
        if (onlyLetters || longest >= 2)
            return push(TokenKind::Words, content, m_at, end);
        skip(open - m_at);
    }

    void plainCommand(const std::string& command)
    {
        // "\vertx": a delimiter glued to what follows.
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 22> delimiters = {{
            {"lvert", "|("}, {"rvert", "|)"}, {"vert", "|"},   {"lbrace", "\\{"},   {"rbrace", "\\}"},
            {"lbrack", "["}, {"rbrack", "]"}, {"lgroup", "("}, {"rgroup", ")"},     {"lparen", "("},
            {"rparen", ")"}, {"cdot", "*"},   {"times", "*"},  {"ast", "*"},        {"div", "/"},
            {"mid", "|"},    {"prime", "'"},  {"colon", ":"},  {"backslash", "\\"}, {"setminus", "\\"},
            {"lt", "<"},     {"gt", ">"},
        }};
        const std::size_t begin = m_at;
        if (const auto relation = relationNamed(command))
            return push(TokenKind::Relation, std::string(1, static_cast<char>(*relation)), begin,
                        begin + 1 + command.size());
        for (const auto& [name, meaning] : delimiters)
            if (command == name || (command.starts_with(name) && name.size() >= 4 &&
                                    command.size() <= name.size() + 2 && name != "times" && name != "cdot")) {
                if (meaning == "[" || meaning == "(" || meaning == "\\{")
                    ++m_openBrackets;
                return push(TokenKind::Symbol, std::string(meaning), begin, begin + 1 + name.size());
            }
        if (command == "sqrt") // takes a degree and a group, unlike the word
            return push(TokenKind::Command, command, begin, begin + 5);
        if (functionNamed(command) || constantNamed(command) || letterNamed(command))
            return push(TokenKind::Name, command, begin, begin + 1 + command.size());
        push(TokenKind::Command, command, begin, begin + 1 + command.size());
    }

    void operators()
    {
        const char c = m_text[m_at];
        const bool inText = c == ',' || c == ';';
        if (inText)
            return push(TokenKind::Connective, std::string(1, c), m_at, m_at + 1);
        for (const std::size_t length : {2U, 1U})
            if (const auto relation = relationNamed(std::string_view(m_text).substr(m_at, length));
                relation && m_at + length <= m_text.size())
                return push(TokenKind::Relation, std::string(1, static_cast<char>(*relation)), m_at, m_at + length);
        if (startsWith(m_at, "**"))
            return push(TokenKind::Symbol, "^", m_at, m_at + 2);
        if (c == '(' || c == '[' || c == '{')
            ++m_openBrackets;
        if ((c == ')' || c == ']' || c == '}') && m_openBrackets > 0)
            --m_openBrackets;
        push(TokenKind::Symbol, std::string(1, c), m_at, m_at + 1);
    }

    std::string m_text;
    std::vector<std::size_t> m_places;
    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    int m_openBrackets = 0;
    bool m_space = false;
    bool m_commaIsDecimal;
};

} // namespace

tl::expected<std::vector<Token>, ParseError> tokenize(std::string_view text, bool commaIsDecimal)
{
    if (text.size() > maximumTextBytes)
        return tl::unexpected(ParseError{"this is too long to be read as mathematics", maximumTextBytes});
    return Lexer(text, commaIsDecimal).run();
}

} // namespace lemma::tutor
