// Any bytes encode, with every pre-tokenizer, and decode to themselves; a definition made from any bytes is accepted or
// refused. The first byte chooses.

#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>

#include "engine/tokenizer/byte_alphabet.h"
#include "engine/tokenizer/detokenizer.h"
#include "engine/tokenizer/tokenizer.h"

using namespace lemma::engine;

namespace {

const std::vector<std::string> names = {"qwen2", "llama-bpe", "deepseek-v3", "deepseek-llm", "smollm", "gpt-2"};

TokenizerDefinition baseDefinition(const std::string& preTokenizer)
{
    TokenizerDefinition definition;
    definition.preTokenizer = preTokenizer;
    for (int byte = 0; byte < 256; ++byte)
        definition.tokens.push_back(byteSpelling(static_cast<std::uint8_t>(byte)));
    definition.kinds.assign(256, TokenKind::Normal);
    for (const char* pair : {"Ġ t", "h e", "Ġt he", "Ġ Ġ", "ĠĠ ĠĠ", "Ã ©", "a a", "aa aa"}) {
        definition.merges.emplace_back(pair);
        std::string merged = pair;
        merged.erase(merged.find(' ', 1), 1);
        definition.tokens.push_back(merged);
        definition.kinds.push_back(TokenKind::Normal);
    }
    definition.tokens.insert(definition.tokens.end(), {"<think>", "<｜User｜>", "<|im_start|>"});
    definition.kinds.insert(definition.kinds.end(), {TokenKind::UserDefined, TokenKind::Control, TokenKind::Control});
    return definition;
}

void check(bool condition)
{
    if (!condition)
        std::abort();
}

void roundTrip(const Tokenizer& tokenizer, std::string_view text)
{
    for (const SpecialTokens specials : {SpecialTokens::AsText, SpecialTokens::Parse}) {
        const auto ids = tokenizer.encode(text, specials);
        check(tokenizer.decode(ids) == text);
        Detokenizer detokenizer(tokenizer);
        for (const TokenId id : ids)
            detokenizer.push(id);
        detokenizer.flush();
    }
}

// Lines: the first half of them tokens, the others merges; kinds and ids come from the line lengths.
void buildAnything(std::string_view text)
{
    TokenizerDefinition definition = baseDefinition("gpt-2");
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i < lines.size() / 2) {
            definition.tokens.push_back(lines[i]);
            definition.kinds.push_back(static_cast<TokenKind>(lines[i].size() % 6 + 1));
        } else {
            definition.merges.push_back(lines[i]);
        }
    }
    definition.bos = static_cast<TokenId>(text.size());
    if (const auto tokenizer = Tokenizer::fromDefinition(std::move(definition)))
        tokenizer->decode(tokenizer->encode(text, SpecialTokens::Parse));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
    const std::size_t choice = data[0] % (names.size() + 1);
    if (choice == names.size()) {
        buildAnything(text);
        return 0;
    }
    static std::map<std::size_t, Tokenizer> tokenizers;
    auto known = tokenizers.find(choice);
    if (known == tokenizers.end())
        known = tokenizers.emplace(choice, *Tokenizer::fromDefinition(baseDefinition(names[choice]))).first;
    roundTrip(known->second, text);
    return 0;
}
