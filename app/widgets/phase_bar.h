#pragma once
// What the model is doing, with numbers: loading, reading, thinking, answering; hidden when it does nothing.
//
//     bar->begin();                         // from the moment of Send
//     bar->setLoading(0.4); bar->setReading(64, 300, 0); bar->setWriting(PhaseBar::Writing::Thinking, 120);
//     bar->end(tr("Done"));
//
// Text is updated at most a few times a second, and only the change of phase is announced to screen readers.

#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QProgressBar;

namespace lemma::app {

class PhaseBar : public QWidget {
    Q_OBJECT

public:
    enum class Writing : quint8 { Thinking, Answering };

    explicit PhaseBar(QWidget* parent = nullptr);

    void begin();
    void setLoading(double fraction);
    void setReading(int done, int total, int reused);
    void setWriting(Writing what, int tokens); // tokens of thought and answer so far
    void end(const QString& summary);
    void reset();

    QString text() const;

private:
    void showPhase(const QString& phase, const QString& numbers, int permille);

    QLabel* m_text;
    QProgressBar* m_progress;
    QElapsedTimer m_writing; // since the first token
    QElapsedTimer m_shown;   // since the numbers were last put up
    QString m_phase;
    bool m_wrote = false;
};

} // namespace lemma::app
