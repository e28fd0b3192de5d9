#include "engine/tokenizer/pre_tokenizer_patterns.h"

#include <algorithm>

namespace lemma::engine {
namespace {

constexpr std::string_view qwen2 =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

constexpr std::string_view llama3 =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

constexpr std::string_view gpt2 = R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";

constexpr std::string_view deepseekV3Words =
    R"([!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+)"
    R"(| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

// The cased letters of an older Unicode version, with an optional space before them.
constexpr std::string_view deepseekLlmLetters =
    R"(\s?[)"
    R"(A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-ՖႠ-ჅᎠ-Ᏽᏸ-ᏽᲐ-ᲺᲽ-Ჿᴀ-ᴫᵫ-ᵷᵹ-ᶚḀ-ἕἘ-Ἕ)"
    R"(ἠ-ὅὈ-Ὅὐ-ὗὙὛὝὟ-ώᾀ-ᾴᾶ-ᾼιῂ-ῄῆ-ῌῐ-ΐῖ-Ίῠ-Ῥῲ-ῴῶ-ῼℂℇℊ-ℓℕℙ-ℝℤΩℨK-ℭℯ-ℴℹℼ-ℿⅅ-ⅉⅎↃↄⰀ-ⱻⱾ-ⳤⳫ-ⳮⳲⳳ)"
    R"(Ꙁ-ꙭꚀ-ꚛꜢ-ꝯꝱ-ꞇꞋ-ꞎꭰ-ꮿﬀ-ﬆﬓ-ﬗＡ-Ｚａ-ｚ𐐀-𐑏𐒰-𐓓𐓘-𐓻𐲀-𐲲𐳀-𐳲𑢠-𑣟𞤀-𞥃)"
    R"(]+)";

// The original is \s+$, which takes quadratic time on a long run of spaces that ends before the text does. Lines were
// already cut, so that $ can only be the end of the piece.
constexpr std::string_view trailingSpaces = R"((?<!\s)\s++\z)";

const std::vector<PreTokenizerPatterns>& allPatterns()
{
    static const std::vector<PreTokenizerPatterns> patterns = {
        {{"qwen2", "deepseek-r1-qwen"}, {qwen2}},
        {{"llama-bpe", "llama3", "llama-v3"}, {llama3}, true},
        {{"deepseek-v3"}, {R"(\p{N}{1,3})", "[一-龥぀-ゟ゠-ヿ]+", deepseekV3Words}},
        {{"deepseek-llm"},
         {R"([\r\n])", deepseekLlmLetters, R"(\s?[!-/:-~！-／：-～‘-‟\x{3000}-。]+)", trailingSpaces,
          R"([一-龥\x{0800}-一가-\x{D7FF}]+)", R"(\p{N})"}},
        {{"smollm"}, {R"(\p{N})", gpt2}},
        {{"gpt-2", "gpt2", "default"}, {gpt2}},
    };
    return patterns;
}

} // namespace

const PreTokenizerPatterns* findPreTokenizerPatterns(std::string_view name)
{
    for (const PreTokenizerPatterns& patterns : allPatterns())
        if (std::find(patterns.names.begin(), patterns.names.end(), name) != patterns.names.end())
            return &patterns;
    return nullptr;
}

} // namespace lemma::engine
