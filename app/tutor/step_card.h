#pragma once
// One step of the thought: its number, its kind, its text; or, while it is covered, only that it states the answer.

#include <QFrame>

#include "app/markdown/markdown_view.h"
#include "app/tutor/tutor_turn.h"

class QVBoxLayout;

namespace lemma::app {

class StepCard : public QFrame {
    Q_OBJECT

public:
    StepCard(const MarkdownTools& tools, const TutorStep& step, int number, bool covered, QWidget* parent = nullptr);

    bool isCovered() const { return m_covered; }
    void uncover();

Q_SIGNALS:
    void linkActivated(const QUrl& url);

private:
    void showText();

    MarkdownTools m_tools;
    TutorStep m_step;
    bool m_covered;
    QWidget* m_content = nullptr;
    QVBoxLayout* m_layout;
};

} // namespace lemma::app
