#pragma once
// Finds processes that a sandboxed program left behind: from outside, every process is in /proc, whatever namespace it
// is in.

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QStringList>
#include <QThread>

namespace lemma::tests {

// Command lines that contain `marker`, apart from our own process.
inline QStringList processesWith(const QByteArray& marker)
{
    QStringList found;
    for (const QString& pid : QDir("/proc").entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile file("/proc/" + pid + "/cmdline");
        if (pid.toInt() <= 0 || pid.toInt() == ::getpid() || !file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray line = file.readAll();
        if (line.contains(marker))
            found << pid + ": " + QString::fromUtf8(line).replace(QChar(0), ' ').left(120);
    }
    return found;
}

// The same, once they have had `milliseconds` to go away.
inline QStringList processesLeftAfter(const QByteArray& marker, int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    QStringList found = processesWith(marker);
    while (!found.isEmpty() && timer.elapsed() < milliseconds) {
        QThread::msleep(5);
        found = processesWith(marker);
    }
    return found;
}

} // namespace lemma::tests
