#pragma once
// One conversation partner on the GUI thread: engine callbacks become Qt signals here and nowhere else.
//
//     auto* session = new GenerationSession(service, this);
//     connect(session, &GenerationSession::answerAppended, view, &MarkdownView::append);
//     connect(session, &GenerationSession::finished, this, &Page::onFinished);
//     session->start(std::move(request));
//
// Lives on the GUI thread; all signals are emitted there. What the service's thread tells is put in a mailbox under a
// mutex, where neighbouring pieces of text melt together; Qt's queue carries one empty wake-up until the mailbox is
// drained, so a fast decoder cannot flood the event loop. stop() takes effect at once: what has arrived is delivered,
// finished(Cancelled) follows before stop() returns, and what the engine still sends is dropped. The destructor stops a
// running request; the service never sees a dangling pointer.

#include <QObject>
#include <QString>
#include <functional>
#include <memory>
#include <stop_token>

#include "engine/runtime/generation_service.h"

namespace lemma::app {

class GenerationSession : public QObject {
    Q_OBJECT

public:
    explicit GenerationSession(engine::GenerationService& service, QObject* parent = nullptr);
    ~GenerationSession() override;

    // Abandons a running request and submits this one, with our stop token and callbacks. `prepare` may wrap those
    // before it is submitted: the recorder does, so that what is reported as finished is stored already.
    void start(engine::GenerationRequest request, const std::function<void(engine::GenerationRequest&)>& prepare = {});
    void stop();
    bool isRunning() const { return m_running; }

    // Tokens of thought and answer so far.
    int generatedTokens() const { return m_generatedTokens; }

Q_SIGNALS:
    void loading(double fraction);
    void reading(int done, int total, int reused);
    void thoughtAppended(const QString& text);
    void thoughtEnded(int tokens);
    void answerAppended(const QString& text);
    // Exactly once for each start() that is not replaced by another.
    void finished(const lemma::engine::Result<lemma::engine::GenerationSummary>& result);

    void wakeUp(QPrivateSignal);

private:
    struct Mailbox;

    void detach();
    void drain();
    void deliver(const engine::Event& event);

    engine::GenerationService& m_service;
    std::shared_ptr<Mailbox> m_mailbox;
    std::stop_source m_stop;
    int m_generatedTokens = 0;
    bool m_running = false;
};

} // namespace lemma::app
