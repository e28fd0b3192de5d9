#include "engine/runtime/answer_filter.h"

#include <algorithm>
#include <utility>

namespace lemma::engine {

AnswerFilter::AnswerFilter(std::shared_ptr<const Grammar> grammar, std::shared_ptr<const VocabularyTrie> vocabulary,
                           const Tokenizer& tokenizer, bool thoughtOpened)
    : m_tokenizer(tokenizer),
      m_constraint(std::move(grammar), std::move(vocabulary), tokenizer),
      m_openTag(tokenizer.find("<think>")),
      m_wasInside(thoughtOpened)
{
    for (const char* gap : {"\n", "\n\n"}) {
        const std::vector<TokenId> tokens = tokenizer.encode(gap, SpecialTokens::AsText);
        if (tokens.size() == 1)
            m_gaps.push_back(tokens.front());
    }
}

Result<void> AnswerFilter::restrict(std::span<float> logits, const ChainState& state)
{
    if (state.insideThought)
        return {};
    m_wasInside = false; // also where a limit closed the thought, and the gap with it
    if (m_misfit)
        return fail(ErrorCode::Unsupported,
                    "the thought ended within a token, and the rest of it does not fit the grammar");
    std::vector<std::pair<TokenId, float>> kept;
    if (m_gapAllowed && m_constraint.position() == 0)
        for (const TokenId gap : m_gaps)
            kept.emplace_back(gap, logits[static_cast<std::size_t>(gap)]);
    if (m_openTag && state.written() == 0)
        kept.emplace_back(*m_openTag, logits[static_cast<std::size_t>(*m_openTag)]);
    LEMMA_CHECK(m_constraint.filter(logits));
    for (const auto& [token, logit] : kept)
        logits[static_cast<std::size_t>(token)] = logit;
    return {};
}

void AnswerFilter::written(TokenId token, const ChainState& state)
{
    if (state.insideThought) {
        m_wasInside = true;
        return;
    }
    if (m_wasInside) {
        // This token closed the thought. Where tags are text, it may hold the beginning of the answer.
        m_wasInside = false;
        m_gapAllowed = true;
        const std::string_view bytes = m_tokenizer.bytes(token);
        const std::size_t tagEnd = bytes.rfind('>');
        const std::string_view rest = tagEnd == std::string_view::npos ? "" : bytes.substr(tagEnd + 1);
        m_misfit = rest.find_first_not_of(" \n\r\t") != std::string_view::npos;
        return;
    }
    const bool isGap = std::find(m_gaps.begin(), m_gaps.end(), token) != m_gaps.end();
    if (m_gapAllowed && isGap && m_constraint.position() == 0 && !m_constraint.allows(token)) {
        m_gapAllowed = false;
        return;
    }
    m_gapAllowed = false;
    m_misfit = m_misfit || !m_constraint.accept(token);
}

} // namespace lemma::engine
