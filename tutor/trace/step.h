#pragma once
// A step of a chain of thought: the piece that a student pulls out at one time.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/runtime/event.h"

namespace lemma::tutor {

// Precision comes first: a kind other than Work is only given where its wording is a strong sign of it.
enum class StepKind : std::uint8_t {
    Understand,   // what is given and asked
    Plan,         // what to do next
    Work,         // everything else
    Check,        // a result is verified
    AnotherIdea,  // a different way is tried
    ChangeOfMind, // something before is doubted or taken back
    Answer,       // the result is stated
};

std::string_view stepKindName(StepKind kind); // "understand", "plan", "work", "check", "another-idea", ...

struct Step {
    std::string text; // with the white space that follows it: the steps joined are the thought
    StepKind kind = StepKind::Work;
    std::size_t begin = 0;     // byte offset in the thought
    engine::TokenRange tokens; // positions in the sequence: a place in the KV cache to go back to
};

} // namespace lemma::tutor
