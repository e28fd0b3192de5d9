#pragma once
// The frame of a page that talks with the model: a welcome while nothing has been said, then the transcript; below it
// what the model is doing, and the field to type in.

#include <QStringList>
#include <QWidget>

namespace lemma::app {

class Appearance;
class Composer;
class PhaseBar;
class Transcript;

class TalkFrame : public QWidget {
    Q_OBJECT

public:
    struct Welcome {
        QString title;
        QString explanation;
        QStringList examples; // buttons that put their text into the field
        QString placeholder;  // of the field
    };

    TalkFrame(const Appearance& appearance, const Welcome& welcome, QWidget* parent = nullptr);

    Transcript& transcript() { return *m_transcript; }
    PhaseBar& phase() { return *m_phase; }
    Composer& composer() { return *m_composer; }

    // Back to the welcome, empty.
    void reset();
    void showTranscript();

private:
    QWidget* makeWelcome(const Welcome& welcome);

    QWidget* m_welcome;
    Transcript* m_transcript;
    PhaseBar* m_phase;
    Composer* m_composer;
};

} // namespace lemma::app
