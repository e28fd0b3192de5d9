#pragma once
// Joins a GenerationService and the history: each turn is stored while it happens.
//
//     LEMMA_TRY(auto recorder, SessionRecorder::open(defaultHistoryPath(), {}));
//     GenerationRequest request = ...;                       // model, sampling, limits, stop, onEvent, onFinished
//     LEMMA_TRY(RecordedTurn turn, recorder->begin({.kind = SessionKind::Tutor, .text = problem}, request));
//     service.submit(std::move(request));
//
// begin() returns after the user's message is committed: only then is there anything to lose. It fills
// request.conversation from the active branch where the caller left it empty, and wraps onEvent and onFinished.
//
// Threads: the recorder has a thread of its own, which owns its connection. begin() may be called from any thread and
// blocks for two commits (milliseconds on a healthy disk). onEvent still comes from the service's thread; onFinished
// comes exactly once from the recorder's thread, after the answer is stored, so that whoever then reads the history
// finds it; it must not call the recorder.
//
// Several chains for one question (consensus.h) are stored when they have all ended: the winner as the answer, the
// others beside it. What they had written when the program is killed before that is lost.
//
// A failing disk never stops an answer: the text stays in memory and is tried again every second until the recorder
// is destroyed; onStorageError tells of the first failure of a turn. Destroy the service before the recorder; a turn
// that still runs then is left unfinished in the store and its onFinished comes from the service's thread.

#include <functional>
#include <memory>
#include <thread>

#include "engine/history/history_store.h"
#include "engine/runtime/generation_service.h"

namespace lemma::engine {

struct TurnRequest {
    std::optional<SessionId> session; // none: a new one, with a title made from the text
    SessionKind kind = SessionKind::Ask;
    std::string text;                  // of the user; unused where answerTo is set
    std::optional<MessageId> answerTo; // another answer to a message that exists (regenerate)
    // Another answer beside this one that begins as its run did: request.earlier says how, and is filled in where the
    // caller left it empty, to go on at its end. The answer that is there stays.
    std::optional<MessageId> goesOnFrom;
};

struct RecordedTurn {
    SessionId session = 0;
    MessageId question = 0;
    MessageId answer = 0;
};

class SessionRecorder {
public:
    struct Options {
        std::function<void(const Error&)> onStorageError; // on the recorder's thread
        WallClock clock;
    };

    static Result<std::unique_ptr<SessionRecorder>> open(const std::filesystem::path& path, Options options);
    ~SessionRecorder();

    Result<RecordedTurn> begin(const TurnRequest& turn, GenerationRequest& request);

private:
    struct State;
    struct Turn;
    explicit SessionRecorder(std::shared_ptr<State> state);

    static Result<RecordedTurn> store(const std::shared_ptr<State>& state, const TurnRequest& turn,
                                      GenerationRequest& request);
    static void run(State& state, const std::stop_token& stop);
    static void tend(State& state, Turn& turn, bool last);

    std::shared_ptr<State> m_state; // shared with the callbacks of running requests
    std::jthread m_thread;
};

} // namespace lemma::engine
