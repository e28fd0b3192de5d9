#include "app/cli/stored_answer.h"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/chat/chat_template.h"
#include "engine/chat/stream_splitter.h"
#include "engine/gguf/gguf_file.h"
#include "engine/tokenizer/tokenizer.h"
#include "tutor/trace/step_splitter.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;

// The thought of a run, built from its tokens.
struct Thought {
    std::string text;
    std::vector<std::size_t> bytes{0}; // [n]: of the text after n tokens
    std::vector<tutor::Step> steps;
};

Thought thoughtOf(const RunRecord& run, const Tokenizer& tokenizer)
{
    const bool tagsAsText = run.templateName == templateFamilyName(TemplateFamily::R1Zero);
    StreamSplitter splitter = tagsAsText ? StreamSplitter({run.thoughtOpened, {}, {}})
                                         : StreamSplitter::forTokenizer(tokenizer, run.thoughtOpened);
    tutor::StepSplitter cutter;
    Thought thought;
    const auto take = [&](const std::vector<StreamPiece>& pieces) {
        for (const StreamPiece& piece : pieces) {
            if (piece.channel != StreamChannel::Thought)
                continue;
            thought.text += piece.text;
            for (tutor::Step& step : cutter.push(piece.text, {piece.beginToken, piece.endToken}))
                thought.steps.push_back(std::move(step));
        }
    };
    auto next = run.interventions.begin();
    for (std::size_t i = 0; i < run.tokens.size();) {
        while (next != run.interventions.end() &&
               next->at + static_cast<int>(next->tokens.size()) <= static_cast<int>(i))
            ++next;
        const bool closing = next != run.interventions.end() && next->closing > 0 &&
                             static_cast<int>(i) == next->at + static_cast<int>(next->tokens.size()) - next->closing;
        const std::size_t count = closing ? static_cast<std::size_t>(next->closing) : 1;
        take(closing ? splitter.closeThought(next->closing)
                     : splitter.push(run.tokens[i], tokenizer.bytes(run.tokens[i])));
        i += count;
        thought.bytes.resize(i + 1, thought.text.size());
    }
    take(splitter.finish());
    for (tutor::Step& step : cutter.finish())
        thought.steps.push_back(std::move(step));
    return thought;
}

} // namespace

void StoredAnswerOptions::addTo(CLI::App& command)
{
    command.add_option("--session", session, "Its number in `lemma-cli history`")->required();
    command.add_option("--message", message, "The answer, as in `history export` [the last one]");
    command.add_option("--threads", threads, "Threads of computation; 0: one a core")->check(CLI::Range(0, 4096));
}

Result<StoredAnswer> storedAnswer(const HistoryStore& store, SessionId session, const std::optional<MessageId>& message)
{
    LEMMA_TRY(const std::vector<StoredMessage> branch, message ? store.messages(session) : store.activeBranch(session));
    for (auto it = branch.rbegin(); it != branch.rend(); ++it) {
        if (it->message.role != Role::Assistant || (message && it->id != *message))
            continue;
        LEMMA_TRY(RunRecord run, store.run(it->id));
        return StoredAnswer{*it, std::move(run)};
    }
    if (message)
        return fail(ErrorCode::NotFound, fmt::format("session {} has no answer {}", session, *message));
    return fail(ErrorCode::NotFound, fmt::format("session {} has no answer yet", session));
}

Result<StepPlace> stepPlace(const StoredAnswer& answer, int step)
{
    LEMMA_TRY(const GgufFile file, GgufFile::open(answer.message.model));
    LEMMA_TRY(const Tokenizer tokenizer, Tokenizer::fromGguf(file));
    const Thought thought = thoughtOf(answer.run, tokenizer);
    if (step < 0 || static_cast<std::size_t>(step) >= thought.steps.size())
        return fail(ErrorCode::NotFound, fmt::format("the thought has {} steps, from 0 on", thought.steps.size()));
    const tutor::Step& wanted = thought.steps[static_cast<std::size_t>(step)];
    // Tokens up to the last one that ends at or before the step; what they lack of the text before it is added as text.
    auto reached = std::lower_bound(thought.bytes.begin(), thought.bytes.end(), wanted.begin);
    if (reached == thought.bytes.end() || *reached > wanted.begin)
        reached = std::lower_bound(thought.bytes.begin(), thought.bytes.end(), *(reached - 1));
    StepPlace place;
    place.keep = static_cast<int>(reached - thought.bytes.begin());
    place.before = thought.text.substr(*reached, wanted.begin - *reached);
    const std::size_t end = wanted.text.find_last_not_of(" \t\r\n");
    place.space = wanted.text.substr(end == std::string::npos ? 0 : end + 1);
    return place;
}

} // namespace lemma::app
