#pragma once
// The developer's page: a request gives an answer with coloured code; Run executes it in the sandbox and shows what
// came of it. Without a sandbox nothing is run, and the reason is shown.

#include <QWidget>
#include <filesystem>
#include <memory>

#include "app/bridge/conversation.h"
#include "app/bridge/sandbox_run.h"
#include "app/markdown/markdown_view.h"

namespace lemma::app {

class CodingTurnView;
class TalkFrame;

class CodingPage : public QWidget {
    Q_OBJECT

public:
    CodingPage(const MarkdownTools& tools, engine::GenerationService& service, HistoryService& history,
               std::shared_ptr<SandboxAccess> sandbox, QWidget* parent = nullptr);

    void setModel(const std::filesystem::path& model);
    void newSession();
    void openSession(engine::SessionId session);
    std::optional<engine::SessionId> session() const { return m_conversation.session(); }

Q_SIGNALS:
    void sessionBegun(qint64 session);
    void linkActivated(const QUrl& url);

private:
    void ask(const QString& request);
    void addTurn(const QString& request);
    void onThought(const QString& text);
    void onAnswer(const QString& text);
    void onFinished(const engine::Result<engine::GenerationSummary>& result);

    MarkdownTools m_tools;
    std::shared_ptr<SandboxAccess> m_sandbox;
    Conversation m_conversation;
    TalkFrame* m_frame;
    CodingTurnView* m_turn = nullptr; // the newest
};

} // namespace lemma::app
