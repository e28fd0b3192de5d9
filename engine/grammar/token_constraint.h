#pragma once
// Binds what a model writes to a grammar: before each token, what the grammar does not allow gets a logit of -infinity.
//
//     TokenConstraint constraint(grammar, std::make_shared<const VocabularyTrie>(tokenizer), tokenizer);
//     LEMMA_CHECK(constraint.filter(logits));   // [vocabulary] of the model
//     ... sample a token ...
//     LEMMA_CHECK(constraint.accept(token));
//
// Tokens may begin and end anywhere, also within a character of UTF-8. Tokens that end an answer are allowed exactly
// where the text so far is whole; other control tokens never are. position() and rewind() go back over tokens that are
// taken back. Masks are kept by the state of the grammar, so that text within a string costs one copy a token.
// The tokenizer must outlive it. One thread at a time.

#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/grammar/grammar_matcher.h"
#include "engine/grammar/vocabulary_trie.h"

namespace lemma::engine {

class TokenConstraint {
public:
    TokenConstraint(std::shared_ptr<const Grammar> grammar, std::shared_ptr<const VocabularyTrie> vocabulary,
                    const Tokenizer& tokenizer);

    // Unsupported where the grammar is too ambiguous to be followed, or where no token fits (a vocabulary without
    // tokens for single bytes).
    Result<void> filter(std::span<float> logits);
    bool allows(TokenId token);

    // InvalidArgument, and nothing changed, for a token that is not allowed.
    Result<void> accept(TokenId token);
    bool mayEnd() const { return m_matcher.mayEnd(m_states.back()); }

    int position() const { return static_cast<int>(m_tokens.size()); } // tokens accepted
    void rewind(int position);                                         // to an earlier position

private:
    using Mask = std::vector<std::uint64_t>; // one bit a token
    const Mask& mask();
    Mask makeMask(GrammarMatcher::State state);
    void makeRoom();

    std::shared_ptr<const VocabularyTrie> m_vocabulary;
    const Tokenizer* m_tokenizer;
    GrammarMatcher m_matcher;
    std::vector<TokenId> m_tokens;
    std::vector<GrammarMatcher::State> m_states; // before the first token and after each
    std::unordered_map<GrammarMatcher::State, Mask> m_masks;
    std::vector<GrammarMatcher::State> m_path; // scratch: the state after each byte on the way to a node
};

} // namespace lemma::engine
