#include "app/tutor/tutor_progress.h"

#include <QDir>
#include <QSettings>

namespace lemma::app {

TutorProgress::Entry TutorProgress::load(qint64 answer) const
{
    if (m_fileName.isEmpty())
        return {};
    QSettings file(m_fileName, QSettings::IniFormat);
    file.beginGroup(QString::number(answer));
    return {file.value(QStringLiteral("revealed")).toInt(), file.value(QStringLiteral("released")).toBool(),
            file.value(QStringLiteral("attempt")).toString()};
}

void TutorProgress::save(qint64 answer, const Entry& entry)
{
    if (m_fileName.isEmpty())
        return;
    QSettings file(m_fileName, QSettings::IniFormat);
    file.beginGroup(QString::number(answer));
    file.setValue(QStringLiteral("revealed"), entry.revealed);
    file.setValue(QStringLiteral("released"), entry.released);
    file.setValue(QStringLiteral("attempt"), entry.attempt);
}

// Qt 6.4 does not know the state folder.
QString TutorProgress::defaultFileName()
{
    QString state = qEnvironmentVariable("XDG_STATE_HOME");
    if (!QDir::isAbsolutePath(state))
        state = QDir::homePath() + QStringLiteral("/.local/state");
    return state + QStringLiteral("/lemma/tutor.ini");
}

} // namespace lemma::app
