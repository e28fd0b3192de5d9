#pragma once
// What a user reads when something went wrong: what happened, what to do next; the engine's own message only as
// details.
//
//     const ErrorText text = errorText(error);
//     notice->show(text.happened, text.wayOut, text.details);

#include <QString>

#include "engine/base/result.h"
#include "engine/runtime/event.h"

namespace lemma::app {

struct ErrorText {
    QString happened; // one sentence
    QString wayOut;   // one or two sentences that name something the user can do
    QString details;  // untranslated; for "Details" and bug reports
};

ErrorText errorText(const engine::Error& error);

// Why an answer is not complete, in one sentence; empty when the model ended by itself.
QString endReasonText(engine::EndReason reason);

} // namespace lemma::app
