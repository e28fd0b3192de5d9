#pragma once
// Where something can take part in the writing of a chain (chain.h), without the step loop knowing what it is.
//
// For every new token the chain asks, in this order:
//   1. Steering: may it go on, is the thought to be closed now, has it ended?
//   2. TokenFilter: which tokens are allowed here? It sets the logits of all others to -infinity.
//   3. TokenSource, where there is one: the token, given the logits. Else the chain's sampler draws it.
//   4. Both are told the token that was written, and Drafter may then guess the ones after it.
// Hooks belong to one chain, live as long as it, and are called by the engine thread only.

#include <memory>
#include <span>
#include <variant>
#include <vector>

#include "engine/base/result.h"
#include "engine/runtime/event.h"
#include "engine/runtime/run_record.h"
#include "engine/tokenizer/token_id.h"

namespace lemma::engine {

// What hooks may know of their chain.
struct ChainState {
    std::vector<TokenId> tokens; // the prompt, then what has been written
    int promptTokens = 0;
    int thoughtTokens = 0;
    int answerTokens = 0;
    int draftedTokens = 0;  // guesses of the drafter that were judged
    int acceptedTokens = 0; // of them, those that were right
    bool insideThought = false;
    bool thoughtClosedByLimit = false; // by an intervention, not by the model

    int written() const { return static_cast<int>(tokens.size()) - promptTokens; }
};

struct GoOn {};

// An Intervention as a directive: tokens that are written here without being drawn (its `at` is filled in by the
// chain). Where some of them close the thought (the tag, and what stands between it and an answer), these are read by
// the model but told to nobody.

struct Finish {
    EndReason reason = EndReason::Length;
};

using Directive = std::variant<GoOn, Intervention, Finish>;

class Steering {
public:
    virtual ~Steering() = default;
    // After an intervention it is asked again before a token is drawn.
    virtual Directive before(const ChainState& state) = 0;
    virtual void written(TokenId token, const ChainState& state) = 0; // `state` holds it already
    // An intervention was carried out: its own, or one of the run that the chain goes on from.
    virtual void intervened(const Intervention& intervention, const ChainState& state) = 0;
};

class TokenFilter {
public:
    virtual ~TokenFilter() = default;
    // At least one token must stay allowed, if only the end of the generation.
    virtual Result<void> restrict(std::span<float> logits, const ChainState& state) = 0;
    virtual void written(TokenId token, const ChainState& state) = 0;
};

class TokenSource {
public:
    virtual ~TokenSource() = default;
    virtual Result<TokenId> next(std::span<const float> logits, const ChainState& state) = 0;
};

// Guesses are read by the model together with the last token and kept as far as the chain then draws the same tokens.
// So they change the speed, never the text.
class Drafter {
public:
    virtual ~Drafter() = default;
    virtual std::vector<TokenId> draft(const ChainState& state) = 0; // the tokens after state.tokens; may be empty
    virtual void judged(int drafted, int accepted) = 0;
};

struct DecodeHooks {
    std::unique_ptr<Steering> steering; // required
    std::unique_ptr<TokenFilter> filter;
    std::unique_ptr<TokenSource> source;
    std::unique_ptr<Drafter> drafter;
};

} // namespace lemma::engine
