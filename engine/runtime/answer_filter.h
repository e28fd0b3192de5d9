#pragma once
// Binds the answer of a chain to a grammar, and leaves its thought alone.
//
// The grammar begins where the answer does: behind the closing tag (and the line breaks that models write after it,
// which are free once), or at once where there is no thought. At the very start of an answer a model that thinks by
// itself may still open its thought. Works on tokens, so it asks for a vocabulary whose tags are tokens: with tags as
// text (R1-Zero) a thought may end in the middle of a token, and what follows it there must fit as well; where it does
// not, the next restrict() is Unsupported.

#include <memory>
#include <optional>
#include <vector>

#include "engine/grammar/token_constraint.h"
#include "engine/runtime/decode_hooks.h"
#include "engine/tokenizer/tokenizer.h"

namespace lemma::engine {

class AnswerFilter : public TokenFilter {
public:
    // `thoughtOpened`: the prompt ends inside a thought. The tokenizer must outlive the filter.
    AnswerFilter(std::shared_ptr<const Grammar> grammar, std::shared_ptr<const VocabularyTrie> vocabulary,
                 const Tokenizer& tokenizer, bool thoughtOpened);

    Result<void> restrict(std::span<float> logits, const ChainState& state) override;
    void written(TokenId token, const ChainState& state) override;

private:
    const Tokenizer& m_tokenizer;
    TokenConstraint m_constraint;
    std::optional<TokenId> m_openTag;
    std::vector<TokenId> m_gaps; // tokens of nothing but line breaks
    bool m_wasInside = false;
    bool m_gapAllowed = false; // the thought has just been closed by the model
    bool m_misfit = false;     // something was written that the grammar does not take
};

} // namespace lemma::engine
