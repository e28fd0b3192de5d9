#include "engine/grammar/json_pattern.h"

#include <vector>

#include <fmt/format.h>

#include "engine/base/utf8.h"
#include "engine/grammar/code_point_set.h"
#include "engine/grammar/schema_rules.h"

namespace lemma::engine {
namespace {

constexpr int mostLevels = 40; // of groups: GBNF's own limit is met by what stands around them

// One character as JSON strings hold it: quotes, backslashes and control characters only as escapes.
std::string oneOf(const CodePointSet& set)
{
    CodePointSet special;
    special.add(0, 0x1F);
    special.add('"', '"');
    special.add('\\', '\\');
    std::string text = "(" + gbnfClass(set.without(special));
    for (char32_t c = 0; c <= '\\'; ++c) {
        if (!special.contains(c) || !set.contains(c))
            continue;
        constexpr std::string_view shortOnes = "\b\f\n\r\t\"\\";
        constexpr std::string_view names = "bfnrt\"\\";
        const std::size_t known = c == 0 ? std::string_view::npos : shortOnes.find(static_cast<char>(c));
        text += " | " + gbnfLiteral(known != std::string_view::npos
                                        ? fmt::format("\\{}", names[known])
                                        : fmt::format("\\u{:04X}", static_cast<std::uint32_t>(c)));
    }
    return text + ")";
}

CodePointSet digits()
{
    CodePointSet set;
    set.add('0', '9');
    return set;
}

CodePointSet wordCharacters()
{
    CodePointSet set = digits();
    set.add('A', 'Z');
    set.add('a', 'z');
    set.add('_', '_');
    return set;
}

CodePointSet spaces()
{
    CodePointSet set;
    set.add(U'\t', U'\r');
    for (const char32_t c :
         {U' ', U'\u00A0', U'\u1680', U'\u2028', U'\u2029', U'\u202F', U'\u205F', U'\u3000', U'\uFEFF'})
        set.add(c, c);
    set.add(U'\u2000', U'\u200A');
    return set;
}

CodePointSet anyButLineBreak()
{
    CodePointSet breaks;
    for (const char32_t c : {U'\n', U'\r', U'\u2028', U'\u2029'})
        breaks.add(c, c);
    return breaks.complement();
}

class PatternParser {
public:
    explicit PatternParser(std::string_view text) : m_text(text) {}

    Result<std::string> run()
    {
        std::string all;
        do {
            LEMMA_TRY(const std::string alternative, anchoredAlternative());
            all += (all.empty() ? "" : " | ") + alternative;
        } while (take('|'));
        if (!atEnd())
            return unsupported("an unbalanced ')'");
        return "(" + all + ")";
    }

private:
    bool atEnd() const { return m_offset >= m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_offset]; }
    bool take(char wanted)
    {
        if (atEnd() || peek() != wanted)
            return false;
        ++m_offset;
        return true;
    }
    tl::unexpected<Error> unsupported(std::string_view what) const
    {
        return fail(ErrorCode::Unsupported,
                    fmt::format("the pattern '{}', character {}: {} cannot be put into a grammar",
                                utf8Sanitized(m_text), m_offset + 1, what));
    }

    Result<std::string> anchoredAlternative()
    {
        std::string text = take('^') ? "" : "schema-char* ";
        LEMMA_TRY(const std::string body, sequence(0));
        text += body;
        text += take('$') ? "" : " schema-char*";
        return text;
    }

    Result<std::string> sequence(int level)
    {
        std::string text;
        while (!atEnd() && peek() != '|' && peek() != ')') {
            const bool endsAlternative = m_offset + 1 == m_text.size() || m_text[m_offset + 1] == '|';
            if (level == 0 && peek() == '$' && endsAlternative)
                break;
            LEMMA_TRY(const std::string part, quantified(level));
            text += part + " ";
        }
        return text.empty() ? std::string("\"\"") : text;
    }

    Result<std::string> quantified(int level)
    {
        LEMMA_TRY(std::string text, atom(level));
        if (take('*')) {
            text += "*";
        } else if (take('+')) {
            text += "+";
        } else if (take('?')) {
            text += "?";
        } else if (peek() == '{') {
            LEMMA_TRY(const std::string bounds, counts());
            text += bounds;
        } else {
            return text;
        }
        take('?'); // lazy: the same texts
        if (std::string_view("*+?{").find(peek()) != std::string_view::npos && !atEnd())
            return unsupported("a repetition of a repetition");
        return text;
    }

    Result<std::string> counts()
    {
        const std::size_t end = m_text.find('}', m_offset);
        const std::string_view inside =
            end == std::string_view::npos ? "" : m_text.substr(m_offset + 1, end - m_offset - 1);
        const bool isCount = !inside.empty() && inside.find_first_not_of("0123456789,") == std::string_view::npos &&
                             inside.front() != ',' && inside.find(',') == inside.rfind(',');
        if (!isCount)
            return unsupported("a '{' that begins no count");
        m_offset = end + 1;
        return fmt::format("{{{}}}", inside);
    }

