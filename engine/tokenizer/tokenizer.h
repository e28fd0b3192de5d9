#pragma once
// Byte-level BPE, as the models of the R1 family use it.
//
//     LEMMA_TRY(Tokenizer tokenizer, Tokenizer::fromGguf(file));
//     std::vector<TokenId> ids = tokenizer.encode("2 + 2 = ?", SpecialTokens::AsText);
//
// Text of users and tools is encoded with SpecialTokens::AsText: "<｜User｜>" in it stays plain text. Only text that a
// chat template wrote is encoded with SpecialTokens::Parse. Immutable after construction, so it may be used from
// several threads.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/tokenizer/token_id.h"

namespace lemma::engine {

class GgufFile;

enum class SpecialTokens : std::uint8_t {
    AsText, // their spelling is ordinary text
    Parse,  // their spelling becomes the token
};

// tokenizer.ggml.token_type
enum class TokenKind : std::uint8_t { Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Unused = 5, Byte = 6 };

// What a tokenizer is made from; the fields are those of a GGUF file (tokenizer.ggml.*).
struct TokenizerDefinition {
    std::string
        preTokenizer; // "qwen2", "deepseek-r1-qwen", "llama-bpe", "deepseek-v3", "deepseek-llm", "smollm", "gpt-2"
    std::vector<std::string> tokens; // in the byte-to-unicode spelling of GPT-2
    std::vector<TokenKind> kinds;    // same length
    std::vector<std::string> merges; // "left right", best first
    std::optional<TokenId> bos;
    std::optional<TokenId> eos;
    std::optional<TokenId> padding;
    std::vector<TokenId> endOfGeneration; // further tokens that end an answer (eot, eom)
    bool addBos = false;
    bool addEos = false;
};

class Tokenizer {
public:
    static Result<Tokenizer> fromGguf(const GgufFile& file);
    static Result<Tokenizer> fromDefinition(TokenizerDefinition definition);

    Tokenizer(Tokenizer&&) noexcept;
    Tokenizer& operator=(Tokenizer&&) noexcept;
    ~Tokenizer();

    // Never adds BOS or EOS; chat templates write them, and addBos() tells whether plain text wants one.
    std::vector<TokenId> encode(std::string_view text, SpecialTokens specials) const;

    // The bytes that a token stands for (not always whole UTF-8 characters). Control tokens give their spelling. Empty
    // for an id outside the vocabulary.
    std::string_view bytes(TokenId id) const;
    std::string decode(const std::vector<TokenId>& ids) const;

    TokenId vocabularySize() const;
    TokenKind kind(TokenId id) const;
    std::optional<TokenId> find(std::string_view spelling) const; // of a special token, such as "</think>"
    std::optional<TokenId> bos() const;
    std::optional<TokenId> eos() const;
    bool addBos() const;
    bool isEndOfGeneration(TokenId id) const;

private:
    struct Data;
    explicit Tokenizer(std::unique_ptr<Data> data);
    std::unique_ptr<Data> m_data;
};

} // namespace lemma::engine
