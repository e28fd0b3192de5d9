#include "app/coding/coding_page.h"

#include <QShortcut>
#include <QVBoxLayout>

#include "app/bridge/error_text.h"
#include "app/bridge/summary_text.h"
#include "app/bridge/text.h"
#include "app/coding/coding_turn_view.h"
#include "app/widgets/composer.h"
#include "app/widgets/notice.h"
#include "app/widgets/phase_bar.h"
#include "app/widgets/prompts.h"
#include "app/widgets/talk_frame.h"
#include "app/widgets/transcript.h"

namespace lemma::app {

namespace {

// The context is 16k by default: what is left of it after thought and answer holds the request.
constexpr int ThinkingTokens = 8000;
constexpr int MostTokens = 12000;

TalkFrame::Welcome welcome()
{
    return {CodingPage::tr("What shall the program do?"),
            CodingPage::tr(
                "Ask for code, read it, run it. Programs run in a sandbox without network, files or time to waste."),
            {CodingPage::tr("Write a Python function that returns the n-th Fibonacci number, and print the first ten."),
             CodingPage::tr("Print all primes below 100 in Python.")},
            CodingPage::tr("Describe the program")};
}

} // namespace

CodingPage::CodingPage(const MarkdownTools& tools, engine::GenerationService& service, HistoryService& history,
                       std::shared_ptr<SandboxAccess> sandbox, QWidget* parent)
    : QWidget(parent),
      m_tools(tools),
      m_sandbox(std::move(sandbox)),
      m_conversation(service, history, engine::SessionKind::Coding),
      m_frame(new TalkFrame(tools.appearance, welcome(), this))
{
    m_conversation.setInstruction(prompt("coding"));
    m_conversation.setLimits({.maxTokens = MostTokens, .thinkingTokens = ThinkingTokens});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_frame);
    setFocusProxy(&m_frame->composer());
    auto* escape = new QShortcut(Qt::Key_Escape, this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);

    GenerationSession& generation = m_conversation.generation();
    connect(escape, &QShortcut::activated, &m_conversation, &Conversation::stop);
    connect(&m_frame->composer(), &Composer::sent, this, &CodingPage::ask);
    connect(&m_frame->composer(), &Composer::stopped, &m_conversation, &Conversation::stop);
    connect(&m_conversation, &Conversation::sessionBegun, this, &CodingPage::sessionBegun);
    connect(&m_conversation, &Conversation::notStored, this, [this](const engine::Error& error) {
        const ErrorText text = errorText(error);
        m_frame->transcript().add(new Notice(tr("This conversation is not being saved."), text.wayOut, text.details));
    });
    connect(&generation, &GenerationSession::loading, &m_frame->phase(), &PhaseBar::setLoading);
    connect(&generation, &GenerationSession::reading, &m_frame->phase(), &PhaseBar::setReading);
    connect(&generation, &GenerationSession::thoughtAppended, this, &CodingPage::onThought);
    connect(&generation, &GenerationSession::thoughtEnded, this, [this] { m_turn->endThought(); });
    connect(&generation, &GenerationSession::answerAppended, this, &CodingPage::onAnswer);
    connect(&generation, &GenerationSession::finished, this, &CodingPage::onFinished);
}

void CodingPage::setModel(const std::filesystem::path& model)
{
    m_conversation.setModel(model);
    m_frame->composer().setBlocked(model.empty() ? tr("Choose a model first") : QString());
}

void CodingPage::newSession()
{
    m_conversation.reset();
    m_frame->reset();
    m_turn = nullptr;
}

void CodingPage::openSession(engine::SessionId session)
{
    newSession();
    m_frame->showTranscript();
    const auto branch = m_conversation.open(session);
    if (!branch) {
        const ErrorText text = errorText(branch.error());
        m_frame->transcript().add(new Notice(text.happened, text.wayOut, text.details));
        return;
    }
    for (const engine::StoredMessage& stored : *branch) {
        if (stored.message.role == engine::Role::User) {
            addTurn(toQString(std::string_view(stored.message.content)));
        } else if (m_turn) {
            if (!stored.message.thought.empty())
                m_turn->appendThought(toQString(std::string_view(stored.message.thought)));
            m_turn->appendAnswer(toQString(std::string_view(stored.message.content)));
            m_turn->finish(stored.endReason ? endReasonText(*stored.endReason) : QString());
        }
    }
    m_frame->transcript().scrollToBottom();
}

void CodingPage::addTurn(const QString& request)
{
    m_turn = new CodingTurnView(m_tools, m_sandbox, request);
    connect(m_turn, &CodingTurnView::linkActivated, this, &CodingPage::linkActivated);
    m_frame->transcript().add(m_turn);
}

void CodingPage::ask(const QString& request)
{
    m_frame->showTranscript();
    addTurn(request);
    m_frame->phase().begin();
    m_frame->composer().setRunning(true);
    m_conversation.ask(request);
    m_frame->transcript().scrollToBottom();
}

void CodingPage::onThought(const QString& text)
{
    m_turn->appendThought(text);
    m_frame->phase().setWriting(PhaseBar::Writing::Thinking, m_conversation.generation().generatedTokens());
}

void CodingPage::onAnswer(const QString& text)
{
    m_turn->appendAnswer(text);
    m_frame->transcript().noteNewText();
    m_frame->phase().setWriting(PhaseBar::Writing::Answering, m_conversation.generation().generatedTokens());
}

void CodingPage::onFinished(const engine::Result<engine::GenerationSummary>& result)
{
    m_frame->composer().setRunning(false);
    if (result) {
        m_turn->finish(endReasonText(result->reason));
        m_frame->phase().end(summaryText(*result));
        return;
    }
    const ErrorText text = errorText(result.error());
    m_turn->showError(text.happened, text.wayOut, text.details);
    m_frame->phase().reset();
}

} // namespace lemma::app
