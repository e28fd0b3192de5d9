#include "app/tutor/tutor_page.h"

#include <QKeyEvent>
#include <QTimer>

#include "app/bridge/error_text.h"
#include "app/bridge/text.h"
#include "app/tutor/tutor_turn_view.h"
#include "app/widgets/prompts.h"
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
    : TalkPage(tools, service, history,
               {.kind = engine::SessionKind::Tutor,
                .welcome = welcome(),
                .instruction = prompt("tutor"),
                .limits = {.maxTokens = MostTokens, .thinkingTokens = ThinkingTokens}},
               parent),
      m_progress(progressFile)
{
}

// Space comes here from wherever it has no meaning of its own; buttons and text fields keep theirs.
void TutorPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && newest())
        turn()->revealNext();
    else
        QWidget::keyPressEvent(event);
}

TurnView* TutorPage::makeTurn(const QString& problem)
{
    auto* view = new TutorTurnView(tools(), problem);
    connect(view, &TutorTurnView::stepShown, &frame().transcript(), &Transcript::reveal);
    return view;
}

TutorTurnView* TutorPage::turn() const { return static_cast<TutorTurnView*>(newest()); } // makeTurn made it

void TutorPage::showStored(const std::vector<engine::StoredMessage>& branch)
{
    for (size_t i = 0; i < branch.size(); ++i) {
        if (branch[i].message.role != engine::Role::User)
            continue;
        const bool answered = i + 1 < branch.size() && branch[i + 1].message.role == engine::Role::Assistant;
        showStoredTurn(branch[i], answered ? &branch[i + 1] : nullptr);
    }
}

void TutorPage::showStoredTurn(const engine::StoredMessage& question, const engine::StoredMessage* answer)
{
    addTurn(toQString(std::string_view(question.message.content)));
    if (!answer) {
        turn()->finish(tr("There is no answer to this yet."));
        return;
    }
    const TutorProgress::Entry entry = m_progress.load(answer->id);
    turn()->load(toQString(std::string_view(answer->message.thought)),
                 toQString(std::string_view(answer->message.content)),
                 answer->endReason ? endReasonText(*answer->endReason) : QString(), entry.revealed, entry.released,
                 entry.attempt);
    rememberAs(answer->id);
}

void TutorPage::rememberAs(engine::MessageId answer)
{
    connect(turn(), &TutorTurnView::progressed, this, [this, view = turn(), answer] {
        const TutorTurn& state = view->turn();
        m_progress.save(answer, {state.revealedCount(), state.isReleased(), state.attempt()});
    });
}

void TutorPage::onAsked()
{
    if (const auto answer = conversation().answer())
        rememberAs(*answer);
    // Once it is visible; from then on Space is for the next step.
    QTimer::singleShot(0, newest(), qOverload<>(&QWidget::setFocus));
}

} // namespace lemma::app
