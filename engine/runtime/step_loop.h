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
// What a chain writes does not depend on its company: Model::forward gives the same logits, bit for bit, whatever else
// is in the batch. Chains outlive the loop. One thread.

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

private:
    struct Entry {
        Chain* chain = nullptr;
        std::size_t logits = 0; // where its rows begin in m_logits
        std::size_t count = 0;
    };
    Result<void> step();
    Result<void> forward();

    LoadedModel& m_model;
    std::vector<Entry> m_entries; // that have not ended
    std::vector<float> m_logits;
};

} // namespace lemma::engine
