#pragma once
// A coloured block of code with its language, a Copy button and, where the page can run it, a Run button. As tall as
// the code, scrolled sideways where lines are long; text that only grows is appended, not set again.

#include <QFrame>
#include <QString>

namespace KSyntaxHighlighting {
class SyntaxHighlighter;
}

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace lemma::app {

class Appearance;
class CodeColours;

class CodeBlockView : public QFrame {
    Q_OBJECT

public:
    CodeBlockView(const Appearance& appearance, CodeColours& colours, QWidget* parent = nullptr);

    // `closed`: the code is complete and may be run.
    void setCode(const QString& code, const QString& language, bool closed);
    QString code() const { return m_code; }
    QString language() const { return m_language; }

    // Shows the Run button once the code is closed.
    void setRunnable(bool runnable);
    // Puts a widget below the code (the result of a run), in place of an earlier one. Takes ownership.
    void setResult(QWidget* result);

Q_SIGNALS:
    void runRequested(lemma::app::CodeBlockView* block);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void setLanguage(const QString& language);
    void restyle();
    void fitHeight();
    void copy();

    const Appearance& m_appearance;
    CodeColours& m_colours;
    QString m_code;
    QString m_language;
    bool m_closed = false;
    bool m_runnable = false;
    KSyntaxHighlighting::SyntaxHighlighter* m_highlighter = nullptr;
    QVBoxLayout* m_layout;
    QLabel* m_name;
    QPushButton* m_copy;
    QPushButton* m_run;
    QPlainTextEdit* m_text;
    QWidget* m_result = nullptr;
};

} // namespace lemma::app
