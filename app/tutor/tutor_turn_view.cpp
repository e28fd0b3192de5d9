#include "app/tutor/tutor_turn_view.h"

#include "app/tutor/answer_card.h"
#include "app/tutor/step_card.h"
#include "app/widgets/layout.h"
#include "app/widgets/notice.h"

namespace lemma::app {

TutorTurnView::TutorTurnView(const MarkdownTools& tools, const QString& problem, QWidget* parent)
    : TurnView(parent),
      m_tools(tools),
      m_layout(new QVBoxLayout(this)),
      m_stepColumn(new QVBoxLayout),
      m_bar(new QWidget(this)),
      m_next(makeButton(tr("Next step \u2192"), "primary", m_bar)),
      m_ready(makeLabel({}, "muted", m_bar))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::Medium);
    QFrame* said = makeCard("said", this);
    said->setAccessibleName(tr("Problem"));
    auto* text = new MarkdownView(tools, said);
    text->setObjectName(QStringLiteral("problem"));
    text->setMarkdown(problem);
    cardLayout(said)->addWidget(text);
    m_layout->addWidget(said);

    m_stepColumn->setSpacing(space::Small);
    m_layout->addLayout(m_stepColumn);

    auto* row = new QHBoxLayout(m_bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::Medium);
    m_next->setObjectName(QStringLiteral("nextStep"));
    m_next->setToolTip(tr("Show the next step of the reasoning (Space)"));
    m_next->setAccessibleName(tr("Next step"));
    m_ready->setObjectName(QStringLiteral("ready"));
    row->addWidget(m_next);
    row->addWidget(m_ready, 1);
    m_layout->addWidget(m_bar);

    connect(m_next, &QPushButton::clicked, this, &TutorTurnView::revealNext);
    // Has the focus while there is nothing to press, so that Space is for the next step.
    setFocusPolicy(Qt::ClickFocus);
    setAccessibleName(tr("Problem and steps"));
    refresh();
}

void TutorTurnView::appendThought(const QString& text)
{
    m_turn.appendThought(text);
    refresh();
}

void TutorTurnView::endThought()
{
    m_turn.endThought();
    refresh();
}

void TutorTurnView::appendAnswer(const QString& text)
{
    m_turn.appendAnswer(text);
    showAnswerCard();
    if (m_turn.isReleased())
        m_answer->appendAnswer(text);
    refresh();
}

void TutorTurnView::finish(const QString& note)
{
    m_turn.finish();
    if (m_answer)
        m_answer->finishAnswer();
    if (!note.isEmpty())
        m_layout->addWidget(makeLabel(note, "muted", this));
    refresh();
}

void TutorTurnView::showError(const QString& happened, const QString& wayOut, const QString& details)
{
    finish({});
    m_layout->addWidget(new Notice(happened, wayOut, details, this));
}

void TutorTurnView::load(const QString& thought, const QString& answer, const QString& note, int revealed,
                         bool released, const QString& attempt)
{
    if (!thought.isEmpty())
        m_turn.appendThought(thought);
    if (!answer.isEmpty())
        m_turn.appendAnswer(answer);
    m_turn.finish();
    m_turn.restore(0, released, attempt);
    for (int i = 0; i < revealed && m_turn.revealNext(); ++i)
        showStep();
    if (!answer.isEmpty())
        showAnswerCard();
    if (m_answer && released)
        m_answer->showAnswer(answer, attempt);
    finish(note);
    refresh();
}

bool TutorTurnView::revealNext()
{
    if (!m_turn.revealNext())
        return false;
    showStep();
    refresh();
    Q_EMIT stepShown(m_cards.back());
    Q_EMIT progressed();
    return true;
}

void TutorTurnView::showStep()
{
    const int number = static_cast<int>(m_cards.size()) + 1;
    const TutorStep& step = m_turn.steps()[m_cards.size()];
    auto* card = new StepCard(m_tools, step, number, m_turn.covers(step), this);
    connect(card, &StepCard::linkActivated, this, &TutorTurnView::linkActivated);
    m_stepColumn->addWidget(card);
    m_cards.push_back(card);
}

void TutorTurnView::showAnswerCard()
{
    if (m_answer)
        return;
    m_answer = new AnswerCard(m_tools, this);
    connect(m_answer, &AnswerCard::released, this, &TutorTurnView::release);
    connect(m_answer, &AnswerCard::linkActivated, this, &TutorTurnView::linkActivated);
    m_layout->addWidget(m_answer);
}

void TutorTurnView::release(const QString& attempt)
{
    m_turn.release(attempt);
    m_answer->showAnswer(m_turn.answer(), attempt);
    if (m_turn.isFinished())
        m_answer->finishAnswer();
    for (StepCard* card : m_cards)
        card->uncover();
    refresh();
    Q_EMIT progressed();
}

// The bar under the steps: what is ready, or that more is coming, or nothing once everything is shown.
void TutorTurnView::refresh()
{
    const int ready = m_turn.readyCount();
    if (ready == 0 && m_next->hasFocus())
        setFocus();
    m_next->setEnabled(ready > 0);
    if (ready > 0)
        m_ready->setText(m_turn.isFinished() ? tr("%n step(s) left", nullptr, ready)
                                             : tr("%n step(s) ready", nullptr, ready));
    else if (!m_turn.isFinished())
        m_ready->setText(tr("The model is working on the next step\u2026"));
    else
        m_ready->clear();
    m_bar->setVisible(ready > 0 || !m_turn.isFinished());
}

} // namespace lemma::app
