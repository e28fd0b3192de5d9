#pragma once
// The public face of everything that can answer: the local engine, a remote endpoint, a scripted one in tests.
//
//     std::stop_source stop;
//     GenerationRequest request;
//     request.model = path;
//     request.conversation = {{Role::User, "Solve 3x + 5 = 20"}};
//     request.stop = stop.get_token();
//     request.onEvent = [](const Event& event) { ... };
//     request.onFinished = [](Result<GenerationSummary> result) { ... };
//     service.submit(std::move(request));
//
// A request is a value. onEvent is called any number of times and then onFinished exactly once, also on error,
// cancellation and shutdown, all from one thread of the service: they must be quick, must not throw, and must not call
// back into the service. A request whose stop token is already stopped when it is taken up ends as Cancelled: a Stop
// pressed early is never lost.

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/chat/chat_template.h"
#include "engine/chat/message.h"
#include "engine/runtime/consensus.h"
#include "engine/runtime/event.h"
#include "engine/runtime/generation_limits.h"
#include "engine/runtime/run_record.h"
#include "engine/sampling/parameters.h"

namespace lemma::engine {

// Tokens guessed ahead and read by the model together. Changes the speed and never the text, for any sampling: a guess
// is kept only where the model draws the same token.
struct Drafting {
    bool lookup = false; // what followed the same words earlier in prompt and answer; for text that repeats them
    std::filesystem::path model; // a smaller model of the same vocabulary; goes before `lookup`
};

struct GenerationRequest {
    std::filesystem::path model; // a GGUF file; loaded if it is not the present one
    // LoRA adapters for it, applied in their order. InvalidArgument where one does not fit the model.
    AdapterChoices adapters;
    Conversation conversation;
    // How the conversation is put to the model; none: as the model's own template says. A model whose template is none
    // that we know (or that has none) is answered with Unsupported, naming the nearest family, until one is chosen
    // here.
    std::optional<TemplateFamily> templateFamily;
    std::optional<SamplingParameters> sampling; // none: the defaults of the model's family
    std::uint64_t seed = 0;                     // used where `sampling` is none
    SamplingOverrides overrides;                // changes either of the two
    GenerationLimits limits;
    std::vector<std::string> stopStrings; // looked for in the answer only
    std::optional<GrammarSource>
        grammar; // InvalidArgument or Unsupported, before the prompt is read, where it is wrong
    Drafting drafting;
    std::optional<ConsensusOptions> consensus; // several chains and a vote among them
    std::stop_token stop;
    // The thought is closed as at a limit, and the model answers.
    std::stop_token answerNow;
    // The language to think in (thought_words.h: "en", "de", ...); empty: as the model likes. Unsupported for others,
    // and for models that do not think aloud.
    std::string thinkIn;
    // An earlier run to repeat or to go on from; adapters, conversation, templateFamily, sampling, limits, stopStrings,
    // grammar and thinkIn are then not looked at. InvalidArgument where it was another model's, or an adapter's file
    // holds another one now.
    std::optional<EarlierRun> earlier;
    // What the thinking time is measured with; none: the steady clock. For tests.
    std::function<std::chrono::steady_clock::time_point()> clock;

    std::function<void(const RunEvent&)> onRun; // may be none; called like onEvent
    std::function<void(const Event&)> onEvent;
    std::function<void(Result<GenerationSummary>)> onFinished;
};

class GenerationService {
public:
    virtual ~GenerationService() = default;

    // Returns at once. Requests are answered in the order of submission.
    virtual void submit(GenerationRequest request) = 0;
};

} // namespace lemma::engine
