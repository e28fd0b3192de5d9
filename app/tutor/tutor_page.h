#pragma once
// The student's page: a problem goes in, the model's reasoning comes out one step at a time, the answer stays covered
// until the student has tried or asks for it.

#include <QWidget>
#include <filesystem>

#include "app/bridge/conversation.h"
#include "app/markdown/markdown_view.h"
#include "app/tutor/tutor_progress.h"

namespace lemma::app {

class TalkFrame;
class TutorTurnView;

class TutorPage : public QWidget {
    Q_OBJECT

public:
    TutorPage(const MarkdownTools& tools, engine::GenerationService& service, HistoryService& history,
              const QString& progressFile, QWidget* parent = nullptr);

    void setModel(const std::filesystem::path& model);
    void newSession();
    void openSession(engine::SessionId session);
    std::optional<engine::SessionId> session() const { return m_conversation.session(); }

Q_SIGNALS:
    void sessionBegun(qint64 session);
    void linkActivated(const QUrl& url);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void ask(const QString& problem);
    void addTurn(const QString& problem);
    void addStoredTurn(const engine::StoredMessage& question, const engine::StoredMessage* answer);
    void remember(const TutorTurnView& turn, qint64 answer);
    void onFinished(const engine::Result<engine::GenerationSummary>& result);
    void onWriting();

    MarkdownTools m_tools;
    TutorProgress m_progress;
    Conversation m_conversation;
    TalkFrame* m_frame;
    TutorTurnView* m_turn = nullptr; // the newest
    bool m_thinking = false;
};

} // namespace lemma::app
