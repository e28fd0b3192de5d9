#pragma once
// One problem on the page: what was asked, the steps taken out so far, "Next step", and the answer.

#include <vector>

#include "app/markdown/markdown_view.h"
#include "app/talk/turn_view.h"
#include "app/tutor/tutor_turn.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace lemma::app {

class AnswerCard;
class StepCard;

class TutorTurnView : public TurnView {
    Q_OBJECT

public:
    TutorTurnView(const MarkdownTools& tools, const QString& problem, QWidget* parent = nullptr);

    void appendThought(const QString& text) override;
    void endThought() override;
    void appendAnswer(const QString& text) override;
    void finish(const QString& note) override;
    void showError(const QString& happened, const QString& wayOut, const QString& details) override;
    bool showsAnswer() const override { return m_turn.isReleased(); }

    // A turn from the history: shown as the student left it.
    void load(const QString& thought, const QString& answer, const QString& note, int revealed, bool released,
              const QString& attempt);

    bool revealNext(); // false when nothing is ready
    const TutorTurn& turn() const { return m_turn; }

Q_SIGNALS:
    void progressed(); // a step was revealed or the answer released: worth remembering
    void stepShown(QWidget* card);

private:
    void showStep();
    void showAnswerCard();
    void release(const QString& attempt);
    void refresh();

    MarkdownTools m_tools;
    TutorTurn m_turn;
    QVBoxLayout* m_layout;
    QVBoxLayout* m_stepColumn;
    std::vector<StepCard*> m_cards;
    QWidget* m_bar;
    QPushButton* m_next;
    QLabel* m_ready;
    AnswerCard* m_answer = nullptr;
};

} // namespace lemma::app
