#pragma once
// A page on which a person talks with the model: the field, the phases, the transcript of turns, Stop, stored sessions,
// errors. What a turn looks like is the page's own:
//
//     class CodingPage : public TalkPage {
//         TurnView* makeTurn(const QString& request) override;           // a turn that is about to be answered
//         void showStored(const std::vector<StoredMessage>&) override;   // a session from the history
//     };
//
// GUI thread only.

#include <QWidget>
#include <filesystem>

#include "app/bridge/conversation.h"
#include "app/markdown/markdown_view.h"
#include "app/widgets/phase_bar.h"
#include "app/widgets/talk_frame.h"

namespace lemma::app {

class TurnView;

class TalkPage : public QWidget {
    Q_OBJECT

public:
    struct Setup {
        engine::SessionKind kind;
        TalkFrame::Welcome welcome;
        QString instruction; // for the model, with the first message
        engine::GenerationLimits limits;
    };

    TalkPage(const MarkdownTools& tools, engine::GenerationService& service, HistoryService& history,
             const Setup& setup, QWidget* parent = nullptr);

    void setModel(const std::filesystem::path& model);
    void newSession();
    void openSession(engine::SessionId session);
    std::optional<engine::SessionId> session() const { return m_conversation.session(); }

Q_SIGNALS:
    void sessionBegun(qint64 session);
    void linkActivated(const QUrl& url);

protected:
    virtual TurnView* makeTurn(const QString& question) = 0;
    virtual void showStored(const std::vector<engine::StoredMessage>& branch) = 0;
    // The newest turn's question is on its way to the model.
    virtual void onAsked() {}

    const MarkdownTools& tools() const { return m_tools; }
    Conversation& conversation() { return m_conversation; }
    TalkFrame& frame() { return *m_frame; }
    // Makes a turn and puts it last; it is the newest now.
    TurnView* addTurn(const QString& question);
    TurnView* newest() const { return m_newest; } // null in an empty session

private:
    void connectControls();
    void connectGeneration();
    void ask(const QString& question);
    void onWriting(PhaseBar::Writing what);
    void onFinished(const engine::Result<engine::GenerationSummary>& result);

    MarkdownTools m_tools;
    Conversation m_conversation;
    TalkFrame* m_frame;
    TurnView* m_newest = nullptr;
};

} // namespace lemma::app
