#pragma once
// What a step of a thought does, by its wording.
//
// The wordings are those that mark the kinds in hand-labelled R1 traces (Schoenfeld episodes, arXiv 2509.14662):
// openers of a sentence, and a few phrases that mean the same anywhere. "Wait" alone is no sign of a check (34 % of its
// uses), "wait, let me check" is.

#include <string_view>

#include "tutor/trace/step.h"

namespace lemma::tutor {

// Bytes of a sentence that findOpener needs to see: no opener is longer.
constexpr std::size_t openerWindow = 48;

enum class Opener : std::uint8_t {
    None,
    Change,       // "Wait, ..."
    Check,        // "Let me verify ..."
    Confirmation, // "Yep, ...": a check by itself, but the end of a step rather than the beginning of one
    Idea,         // "Alternatively, ..."
};

// What the beginning of a sentence announces.
Opener findOpener(std::string_view sentenceStart);

StepKind classifyStep(std::string_view text);

} // namespace lemma::tutor
