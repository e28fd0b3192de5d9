#pragma once
// What a Tokenizer holds. Private to engine/tokenizer.

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/tokenizer/bpe_merger.h"
#include "engine/tokenizer/pre_tokenizer.h"
#include "engine/tokenizer/special_matcher.h"
#include "engine/tokenizer/tokenizer.h"

namespace lemma::engine {

struct Tokenizer::Data {
    // Whether the merges make a word of the vocabulary from its bytes. Most pieces of text are such words, so the
    // answer is remembered; it is the same for every thread that finds it.
    enum class Reachable : std::uint8_t { Unknown, Yes, No };

    void encodePlain(std::string_view text, std::vector<TokenId>& ids) const;
    void encodePiece(std::string_view piece, std::vector<TokenId>& ids) const;

    std::string_view bytesOf(TokenId id) const
    {
        const auto i = static_cast<std::size_t>(id);
        return std::string_view(allBytes).substr(ends[i], ends[i + 1] - ends[i]);
    }

    PreTokenizer preTokenizer;
    BpeMerger merger;
    SpecialMatcher userDefined; // found in all text
    SpecialMatcher allSpecials; // found in text of templates

    std::vector<TokenKind> kinds{};
    std::string allBytes{};                                // of token 0, 1, ... without gaps
    std::vector<std::size_t> ends{};                       // token i: [ends[i], ends[i + 1]) of allBytes
    std::unordered_map<std::string_view, TokenId> words{}; // ordinary tokens by their bytes
    std::unique_ptr<std::atomic<Reachable>[]> reachable {};

    std::optional<TokenId> bos{};
    std::optional<TokenId> eos{};
    std::vector<TokenId> endOfGeneration{};
    bool addBos = false;
};

} // namespace lemma::engine
