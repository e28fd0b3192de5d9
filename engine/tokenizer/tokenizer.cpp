#include "engine/tokenizer/tokenizer.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include <fmt/format.h>

#include "engine/tokenizer/tokenizer_data.h"

namespace lemma::engine {

Tokenizer::Tokenizer(std::unique_ptr<Data> data) : m_data(std::move(data)) {}
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;
Tokenizer::~Tokenizer() = default;

std::vector<TokenId> Tokenizer::encode(std::string_view text, SpecialTokens specials) const
{
    const SpecialMatcher& matcher = specials == SpecialTokens::Parse ? m_data->allSpecials : m_data->userDefined;
    std::vector<TokenId> ids;
    ids.reserve(text.size() / 4 + 1);
    std::size_t from = 0;
    while (const auto match = matcher.find(text, from)) {
        m_data->encodePlain(text.substr(from, match->begin - from), ids);
        ids.push_back(match->token);
        from = match->end;
    }
    m_data->encodePlain(text.substr(from), ids);
    return ids;
}

void Tokenizer::Data::encodePlain(std::string_view text, std::vector<TokenId>& ids) const
{
    preTokenizer.split(text, [&](std::string_view piece) { encodePiece(piece, ids); });
}

void Tokenizer::Data::encodePiece(std::string_view piece, std::vector<TokenId>& ids) const
{
    const auto word = words.find(piece);
    if (word == words.end())
        return merger.encode(piece, ids);

    const TokenId id = word->second;
    const auto known = reachable[static_cast<std::size_t>(id)].load(std::memory_order_relaxed);
    if (known == Reachable::Yes || preTokenizer.wholeWordsFirst()) {
        ids.push_back(id);
        return;
    }
    const std::size_t begin = ids.size();
    merger.encode(piece, ids);
    if (known == Reachable::Unknown) {
        const bool whole = ids.size() == begin + 1 && ids.back() == id;
        reachable[static_cast<std::size_t>(id)].store(whole ? Reachable::Yes : Reachable::No,
                                                      std::memory_order_relaxed);
    }
}

std::string_view Tokenizer::bytes(TokenId id) const
{
    if (id < 0 || id >= vocabularySize())
        return {};
    return m_data->bytesOf(id);
}

std::string Tokenizer::decode(const std::vector<TokenId>& ids) const
{
    std::string text;
    for (const TokenId id : ids)
        text += bytes(id);
    return text;
}

TokenId Tokenizer::vocabularySize() const { return static_cast<TokenId>(m_data->kinds.size()); }

TokenKind Tokenizer::kind(TokenId id) const
{
    if (id < 0 || id >= vocabularySize())
        return TokenKind::Unused;
    return m_data->kinds[static_cast<std::size_t>(id)];
}

std::optional<TokenId> Tokenizer::find(std::string_view spelling) const { return m_data->allSpecials.exact(spelling); }

std::optional<TokenId> Tokenizer::bos() const { return m_data->bos; }
std::optional<TokenId> Tokenizer::eos() const { return m_data->eos; }
bool Tokenizer::addBos() const { return m_data->addBos; }

bool Tokenizer::isEndOfGeneration(TokenId id) const
{
    return std::find(m_data->endOfGeneration.begin(), m_data->endOfGeneration.end(), id) !=
           m_data->endOfGeneration.end();
}

} // namespace lemma::engine