    Result<std::string> atom(int level)
    {
        if (take('('))
            return group(level);
        if (take('['))
            return characterClass();
        if (take('.'))
            return oneOf(anyButLineBreak());
        if (take('\\')) {
            LEMMA_TRY(const CodePointSet set, escape(false));
            return oneOf(set);
        }
        if (std::string_view("^$*+?{").find(peek()) != std::string_view::npos)
            return unsupported(fmt::format("'{}' at this place", peek()));
        CodePointSet set;
        LEMMA_TRY(const char32_t c, character());
        set.add(c, c);
        return oneOf(set);
    }

    Result<std::string> group(int level)
    {
        if (level >= mostLevels)
            return unsupported("nesting this deep");
        if (take('?') && !take(':'))
            return unsupported("a group that looks ahead or behind, or has a name");
        std::string text;
        do {
            LEMMA_TRY(const std::string alternative, sequence(level + 1));
            text += (text.empty() ? "(" : " | ") + alternative;
        } while (take('|'));
        if (!take(')'))
            return unsupported("a group that is not closed");
        return text + ")";
    }

    Result<std::string> characterClass()
    {
        const bool negated = take('^');
        CodePointSet set;
        while (!take(']')) {
            if (atEnd())
                return unsupported("a class that is not closed");
            LEMMA_TRY(const CodePointSet first, classMember());
            const bool isRange = peek() == '-' && m_offset + 1 < m_text.size() && m_text[m_offset + 1] != ']';
            if (!isRange) {
                set.add(first);
                continue;
            }
            take('-');
            LEMMA_TRY(const CodePointSet last, classMember());
            const bool areSingle = isSingle(first) && isSingle(last);
            if (!areSingle || last.ranges().front().first < first.ranges().front().first)
                return unsupported("a range between other things than two characters in order");
            set.add(first.ranges().front().first, last.ranges().front().first);
        }
        return oneOf(negated ? set.complement() : set);
    }

    static bool isSingle(const CodePointSet& set)
    {
        return set.ranges().size() == 1 && set.ranges().front().first == set.ranges().front().last;
    }

    Result<CodePointSet> classMember()
    {
        if (take('\\'))
            return escape(true);
        LEMMA_TRY(const char32_t c, character());
        CodePointSet set;
        set.add(c, c);
        return set;
    }

    Result<char32_t> character()
    {
        const DecodedCharacter decoded = utf8Decode(m_text, m_offset);
        if (!decoded.valid)
            return unsupported("text that is not UTF-8");
        m_offset += decoded.length;
        return decoded.codePoint;
    }

    Result<CodePointSet> escape(bool inClass)
    {
        const char c = peek();
        constexpr std::string_view names = "nrtfv0";
        constexpr std::string_view meanings{"\n\r\t\f\v\0", 6};
        CodePointSet set;
        if (const std::size_t known = names.find(c); !atEnd() && known != std::string_view::npos) {
            set.add(static_cast<char32_t>(meanings[known]), static_cast<char32_t>(meanings[known]));
        } else if (c == 'b' && inClass) {
            set.add('\b', '\b');
        } else if (c == 'd' || c == 'D') {
            set = c == 'd' ? digits() : digits().complement();
        } else if (c == 'w' || c == 'W') {
            set = c == 'w' ? wordCharacters() : wordCharacters().complement();
        } else if (c == 's' || c == 'S') {
            set = c == 's' ? spaces() : spaces().complement();
        } else if (c == 'x' || c == 'u') {
            ++m_offset;
            return hexadecimal(c == 'x' ? 2 : 4);
        } else if (c > ' ' && c < 0x7F && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && !(c >= '1' && c <= '9')) {
            set.add(static_cast<char32_t>(c), static_cast<char32_t>(c));
        } else {
            return unsupported("this escape");
        }
        ++m_offset;
        return set;
    }

    Result<CodePointSet> hexadecimal(std::size_t digitCount)
    {
        char32_t value = 0;
        const std::string_view text = m_text.substr(m_offset, digitCount);
        if (text.size() < digitCount || text.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos)
            return unsupported("an escape without its digits");
        for (const char c : text)
            value = value * 16 + static_cast<char32_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        m_offset += digitCount;
        CodePointSet set;
        set.add(value, value);
        if (set.empty())
            return unsupported("half of a surrogate");
        return set;
    }

    std::string_view m_text;
    std::size_t m_offset = 0;
};

} // namespace

Result<std::string> gbnfFromPattern(std::string_view pattern) { return PatternParser(pattern).run(); }

} // namespace lemma::engine
