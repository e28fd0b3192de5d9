#pragma once
// The instructions that pages add to the user's first message: texts in resources/prompts.

#include <QString>

namespace lemma::app {

QString prompt(const char* name); // "tutor", "coding"

} // namespace lemma::app
