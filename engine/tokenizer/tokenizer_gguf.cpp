// Tokenizer::fromGguf: reads the tokenizer.ggml.* keys.

#include <array>

#include <fmt/format.h>

#include "engine/gguf/gguf_file.h"
#include "engine/tokenizer/tokenizer.h"

namespace lemma::engine {
namespace {

// Control tokens that end a turn in the families we run. Files name one of them as EOS, and some models write another.
constexpr std::array<std::string_view, 7> turnEnds = {
    "<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|eom_id|>", "<|end_of_text|>", "<｜end▁of▁sentence｜>", "<|EOT|>",
};

Result<std::vector<std::string>> readStrings(const GgufFile& file, std::string_view key)
{
    const GgufArray* array = file.array(key);
    if (array == nullptr || array->elementType != GgufValueType::String)
        return fail(ErrorCode::CorruptFile, fmt::format("{}: {} is missing", file.path().string(), key));
    return std::vector<std::string>(array->strings.begin(), array->strings.end());
}

// A file without types has ordinary tokens only.
Result<std::vector<TokenKind>> readKinds(const GgufFile& file, std::size_t tokenCount)
{
    constexpr std::string_view key = "tokenizer.ggml.token_type";
    const GgufArray* array = file.array(key);
    if (array == nullptr)
        return std::vector<TokenKind>(tokenCount, TokenKind::Normal);
    if (array->elementType != GgufValueType::Int32 && array->elementType != GgufValueType::Uint32)
        return fail(ErrorCode::CorruptFile, fmt::format("{}: {} holds no integers", file.path().string(), key));
    std::vector<TokenKind> kinds;
    for (std::uint64_t i = 0; i < array->count; ++i) {
        const std::int64_t kind = array->integer(i);
        if (kind < 1 || kind > 6)
            return fail(ErrorCode::CorruptFile,
                        fmt::format("{}: {} {} of token {}", file.path().string(), key, kind, i));
        kinds.push_back(static_cast<TokenKind>(kind));
    }
    return kinds;
}

Result<std::optional<TokenId>> readId(const GgufFile& file, std::string_view key)
{
    const std::optional<std::int64_t> id = file.integer(key);
    if (!id)
        return std::optional<TokenId>();
    if (*id < 0 || *id > INT32_MAX)
        return fail(ErrorCode::CorruptFile, fmt::format("{}: {} is {}", file.path().string(), key, *id));
    return std::optional<TokenId>(static_cast<TokenId>(*id));
}

void addTurnEnds(TokenizerDefinition& definition)
{
    for (std::size_t i = 0; i < definition.tokens.size() && i < definition.kinds.size(); ++i)
        for (const std::string_view spelling : turnEnds)
            if (definition.kinds[i] == TokenKind::Control && definition.tokens[i] == spelling)
                definition.endOfGeneration.push_back(static_cast<TokenId>(i));
}

} // namespace

Result<Tokenizer> Tokenizer::fromGguf(const GgufFile& file)
{
    LEMMA_TRY(const std::string_view model, file.requireString("tokenizer.ggml.model"));
    if (model != "gpt2")
        return fail(ErrorCode::Unsupported,
                    fmt::format("{}: tokenizer model '{}' (only 'gpt2', byte-level BPE, is known)",
                                file.path().string(), model));
    TokenizerDefinition definition;
    definition.preTokenizer = file.string("tokenizer.ggml.pre").value_or("default");
    LEMMA_TRY(definition.tokens, readStrings(file, "tokenizer.ggml.tokens"));
    LEMMA_TRY(definition.kinds, readKinds(file, definition.tokens.size()));
    LEMMA_TRY(definition.merges, readStrings(file, "tokenizer.ggml.merges"));
    LEMMA_TRY(definition.bos, readId(file, "tokenizer.ggml.bos_token_id"));
    LEMMA_TRY(definition.eos, readId(file, "tokenizer.ggml.eos_token_id"));
    LEMMA_TRY(definition.padding, readId(file, "tokenizer.ggml.padding_token_id"));
    for (const std::string_view key : {"tokenizer.ggml.eot_token_id", "tokenizer.ggml.eom_token_id"}) {
        LEMMA_TRY(const std::optional<TokenId> id, readId(file, key));
        if (id)
            definition.endOfGeneration.push_back(*id);
    }
    addTurnEnds(definition);
    // Older Llama 3 files lack the key, and their models want a BOS.
    definition.addBos = file.boolean("tokenizer.ggml.add_bos_token").value_or(definition.preTokenizer == "llama-bpe");
    definition.addEos = file.boolean("tokenizer.ggml.add_eos_token").value_or(false);
    return fromDefinition(std::move(definition));
}

} // namespace lemma::engine
