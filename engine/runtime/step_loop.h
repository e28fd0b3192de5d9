#pragma once
// Writes many chains at once: in each round every chain gets its next token, and the model's weights are read once.
//
//     StepLoop loop(model);
//     loop.add(chain, logits);                       // of the last token of its prompt
//     while (!stop.stop_requested()) {
//         LEMMA_TRY(const bool more, loop.round());  // false: every chain has ended
//         ...
//     }
//
// A cache that is too small for all chains makes the youngest wait until another has ended; it then reads again what it
// had written. What a chain writes does not depend on its company: Model::forward gives the same logits, bit for bit,
// whatever else is in the batch. Chains outlive the loop. One thread.

#include <span>
#include <vector>

#include "engine/base/result.h"
#include "engine/model/model.h"
#include "engine/runtime/chain.h"

namespace lemma::engine {

class LoadedModel;

class StepLoop {
public:
    explicit StepLoop(LoadedModel& model) : m_model(model) {}

    void add(Chain& chain, std::span<const float> logits);

    // One step of every chain that has not ended, and one pass of the model.
    Result<bool> round();

    // Hands the pages of chains that have ended, also from outside, to the cache of prefixes. round() does so by
    // itself.
    void releaseEnded();

private:
    struct Entry {
        Chain* chain = nullptr;
        std::size_t logits = 0; // where its rows begin in m_logits
        std::size_t count = 0;  // none: they are not known yet
    };
    Result<void> step();
    Result<void> forward();
    Result<void> forwardWhatFits();
    void parkYoungest();

    LoadedModel& m_model;
    std::vector<Entry> m_entries; // in the batch
    std::vector<Entry> m_parked;  // waiting for room in the cache
    std::vector<Model::BatchItem> m_batch;
    std::vector<float> m_logits;
};

} // namespace lemma::engine
