#include "engine/grammar/schema_rules.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "engine/base/utf8.h"

namespace lemma::engine {
namespace {

std::string classCharacter(char32_t c)
{
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return plain ? std::string(1, static_cast<char>(c)) : fmt::format("\\U{:08X}", static_cast<std::uint32_t>(c));
}

// What may follow within a string, names without their first characters: the rest of one of them must not be the end.
std::string restOtherThan(const std::vector<std::u32string_view>& names)
{
    std::map<char32_t, std::vector<std::u32string_view>> byFirst;
    bool mayEnd = true;
    for (const std::u32string_view name : names) {
        if (name.empty())
            mayEnd = false;
        else
            byFirst[name.front()].push_back(name.substr(1));
    }
    CodePointSet others = CodePointSet::all();
    CodePointSet taken;
    taken.add(0, 0x1F);
    taken.add('"', '"');
    taken.add('\\', '\\');
    std::string alternatives;
    for (const auto& [first, rests] : byFirst) {
        if (!taken.contains(first)) // else it cannot be written without an escape
            alternatives += fmt::format("[{}] ({}) | ", classCharacter(first), restOtherThan(rests));
        taken.add(first, first);
    }
    alternatives += fmt::format("{} schema-plain*", gbnfClass(others.without(taken)));
    if (mayEnd)
        alternatives += " | \"\"";
    return alternatives;
}

std::u32string characters(std::string_view text)
{
    std::u32string result;
    for (std::size_t i = 0; i < text.size();) {
        const DecodedCharacter decoded = utf8Decode(text, i);
        result += decoded.codePoint;
        i += decoded.length;
    }
    return result;
}

} // namespace

std::string_view jsonRules()
{
    // Strings of schemas count characters: an escape of one character is one, and escapes never make half a surrogate.
    return R"gbnf(
schema-ws ::= | " " | "\n" [ \t]{0,20}
schema-plain ::= [^"\\\x00-\x1F]
schema-escape ::= "\\" (["\\/bfnrt] | "u" ([0-9a-cA-CefEF] [0-9a-fA-F]{3} | [dD] [0-7] [0-9a-fA-F]{2}))
schema-char ::= schema-plain | schema-escape
schema-string ::= "\"" schema-char* "\""
schema-integer ::= "-"? ("0" | [1-9] [0-9]{0,18})
schema-number ::= "-"? ("0" | [1-9] [0-9]{0,18}) ("." [0-9]{1,18})? ([eE] [-+]? [0-9]{1,3})?
schema-boolean ::= "true" | "false"
schema-null ::= "null"
schema-array ::= "[" schema-ws (schema-value (schema-ws "," schema-ws schema-value)*)? schema-ws "]"
schema-member ::= schema-string schema-ws ":" schema-ws schema-value
schema-object ::= "{" schema-ws (schema-member (schema-ws "," schema-ws schema-member)*)? schema-ws "}"
schema-value ::= schema-object | schema-array | schema-string | schema-number | schema-boolean | schema-null
)gbnf";
}

std::string gbnfLiteral(std::string_view text)
{
    std::string literal = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            literal += fmt::format("\\{}", c);
        else if (byte < 0x20 || byte == 0x7F)
            literal += fmt::format("\\x{:02X}", byte);
        else
            literal += c;
    }
    return literal + "\"";
}

std::string gbnfClass(const CodePointSet& set)
{
    std::string text = "[";
    for (const CodePointRange& range : set.ranges()) {
        text += classCharacter(range.first);
        if (range.last > range.first)
            text += "-" + classCharacter(range.last);
    }
    return text + "]";
}

std::string stringOtherThan(std::vector<std::string> names)
{
    std::vector<std::u32string> decoded;
    for (const std::string& name : names)
        decoded.push_back(characters(name));
    const std::vector<std::u32string_view> views(decoded.begin(), decoded.end());
    return fmt::format("\"\\\"\" ({}) \"\\\"\"", restOtherThan(views));
}

std::string repetition(std::int64_t least, std::optional<std::int64_t> most)
{
    if (!most)
        return least == 0 ? "*" : least == 1 ? "+" : fmt::format("{{{},}}", least);
    return fmt::format("{{{},{}}}", least, *most);
}

} // namespace lemma::engine
