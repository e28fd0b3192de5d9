#pragma once
// One answer being written: its tokens, its place in the cache, its sampler, and what tells thought and answer apart.
// It never computes; StepLoop brings the logits of many chains from one pass of the model.
//
//     Chain chain(std::move(setup), std::move(sequence));       // the sequence holds the prompt
//     while (!chain.ended()) {
//         LEMMA_CHECK(chain.step(logits));                       // draws a token, tells what it adds
//         ... forward() of chain.nextTokens() ...                // logits for the next step
//     }
//
// Events: ThoughtDelta, ThoughtEnd and AnswerDelta, from within step() and end(). One thread.

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/chat/stream_splitter.h"
#include "engine/kv_cache/kv_cache.h"
#include "engine/runtime/decode_hooks.h"
#include "engine/runtime/stop_strings.h"
#include "engine/sampling/sampler.h"
#include "engine/tokenizer/tokenizer.h"

namespace lemma::engine {

struct ChainSetup {
    const Tokenizer* tokenizer = nullptr; // outlives the chain
    std::vector<TokenId> prompt;
    bool thoughtOpened = false; // the prompt ends inside a thought
    bool tagsAsText = false;    // also where the vocabulary has them as tokens: R1-Zero writes them out
    Sampler sampler;
    std::vector<std::string> stopStrings;
    DecodeHooks hooks;
    std::function<void(const Event&)> onEvent;
    std::function<void(const RunEvent&)> onRun; // RunTokens and Interventions; may be none
};

class Chain {
public:
    Chain(ChainSetup setup, Sequence sequence);

    // Before the first step: takes over the beginning of an earlier run of the same prompt and sampling, as if it had
    // just been written. The sequence holds these tokens, too, as far as the model still sees them (seenTokens()).
    void resume(std::span<const TokenId> tokens, std::span<const Intervention> interventions);

    // What the model has to read before the next step: at least one token, the last of them guesses (see Drafter).
    // With wantsAllLogits() the step needs the logits of every one, else of the last. Long texts come in parts: there
    // is no step before hasReadAll().
    std::span<const TokenId> nextTokens();
    bool wantsAllLogits() const { return !m_draft.empty(); }
    bool hasReadAll() const { return m_sequence.length() >= static_cast<int>(m_seen.size()); }

    // Gives back all pages but those of the prompt. What was written is read again when the chain goes on; it then
    // writes what it would have written.
    void park();

    // Decides what is written after the tokens that the model has read. `logits` [rows, vocabulary], as said above, may
    // be changed. An error leaves the chain unusable.
    Result<void> step(std::span<float> logits);

    // Ends it from outside; what was held back is told first. Does nothing when it has ended.
    void end(EndReason reason);
    bool ended() const { return m_end.has_value(); }
    EndReason reason() const { return *m_end; }

    const ChainState& state() const { return m_state; }
    Sequence& sequence() { return m_sequence; }
    Sequence takeSequence() { return std::move(m_sequence); } // of a chain that has ended
    const Sampler& sampler() const { return m_sampler; }

private:
    Result<void> advance(std::span<float> logits);
    Result<TokenId> draw(std::span<float> logits);
    bool write(TokenId token);
    void intervene(Intervention intervention);
    void tell(const RunEvent& event) const;
    bool emit(const std::vector<StreamPiece>& pieces);
    void emitAnswer(std::string text, TokenRange range);

    const Tokenizer& m_tokenizer;
    void forget(int count);

    Sequence m_sequence; // the model has read these tokens: a beginning of m_seen
    ChainState m_state;
    std::vector<TokenId> m_seen; // m_state.tokens without those that were forgotten
    // By the number of seen tokens before it: what must not be drawn at a place, since it led into a loop.
    std::map<std::size_t, std::vector<TokenId>> m_forbidden;
    bool m_resuming = false; // the sequence holds what is only about to be told
    Sampler m_sampler;
    StreamSplitter m_splitter;
    StopStrings m_stopStrings;
    DecodeHooks m_hooks;
    std::function<void(const Event&)> m_onEvent;
    std::function<void(const RunEvent&)> m_onRun;
    std::vector<TokenId> m_next;
    std::vector<TokenId> m_draft; // the end of m_next
    std::optional<EndReason> m_end;
};

} // namespace lemma::engine
