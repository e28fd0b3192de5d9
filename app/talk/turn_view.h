#pragma once
// One question on a page and what the model makes of it. A page shows turns below one another and feeds the newest.

#include <QWidget>

namespace lemma::app {

class TurnView : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;
    ~TurnView() override;

    // What the model sends, while it runs.
    virtual void appendThought(const QString& text) = 0;
    virtual void endThought() = 0;
    virtual void appendAnswer(const QString& text) = 0;
    // `note`: why the text is not complete; empty where it is.
    virtual void finish(const QString& note) = 0;
    virtual void showError(const QString& happened, const QString& wayOut, const QString& details) = 0;

    // Whether the reader sees the answer as it comes, and wants to be told that there is more below.
    virtual bool showsAnswer() const { return true; }

Q_SIGNALS:
    void linkActivated(const QUrl& url);
};

} // namespace lemma::app
