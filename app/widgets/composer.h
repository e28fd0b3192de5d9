#pragma once
// Where the user types: a field that grows with its text, Send, and Stop in its place while something runs.
// Return sends, Shift+Return begins a new line, Escape (anywhere in the page) is for the page to bind to stop.

#include <QFrame>

class QLabel;
class QPushButton;
class QTextEdit;

namespace lemma::app {

class Appearance;

class Composer : public QFrame {
    Q_OBJECT

public:
    Composer(const Appearance& appearance, const QString& placeholder, QWidget* parent = nullptr);

    QString text() const;
    void setText(const QString& text);
    void clear();
    void setRunning(bool running);
    // Nothing can be sent, and why; empty: it can.
    void setBlocked(const QString& reason);
    QTextEdit* editor() const { return m_editor; }

Q_SIGNALS:
    void sent(const QString& text);
    void stopped();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void send();
    void refresh();
    void fitHeight();
    void restyle();

    const Appearance& m_appearance;
    QTextEdit* m_editor;
    QPushButton* m_send;
    QPushButton* m_stop;
    QString m_blocked;
    bool m_running = false;
};

} // namespace lemma::app
