#include "engine/history/recorder.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <utility>

#include "engine/history/journal.h"
#include "engine/history/title.h"

namespace lemma::engine {
namespace {

using namespace std::chrono_literals;

constexpr auto journalPeriod = 100ms;
constexpr auto retryPeriod = 1s;

Result<SessionId> sessionFor(HistoryStore& store, const TurnRequest& turn, const GenerationRequest& request)
{
    if (turn.answerTo) {
        LEMMA_TRY(const StoredMessage question, store.message(*turn.answerTo));
        return question.session;
    }
    if (turn.session)
        return *turn.session;
    return store.createSession(turn.kind, titleFromMessage(turn.text), request.model.string());
}

Result<MessageId> questionFor(HistoryStore& store, const TurnRequest& turn, SessionId session)
{
    if (turn.answerTo) {
        LEMMA_CHECK(store.setActiveMessage(*turn.answerTo));
        return *turn.answerTo;
    }
    LEMMA_TRY(const Session present, store.session(session));
    return store.addMessage(session, present.activeMessage, {Role::User, turn.text, ""});
}

Result<void> finish(HistoryStore& store, Journal& journal, const Result<GenerationSummary>& outcome)
{
    if (outcome && outcome->consensus) {
        const Result<void> stored = store.recordConsensus(journal.answer(), *outcome->consensus);
        if (!stored && stored.error().code != ErrorCode::NotFound) // deleted by the user: there is still what follows
            return stored;
    }
    if (outcome)
        return journal.finish(outcome->reason, outcome->usage);
    const bool cancelled = outcome.error().code == ErrorCode::Cancelled;
    return journal.finish(cancelled ? EndReason::Cancelled : EndReason::Error, std::nullopt);
}

} // namespace

struct SessionRecorder::Turn {
    explicit Turn(HistoryStore& store, MessageId answer) : journal(store, answer) {}

    Journal journal;
    std::function<void(Result<GenerationSummary>)> onFinished;
    std::optional<Result<GenerationSummary>> outcome;  // set by the service's thread, under the state's mutex
    bool reported = false;                             // onFinished was called
    bool complained = false;                           // onStorageError was called
    bool done = false;                                 // nothing is left to write
    std::chrono::steady_clock::time_point notBefore{}; // of the next attempt, after a failure
};

struct SessionRecorder::State {
    State(HistoryStore theStore, Options theOptions) : store(std::move(theStore)), options(std::move(theOptions)) {}

