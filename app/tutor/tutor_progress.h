#pragma once
// How far the student had come with each answer when the window was closed, so that a session opens as it was left and
// nothing that was covered is uncovered by reopening. State of the user interface, not a preference and not part of the
// conversation: a small file in $XDG_STATE_HOME/lemma.

#include <QString>
#include <QtGlobal>

namespace lemma::app {

class TutorProgress {
public:
    struct Entry {
        int revealed = 0;
        bool released = false;
        QString attempt;
    };

    // An empty file name: nothing is kept.
    explicit TutorProgress(QString fileName) : m_fileName(std::move(fileName)) {}

    Entry load(qint64 answer) const;
    void save(qint64 answer, const Entry& entry);

    static QString defaultFileName();

private:
    QString m_fileName;
};

} // namespace lemma::app
