#pragma once
// The options of `ask` about the form of the answer, files that go with the question, and guessing ahead.

#include <string>
#include <vector>

#include "app/cli/console.h"
#include "engine/chat/attachment.h"
#include "engine/runtime/generation_service.h"

namespace CLI {
class App;
}

namespace lemma::app {

struct AnswerOptions {
    std::string grammar;    // a file
    std::string jsonSchema; // a file
    std::string draft;      // a model, or "lookup"
    std::vector<std::string> attachments;

    void addTo(CLI::App& command);

    // Grammar and drafting.
    engine::Result<void> apply(engine::GenerationRequest& request) const;

    // The question with the files in front of it. Says on stderr (or as a line of JSON) what each costs; a prompt that
    // leaves no room for an answer is InvalidArgument with the numbers, before the model is loaded. Counts this message
    // alone: what a session holds already comes on top, and is counted when it is answered.
    engine::Result<std::string> attach(const std::string& question, const engine::GenerationRequest& request, bool json,
                                       Console& console) const;
};

} // namespace lemma::app