    std::optional<HistoryStore> store; // of the recorder's thread, which closes it at its end
    Options options;
    std::mutex mutex; // guards what follows, and Turn::outcome
    std::condition_variable_any wake;
    std::deque<std::packaged_task<Result<RecordedTurn>()>> tasks;
    std::vector<std::shared_ptr<Turn>> turns;
    bool runBegan = false; // somewhere: its record is due
    bool ended = false;    // the thread is gone
};

Result<std::unique_ptr<SessionRecorder>> SessionRecorder::open(const std::filesystem::path& path, Options options)
{
    LEMMA_TRY(HistoryStore store, HistoryStore::open(path, options.clock));
    auto state = std::make_shared<State>(std::move(store), std::move(options));
    return std::unique_ptr<SessionRecorder>(new SessionRecorder(std::move(state)));
}

SessionRecorder::SessionRecorder(std::shared_ptr<State> state)
    : m_state(std::move(state)), m_thread([shared = m_state](const std::stop_token& stop) { run(*shared, stop); })
{
}

SessionRecorder::~SessionRecorder() = default;

Result<RecordedTurn> SessionRecorder::begin(const TurnRequest& turn, GenerationRequest& request)
{
    std::packaged_task<Result<RecordedTurn>()> task([&] { return store(m_state, turn, request); });
    std::future<Result<RecordedTurn>> recorded = task.get_future();
    {
        const std::scoped_lock lock(m_state->mutex);
        m_state->tasks.push_back(std::move(task));
        m_state->wake.notify_all();
    }
    return recorded.get();
}

// On the recorder's thread; the caller waits in begin(), so that its request may be changed.
Result<RecordedTurn> SessionRecorder::store(const std::shared_ptr<State>& state, const TurnRequest& asked,
                                            GenerationRequest& request)
{
    HistoryStore& history = *state->store;
    RecordedTurn recorded;
    TurnRequest turn = asked;
    if (turn.goesOnFrom) {
        LEMMA_TRY(const StoredMessage former, history.message(*turn.goesOnFrom));
        if (!former.parent)
            return fail(ErrorCode::InvalidArgument, "history: this answer has no question");
        turn.answerTo = former.parent;
        if (!request.earlier) {
            LEMMA_TRY(RunRecord run, history.run(former.id));
            const int all = static_cast<int>(run.tokens.size());
            request.earlier = EarlierRun{.run = std::move(run), .keep = all, .insert = {}};
        }
    }
    LEMMA_TRY(recorded.session, sessionFor(history, turn, request));
    LEMMA_TRY(recorded.question, questionFor(history, turn, recorded.session));
    if (request.conversation.empty()) {
        LEMMA_TRY(const std::vector<StoredMessage> branch, history.activeBranch(recorded.session));
        request.conversation = toConversation(branch);
    }
    LEMMA_TRY(recorded.answer, history.beginAnswer(recorded.question, request.model.string(), request.sampling));

    auto running = std::make_shared<Turn>(history, recorded.answer);
    running->onFinished = std::move(request.onFinished);
    request.onEvent = [state, running, inner = std::move(request.onEvent)](const Event& event) {
        running->journal.add(event);
        if (inner)
            inner(event);
    };
    request.onRun = [state, running, inner = std::move(request.onRun)](const RunEvent& event) {
        running->journal.add(event);
        if (std::holds_alternative<RunBegun>(event)) {
            const std::scoped_lock lock(state->mutex);
            state->runBegan = true;
            state->wake.notify_all();
        }
        if (inner)
            inner(event);
    };
    request.onFinished = [state, running](Result<GenerationSummary> outcome) {
        std::unique_lock lock(state->mutex);
        if (!state->ended) {
            running->outcome = std::move(outcome);
            state->wake.notify_all();
            return;
        }
        lock.unlock();
        if (running->onFinished)
            running->onFinished(std::move(outcome));
    };
    const std::scoped_lock lock(state->mutex);
    state->turns.push_back(running);
    return recorded;
}

void SessionRecorder::run(State& state, const std::stop_token& stop)
{
    const auto somethingToDo = [&state] {
        return !state.tasks.empty() || state.runBegan ||
               std::any_of(state.turns.begin(), state.turns.end(),
                           [](const auto& turn) { return turn->outcome && !turn->reported; });
    };
    std::unique_lock lock(state.mutex);
    for (bool last = false; !last;) {
        if (state.turns.empty())
            state.wake.wait(lock, stop, somethingToDo);
        else
            state.wake.wait_for(lock, stop, journalPeriod, somethingToDo);
        last = stop.stop_requested();
        auto tasks = std::exchange(state.tasks, {});
        state.runBegan = false;
        const auto turns = state.turns;
        lock.unlock();
        for (auto& task : tasks)
            task();
        for (const auto& turn : turns)
            tend(state, *turn, last);
        lock.lock();
        std::erase_if(state.turns, [](const auto& turn) { return turn->done; });
    }
    state.ended = true;
    state.store.reset(); // journals still collect what a service sends, but nobody writes them any more
}

// Writes what is due; with the outcome at hand, ends the answer and reports it.
void SessionRecorder::tend(State& state, Turn& turn, bool last)
{
    std::optional<Result<GenerationSummary>> outcome;
    {
        const std::scoped_lock lock(state.mutex);
        outcome = turn.outcome;
    }
    const bool report = outcome && !turn.reported;
    const auto now = std::chrono::steady_clock::now();
    if (now < turn.notBefore && !report && !last)
        return;
    const Result<void> written = outcome ? finish(*state.store, turn.journal, *outcome)
                                 : last  ? turn.journal.write()
                                         : turn.journal.writeIfDue();
    const bool deleted = !written && written.error().code == ErrorCode::NotFound;
    turn.done = outcome && (written || deleted);
    if (!written && !deleted) {
        turn.notBefore = now + retryPeriod;
        if (!std::exchange(turn.complained, true) && state.options.onStorageError)
            state.options.onStorageError(written.error());
    }
    if (report) {
        turn.reported = true;
        if (turn.onFinished)
            turn.onFinished(std::move(*outcome));
    }
}

} // namespace lemma::engine
