#pragma once
// The small label on a step, and its colour.

#include <QString>

#include "tutor/trace/step_splitter.h"

namespace lemma::app {

QString stepKindText(tutor::StepKind kind);
const char* stepKindTint(tutor::StepKind kind); // a name of makeChip()

} // namespace lemma::app
