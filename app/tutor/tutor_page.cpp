#include "app/tutor/tutor_page.h"

#include <QKeyEvent>
#include <QShortcut>
#include <QTimer>
#include <QVBoxLayout>

#include "app/bridge/error_text.h"
#include "app/bridge/summary_text.h"
#include "app/bridge/text.h"
#include "app/tutor/tutor_turn_view.h"
#include "app/widgets/composer.h"
#include "app/widgets/layout.h"
#include "app/widgets/notice.h"
#include "app/widgets/phase_bar.h"
#include "app/widgets/prompts.h"
#include "app/widgets/talk_frame.h"
#include "app/widgets/transcript.h"

namespace lemma::app {

namespace {

// The context is 16k by default: what is left of it after thought and answer holds the problem.
constexpr int ThinkingTokens = 9000;
constexpr int MostTokens = 12000;

TalkFrame::Welcome welcome()
{
    return {TutorPage::tr("What are you working on?"),
            TutorPage::tr(
                "Lemma thinks aloud. You take its reasoning one step at a time, and the answer stays covered until "
                "you have tried."),
            {TutorPage::tr("Solve 3x + 5 = 20."), TutorPage::tr("Find all real x with x\u00b2 - 5x + 6 = 0."),
             TutorPage::tr("A train covers 180 km in 2 hours and 15 minutes. What is its average speed?")},
            TutorPage::tr("Type or paste a problem")};
}

} // namespace

TutorPage::TutorPage(const MarkdownTools& tools, engine::GenerationService& service, HistoryService& history,
                     const QString& progressFile, QWidget* parent)
    : QWidget(parent),
      m_tools(tools),
      m_progress(progressFile),
      m_conversation(service, history, engine::SessionKind::Tutor),
      m_frame(new TalkFrame(tools.appearance, welcome(), this))
{
    m_conversation.setInstruction(prompt("tutor"));
    m_conversation.setLimits({.maxTokens = MostTokens, .thinkingTokens = ThinkingTokens});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_frame);
    setFocusProxy(&m_frame->composer());
    auto* escape = new QShortcut(Qt::Key_Escape, this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, &m_conversation, &Conversation::stop);

    GenerationSession& generation = m_conversation.generation();
    connect(&m_frame->composer(), &Composer::sent, this, &TutorPage::ask);
    connect(&m_frame->composer(), &Composer::stopped, &m_conversation, &Conversation::stop);
    connect(&m_conversation, &Conversation::sessionBegun, this, &TutorPage::sessionBegun);
    connect(&m_conversation, &Conversation::notStored, this, [this](const engine::Error& error) {
        const ErrorText text = errorText(error);
        m_frame->transcript().add(new Notice(tr("This conversation is not being saved."), text.wayOut, text.details));
    });
    connect(&generation, &GenerationSession::loading, &m_frame->phase(), &PhaseBar::setLoading);
    connect(&generation, &GenerationSession::reading, &m_frame->phase(), &PhaseBar::setReading);
    connect(&generation, &GenerationSession::thoughtAppended, this, [this](const QString& text) {
        m_thinking = true;
        m_turn->appendThought(text);
        onWriting();
    });
    connect(&generation, &GenerationSession::thoughtEnded, this, [this] { m_turn->endThought(); });
    connect(&generation, &GenerationSession::answerAppended, this, [this](const QString& text) {
        m_thinking = false;
        m_turn->appendAnswer(text);
        if (m_turn->turn().isReleased())
            m_frame->transcript().noteNewText();
        onWriting();
    });
    connect(&generation, &GenerationSession::finished, this, &TutorPage::onFinished);
}

// Space comes here from wherever it has no meaning of its own; buttons and text fields keep theirs.
void TutorPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && m_turn)
        m_turn->revealNext();
    else
        QWidget::keyPressEvent(event);
}

void TutorPage::setModel(const std::filesystem::path& model)
{
    m_conversation.setModel(model);
    m_frame->composer().setBlocked(model.empty() ? tr("Choose a model first") : QString());
}

void TutorPage::newSession()
{
    m_conversation.reset();
    m_frame->reset();
    m_turn = nullptr;
}

void TutorPage::openSession(engine::SessionId session)
{
    newSession();
    m_frame->showTranscript();
    const auto branch = m_conversation.open(session);
    if (!branch) {
        const ErrorText text = errorText(branch.error());
        m_frame->transcript().add(new Notice(text.happened, text.wayOut, text.details));
        return;
    }
    for (size_t i = 0; i < branch->size(); ++i) {
        const engine::StoredMessage& message = (*branch)[i];
        if (message.message.role != engine::Role::User)
            continue;
        const bool answered = i + 1 < branch->size() && (*branch)[i + 1].message.role == engine::Role::Assistant;
        addStoredTurn(message, answered ? &(*branch)[i + 1] : nullptr);
    }
    m_frame->transcript().scrollToBottom();
}

void TutorPage::addTurn(const QString& problem)
{
    m_turn = new TutorTurnView(m_tools, problem);
    connect(m_turn, &TutorTurnView::stepShown, &m_frame->transcript(), &Transcript::reveal);
    connect(m_turn, &TutorTurnView::linkActivated, this, &TutorPage::linkActivated);
    m_frame->transcript().add(m_turn);
}

void TutorPage::addStoredTurn(const engine::StoredMessage& question, const engine::StoredMessage* answer)
{
    addTurn(toQString(std::string_view(question.message.content)));
    if (!answer) {
        m_turn->finish(tr("There is no answer to this yet."));
        return;
    }
    const TutorProgress::Entry entry = m_progress.load(answer->id);
    m_turn->load(toQString(std::string_view(answer->message.thought)),
                 toQString(std::string_view(answer->message.content)),
                 answer->endReason ? endReasonText(*answer->endReason) : QString(), entry.revealed, entry.released,
                 entry.attempt);
    connect(m_turn, &TutorTurnView::progressed, this, [this, turn = m_turn, id = answer->id] { remember(*turn, id); });
}

void TutorPage::remember(const TutorTurnView& turn, qint64 answer)
{
    m_progress.save(answer, {turn.turn().revealedCount(), turn.turn().isReleased(), turn.turn().attempt()});
}

void TutorPage::ask(const QString& problem)
{
    m_frame->showTranscript();
    addTurn(problem);
    m_thinking = false;
    m_frame->phase().begin();
    m_frame->composer().setRunning(true);
    m_conversation.ask(problem);
    if (const auto answer = m_conversation.answer())
        connect(m_turn, &TutorTurnView::progressed, this, [this, turn = m_turn, id = *answer] { remember(*turn, id); });
    m_frame->transcript().scrollToBottom();
    // Once it is visible; from then on Space is for the next step.
    QTimer::singleShot(0, m_turn, qOverload<>(&QWidget::setFocus));
}

void TutorPage::onWriting()
{
    m_frame->phase().setWriting(m_thinking ? PhaseBar::Writing::Thinking : PhaseBar::Writing::Answering,
                                m_conversation.generation().generatedTokens());
}

void TutorPage::onFinished(const engine::Result<engine::GenerationSummary>& result)
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
