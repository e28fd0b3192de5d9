// Tokenizer::fromDefinition: checks a definition and builds the tables.

#include <array>
#include <unordered_map>

#include <fmt/format.h>

#include "engine/tokenizer/byte_alphabet.h"
#include "engine/tokenizer/tokenizer_data.h"

namespace lemma::engine {
namespace {

using SpellingIndex = std::unordered_map<std::string_view, TokenId>;

constexpr std::size_t maximumVocabulary = 1u << 24; // far above any model; keeps ids and sizes in int32

bool isSpecial(TokenKind kind)
{
    return kind == TokenKind::Control || kind == TokenKind::UserDefined || kind == TokenKind::Unknown;
}

Result<> checkId(std::string_view name, std::optional<TokenId> id, std::size_t vocabularySize)
{
    if (id && (*id < 0 || static_cast<std::size_t>(*id) >= vocabularySize))
        return fail(ErrorCode::CorruptFile,
                    fmt::format("tokenizer: {} {} is outside the vocabulary of {}", name, *id, vocabularySize));
    return {};
}

Result<> checkSizesAndIds(const TokenizerDefinition& definition)
{
    const std::size_t n = definition.tokens.size();
    if (n == 0 || n > maximumVocabulary || definition.merges.size() > maximumVocabulary)
        return fail(ErrorCode::CorruptFile,
                    fmt::format("tokenizer: {} tokens and {} merges", n, definition.merges.size()));
    if (definition.kinds.size() != n)
        return fail(ErrorCode::CorruptFile,
                    fmt::format("tokenizer: {} tokens but {} token types", n, definition.kinds.size()));
    LEMMA_CHECK(checkId("BOS", definition.bos, n));
    LEMMA_CHECK(checkId("EOS", definition.eos, n));
    LEMMA_CHECK(checkId("padding", definition.padding, n));
    for (const TokenId id : definition.endOfGeneration)
        LEMMA_CHECK(checkId("end of generation", id, n));
    return {};
}

// Empty texts occur as filler of unused ids and are left out.
Result<SpellingIndex> indexSpellings(const std::vector<std::string>& tokens)
{
    SpellingIndex index;
    index.reserve(tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].empty())
            continue;
        const auto [existing, isNew] = index.emplace(tokens[i], static_cast<TokenId>(i));
        if (!isNew)
            return fail(ErrorCode::CorruptFile,
                        fmt::format("tokenizer: tokens {} and {} have the same text", existing->second, i));
    }
    return index;
}

TokenId lookUp(const SpellingIndex& index, std::string_view spelling)
{
    const auto found = index.find(spelling);
    return found == index.end() ? -1 : found->second;
}

Result<BpeMerger> buildMerger(const std::vector<std::string>& merges, const SpellingIndex& index)
{
    std::array<TokenId, 256> byteTokens{};
    for (int byte = 0; byte < 256; ++byte)
        byteTokens[static_cast<std::size_t>(byte)] = lookUp(index, byteSpelling(static_cast<std::uint8_t>(byte)));

    BpeMerger merger(byteTokens, merges.size());
    std::string merged;
    for (std::size_t rank = 0; rank < merges.size(); ++rank) {
        const std::string_view merge = merges[rank];
        const std::size_t space = merge.find(' ', 1);
        if (space == std::string_view::npos || space + 1 == merge.size())
            return fail(ErrorCode::CorruptFile, fmt::format("tokenizer: merge {} is not a pair", rank));
        merged.assign(merge.substr(0, space)).append(merge.substr(space + 1));
        const TokenId left = lookUp(index, merge.substr(0, space));
        const TokenId right = lookUp(index, merge.substr(space + 1));
        const TokenId result = lookUp(index, merged);
        if (left < 0 || right < 0 || result < 0)
            return fail(ErrorCode::CorruptFile,
                        fmt::format("tokenizer: merge {} names a token that the vocabulary lacks", rank));
        merger.add(left, right, result, static_cast<std::int32_t>(rank));
    }
    return merger;
}

SpecialMatcher buildMatcher(const TokenizerDefinition& definition, bool (*wanted)(TokenKind))
{
    std::vector<std::pair<std::string, TokenId>> spellings;
    for (std::size_t i = 0; i < definition.tokens.size(); ++i)
        if (wanted(definition.kinds[i]))
            spellings.emplace_back(definition.tokens[i], static_cast<TokenId>(i));
    return SpecialMatcher(std::move(spellings));
}

} // namespace

Result<Tokenizer> Tokenizer::fromDefinition(TokenizerDefinition definition)
{
    LEMMA_CHECK(checkSizesAndIds(definition));
    LEMMA_TRY(PreTokenizer preTokenizer, PreTokenizer::create(definition.preTokenizer));
    LEMMA_TRY(const SpellingIndex index, indexSpellings(definition.tokens));
    LEMMA_TRY(BpeMerger merger, buildMerger(definition.merges, index));

    const std::size_t n = definition.tokens.size();
    std::unique_ptr<Data> data(
        new Data{std::move(preTokenizer), std::move(merger),
                 buildMatcher(definition, [](TokenKind kind) { return kind == TokenKind::UserDefined; }),
                 buildMatcher(definition, isSpecial)});
    data->ends.push_back(0);
    for (std::size_t i = 0; i < n; ++i) {
        // Special tokens are kept as they are read; the others are in the byte alphabet.
        data->allBytes += isSpecial(definition.kinds[i]) ? definition.tokens[i] : bytesOfSpelling(definition.tokens[i]);
        data->ends.push_back(data->allBytes.size());
    }
    data->words.reserve(n);
    for (std::size_t i = 0; i < n; ++i)
        if (definition.kinds[i] == TokenKind::Normal && data->ends[i] < data->ends[i + 1])
            data->words.emplace(data->bytesOf(static_cast<TokenId>(i)), static_cast<TokenId>(i));
    data->reachable = std::make_unique<std::atomic<Data::Reachable>[]>(n);

    data->kinds = std::move(definition.kinds);
    data->bos = definition.bos;
    data->eos = definition.eos;
    data->endOfGeneration = std::move(definition.endOfGeneration);
    if (definition.eos)
        data->endOfGeneration.push_back(*definition.eos);
    data->addBos = definition.addBos;
    return Tokenizer(std::move(data));
}

} // namespace lemma::engine
