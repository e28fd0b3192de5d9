#pragma once
// One line about a finished generation: "Thought 214 tokens, answered in 58 · 12.1 tokens/s".

#include <QString>

#include "engine/runtime/event.h"

namespace lemma::app {

QString summaryText(const engine::GenerationSummary& summary);

} // namespace lemma::app
