#include "app/talk/talk_page.h"

#include <QShortcut>
#include <QVBoxLayout>

#include "app/bridge/error_text.h"
#include "app/bridge/summary_text.h"
#include "app/talk/turn_view.h"
#include "app/widgets/composer.h"
#include "app/widgets/notice.h"
#include "app/widgets/transcript.h"

namespace lemma::app {

TalkPage::TalkPage(const MarkdownTools& tools, engine::GenerationService& service, HistoryService& history,
                   const Setup& setup, QWidget* parent)
    : QWidget(parent),
      m_tools(tools),
      m_conversation(service, history, setup.kind),
      m_frame(new TalkFrame(tools.appearance, setup.welcome, this))
{
    m_conversation.setInstruction(setup.instruction);
    m_conversation.setLimits(setup.limits);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_frame);
    setFocusProxy(&m_frame->composer());
    connectControls();
    connectGeneration();
}

void TalkPage::connectControls()
{
    auto* escape = new QShortcut(Qt::Key_Escape, this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, &m_conversation, &Conversation::stop);
    connect(&m_frame->composer(), &Composer::sent, this, &TalkPage::ask);
    connect(&m_frame->composer(), &Composer::stopped, &m_conversation, &Conversation::stop);
    connect(&m_conversation, &Conversation::sessionBegun, this, &TalkPage::sessionBegun);
    connect(&m_conversation, &Conversation::notStored, this, [this](const engine::Error& error) {
        const ErrorText text = errorText(error);
        m_frame->transcript().add(new Notice(tr("This conversation is not being saved."), text.wayOut, text.details));
    });
}

void TalkPage::connectGeneration()
{
    GenerationSession& generation = m_conversation.generation();
    connect(&generation, &GenerationSession::loading, &m_frame->phase(), &PhaseBar::setLoading);
    connect(&generation, &GenerationSession::reading, &m_frame->phase(), &PhaseBar::setReading);
    connect(&generation, &GenerationSession::thoughtAppended, this, [this](const QString& text) {
        m_newest->appendThought(text);
        onWriting(PhaseBar::Writing::Thinking);
    });
    connect(&generation, &GenerationSession::thoughtEnded, this, [this] { m_newest->endThought(); });
    connect(&generation, &GenerationSession::answerAppended, this, [this](const QString& text) {
        m_newest->appendAnswer(text);
        if (m_newest->showsAnswer())
            m_frame->transcript().noteNewText();
        onWriting(PhaseBar::Writing::Answering);
    });
    connect(&generation, &GenerationSession::finished, this, &TalkPage::onFinished);
}

void TalkPage::setModel(const std::filesystem::path& model)
{
    m_conversation.setModel(model);
    m_frame->composer().setBlocked(model.empty() ? tr("Choose a model first") : QString());
}

void TalkPage::newSession()
{
    m_conversation.reset();
    m_frame->reset();
    m_newest = nullptr;
}

void TalkPage::openSession(engine::SessionId session)
{
    newSession();
    m_frame->showTranscript();
    const auto branch = m_conversation.open(session);
    if (!branch) {
        const ErrorText text = errorText(branch.error());
        m_frame->transcript().add(new Notice(text.happened, text.wayOut, text.details));
        return;
    }
    showStored(*branch);
    m_frame->transcript().scrollToBottom();
}

TurnView* TalkPage::addTurn(const QString& question)
{
    m_newest = makeTurn(question);
    connect(m_newest, &TurnView::linkActivated, this, &TalkPage::linkActivated);
    m_frame->transcript().add(m_newest);
    return m_newest;
}

void TalkPage::ask(const QString& question)
{
    m_frame->showTranscript();
    addTurn(question);
    m_frame->phase().begin();
    m_frame->composer().setRunning(true);
    m_conversation.ask(question);
    onAsked();
    m_frame->transcript().scrollToBottom();
}

void TalkPage::onWriting(PhaseBar::Writing what)
{
    m_frame->phase().setWriting(what, m_conversation.generation().generatedTokens());
}

void TalkPage::onFinished(const engine::Result<engine::GenerationSummary>& result)
{
    m_frame->composer().setRunning(false);
    if (result) {
        m_newest->finish(endReasonText(result->reason));
        m_frame->phase().end(summaryText(*result));
        return;
    }
    const ErrorText text = errorText(result.error());
    m_newest->showError(text.happened, text.wayOut, text.details);
    m_frame->phase().reset();
}

} // namespace lemma::app
