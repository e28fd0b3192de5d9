#include "engine/tokenizer/pre_tokenizer.h"

#include <string>

#include "engine/base/log.h"
#include "engine/base/utf8.h"
#include "engine/tokenizer/pre_tokenizer_patterns.h"

namespace lemma::engine {
namespace {

void replaceAll(std::string& text, std::string_view from, std::string_view to)
{
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

// PCRE2's \s has U+180E, which has not been white space since Unicode 6.3; the tokenizers' \s is White_Space.
std::string withUnicodeSpaces(std::string_view pattern)
{
    std::string result(pattern);
    replaceAll(result, R"([^\s)", R"([^\p{Z}\t-\r\x{85})");
    replaceAll(result, R"(\s)", R"([\p{Z}\t-\r\x{85}])");
    replaceAll(result, R"(\S)", R"([^\p{Z}\t-\r\x{85}])");
    return result;
}

// Bytes from `offset` that are valid UTF-8 (wanted) or are not.
std::size_t runLength(std::string_view text, std::size_t offset, bool wanted)
{
    std::size_t i = offset;
    while (i < text.size()) {
        if (wanted && static_cast<unsigned char>(text[i]) < 0x80) {
            ++i;
            continue;
        }
        const DecodedCharacter character = utf8Decode(text, i);
        if (character.valid != wanted)
            break;
        i += character.length;
    }
    return i - offset;
}

} // namespace

Result<PreTokenizer> PreTokenizer::create(std::string_view name)
{
    const PreTokenizerPatterns* patterns = findPreTokenizerPatterns(name);
    if (patterns == nullptr) {
        log(LogLevel::Warning, "tokenizer: unknown pre-tokenizer '{}', using gpt-2; text may be cut unlike in training",
            name);
        patterns = findPreTokenizerPatterns("gpt-2");
    }
    PreTokenizer result;
    result.m_wholeWordsFirst = patterns->wholeWordsFirst;
    for (const std::string_view pattern : patterns->steps) {
        LEMMA_TRY(Regex step, Regex::compile(withUnicodeSpaces(pattern)));
        result.m_steps.push_back(std::move(step));
    }
    return result;
}

void PreTokenizer::split(std::string_view text, const std::function<void(std::string_view)>& piece) const
{
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t valid = runLength(text, i, true);
        if (valid > 0)
            splitFrom(0, text.substr(i, valid), piece);
        i += valid;
        const std::size_t broken = runLength(text, i, false);
        if (broken > 0)
            piece(text.substr(i, broken));
        i += broken;
    }
}

void PreTokenizer::splitFrom(std::size_t step, std::string_view text,
                             const std::function<void(std::string_view)>& piece) const
{
    if (step + 1 == m_steps.size())
        return m_steps[step].split(text, piece);
    m_steps[step].split(text, [&](std::string_view part) { splitFrom(step + 1, part, piece); });
}

} // namespace lemma::engine
