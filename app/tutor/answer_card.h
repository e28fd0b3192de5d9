#pragma once
// The final answer: covered until the student has typed an attempt or asks to see it; then shown beside the attempt.

#include <QFrame>

#include "app/markdown/markdown_view.h"

class QLineEdit;
class QPushButton;
class QStackedLayout;
class QVBoxLayout;

namespace lemma::app {

class AnswerCard : public QFrame {
    Q_OBJECT

public:
    explicit AnswerCard(const MarkdownTools& tools, QWidget* parent = nullptr);

    // While the answer is covered nothing of it is in any widget: neither to be selected nor read by a screen reader.
    void showAnswer(const QString& answer, const QString& attempt);
    void appendAnswer(const QString& piece); // once shown
    void finishAnswer();

Q_SIGNALS:
    void released(const QString& attempt); // empty: the student asked to see it
    void linkActivated(const QUrl& url);

private:
    void buildCover();

    MarkdownTools m_tools;
    QVBoxLayout* m_layout;
    QWidget* m_cover = nullptr;
    QLineEdit* m_attempt = nullptr;
    QPushButton* m_compare = nullptr;
    MarkdownView* m_answer = nullptr;
};

} // namespace lemma::app
