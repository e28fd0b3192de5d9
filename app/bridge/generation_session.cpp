#include "app/bridge/generation_session.h"

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "app/bridge/text.h"

namespace lemma::app {

using engine::AnswerDelta;
using engine::Event;
using engine::GenerationSummary;
using engine::Loading;
using engine::Prefill;
using engine::Result;
using engine::ThoughtDelta;
using engine::ThoughtEnd;

namespace {

// Melts `next` into `last` where the two say the same kind of thing; keeps the mailbox small however slow the reader.
bool merge(Event& last, const Event& next)
{
    if (last.index() != next.index())
        return false;
    const auto append = [&next]<class Delta>(Delta& into) {
        const Delta& more = std::get<Delta>(next);
        into.text += more.text;
        into.tokens.end = more.tokens.end;
    };
    if (auto* thought = std::get_if<ThoughtDelta>(&last))
        append(*thought);
    else if (auto* answer = std::get_if<AnswerDelta>(&last))
        append(*answer);
    else
        last = next;
    return true;
}

} // namespace

// Shared with the service's thread; outlives the session if need be.
struct GenerationSession::Mailbox {
    std::mutex mutex;
    GenerationSession* receiver = nullptr; // cleared, under the mutex, by detach()
    std::vector<Event> events;
    std::optional<Result<GenerationSummary>> result;
    bool posted = false;

    // Service's thread, mutex held. The signal is empty on purpose: data crosses under the mutex, never in Qt's queue.
    void wake()
    {
        if (posted || !receiver)
            return;
        posted = true;
        Q_EMIT receiver->wakeUp(QPrivateSignal());
    }
};

GenerationSession::GenerationSession(engine::GenerationService& service, QObject* parent)
    : QObject(parent), m_service(service)
{
    connect(this, &GenerationSession::wakeUp, this, &GenerationSession::drain, Qt::QueuedConnection);
}

GenerationSession::~GenerationSession() { detach(); }

void GenerationSession::detach()
{
    m_stop.request_stop();
    m_running = false;
    if (!m_mailbox)
        return;
    const std::scoped_lock lock(m_mailbox->mutex);
    m_mailbox->receiver = nullptr;
}

void GenerationSession::start(engine::GenerationRequest request,
                              const std::function<void(engine::GenerationRequest&)>& prepare)
{
    detach();
    m_stop = std::stop_source();
    m_generatedTokens = 0;
    m_running = true;
    m_mailbox = std::make_shared<Mailbox>();
    m_mailbox->receiver = this;
    request.stop = m_stop.get_token();
    request.onEvent = [box = m_mailbox](const Event& event) {
        const std::scoped_lock lock(box->mutex);
        if (box->events.empty() || !merge(box->events.back(), event))
            box->events.push_back(event);
        box->wake();
    };
    request.onFinished = [box = m_mailbox](Result<GenerationSummary> result) {
        const std::scoped_lock lock(box->mutex);
        box->result = std::move(result);
        box->wake();
    };
    if (prepare)
        prepare(request);
    m_service.submit(std::move(request));
}

void GenerationSession::stop()
{
    if (!m_running)
        return;
    m_stop.request_stop();
    drain();
    if (!m_running)
        return; // it had ended by itself a moment before
    detach();
    GenerationSummary summary;
    summary.reason = engine::EndReason::Cancelled;
    Q_EMIT finished(summary);
}

// May run for a wake-up of a replaced mailbox; it then finds the new one with little or nothing in it.
void GenerationSession::drain()
{
    if (!m_running)
        return;
    std::vector<Event> events;
    std::optional<Result<GenerationSummary>> result;
    const std::shared_ptr<Mailbox> box = m_mailbox;
    {
        const std::scoped_lock lock(box->mutex);
        events.swap(box->events);
        result.swap(box->result);
        box->posted = false;
    }
    for (const Event& event : events) {
        deliver(event);
        if (box != m_mailbox || !m_running)
            return; // a slot stopped us or started another request
    }
    if (result) {
        m_running = false;
        Q_EMIT finished(*result);
    }
}

void GenerationSession::deliver(const Event& event)
{
    const auto text = [this](const auto& delta) {
        m_generatedTokens += delta.tokens.end - delta.tokens.begin;
        return toQString(std::string_view(delta.text));
    };
    if (const auto* load = std::get_if<Loading>(&event))
        Q_EMIT loading(static_cast<double>(load->fraction));
    else if (const auto* prefill = std::get_if<Prefill>(&event))
        Q_EMIT reading(prefill->done, prefill->total, prefill->reused);
    else if (const auto* thought = std::get_if<ThoughtDelta>(&event))
        Q_EMIT thoughtAppended(text(*thought));
    else if (const auto* end = std::get_if<ThoughtEnd>(&event))
        Q_EMIT thoughtEnded(end->tokens);
    else if (const auto* answer = std::get_if<AnswerDelta>(&event))
        Q_EMIT answerAppended(text(*answer));
}

} // namespace lemma::app
