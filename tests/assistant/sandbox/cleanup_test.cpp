// Whatever dies in the middle of a run, nothing of it may be left: no process, no descriptor, no file.
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <functional>
#include <sys/wait.h>
#include <thread>

#include "assistant/sandbox/launcher.h"
#include "assistant/sandbox/sandbox.h"
#include "tests/assistant/sandbox/leftovers.h"
#include "tests/assistant/sandbox/sandbox_fixture.h"

using namespace lemma::assistant;
using lemma::tests::processesLeftAfter;
using lemma::tests::processesWith;
using lemma::tests::sandboxRunner;

namespace {

constexpr int kills = 100;

QByteArray newMarker()
{
    static int count = 0;
    return "cleanup-" + QByteArray::number(::getpid()) + "-" + QByteArray::number(++count) + "-end";
}

// A shell, a child and a daemon, all with the marker in their command lines.
Job stubbornJob(const QByteArray& marker)
{
    const std::string script =
        "trap '' TERM HUP INT; (setsid sleep 300.0 &) ; sleep 300.0 & echo up; while :; do :; done";
    Job job;
    job.command = {"/bin/bash", "-c", script, marker.toStdString()};
    job.limits.wall = std::chrono::seconds(60);
    job.limits.cpu = std::chrono::seconds(60);
    return job;
}

// The runner is the child of `parent` that has been started as lemma-sandbox.
pid_t runnerOf(pid_t parent)
{
    QFile children(QString("/proc/%1/task/%1/children").arg(parent));
    if (!children.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& pid : children.readAll().split(' ')) {
        QFile line("/proc/" + QString::fromLatin1(pid) + "/cmdline");
        if (pid.toInt() > 0 && line.open(QIODevice::ReadOnly) && line.readAll().contains("lemma-sandbox"))
            return pid.toInt();
    }
    return 0;
}

// Sleeps for a part of a second that differs from call to call, so that every phase of a start is hit.
void waitForPhase(int round) { QThread::usleep(static_cast<unsigned long>(round % 20) * 2500 + 500); }

int openDescriptors()
{
    return static_cast<int>(QDir("/proc/self/fd").entryList(QDir::AllEntries | QDir::System).size());
}

} // namespace

class CleanupTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const auto reason = lemma::tests::reasonToSkipSandbox())
            QSKIP(qPrintable(*reason));
        // Folders of our own: in the shared ones, tests that run at the same time make and remove files like these.
        QVERIFY(m_folder.isValid());
        qputenv("TMPDIR", m_folder.path().toUtf8());
        qputenv("XDG_RUNTIME_DIR", m_folder.path().toUtf8());
    }

    void runnerIsKilled()
    {
        for (int round = 0; round < kills; ++round) {
            const QByteArray marker = newMarker();
            lemma::engine::Result<JobOutcome> outcome;
            std::jthread run([&] { outcome = runJob(sandboxRunner(), stubbornJob(marker), {}); });
            pid_t runner = 0;
            QTRY_VERIFY((runner = runnerInThisProcess()) != 0);
            waitForPhase(round);
            ::kill(runner, SIGKILL);
            run.join();
            QVERIFY(!outcome.has_value()); // an error of ours, not of the program
            QCOMPARE(processesLeftAfter(marker, 2000), QStringList());
        }
    }

    void applicationIsKilled()
    {
        for (int round = 0; round < kills; ++round) {
            const QByteArray marker = newMarker();
            const pid_t application = ::fork();
            if (application == 0) {
                static_cast<void>(runJob(sandboxRunner(), stubbornJob(marker), {}).has_value());
                ::_exit(0);
            }
            QTRY_VERIFY(runnerOf(application) != 0);
            waitForPhase(round);
            ::kill(application, SIGKILL);
            ::waitpid(application, nullptr, 0);
            QCOMPARE(processesLeftAfter(marker, 2000), QStringList());
        }
    }

    void bubblewrapIsKilled()
    {
        for (int round = 0; round < 10; ++round) {
            const QByteArray marker = newMarker();
            lemma::engine::Result<JobOutcome> outcome;
            std::jthread run([&] { outcome = runJob(sandboxRunner(), stubbornJob(marker), {}); });
            QStringList found;
            QTRY_VERIFY(!(found = processesWith(marker).filter("bwrap")).isEmpty());
            ::kill(found.first().section(':', 0, 0).toInt(), SIGKILL);
            run.join();
            QVERIFY(outcome.has_value());
            QVERIFY(outcome->result.ending == Ending::SandboxFailure || outcome->result.ending == Ending::Signalled);
            QCOMPARE(processesLeftAfter(marker, 0), QStringList()); // the runner waits for the last one
        }
    }

    void cancelledAtEveryPhase()
    {
        for (int round = 0; round < 40; ++round) {
            const QByteArray marker = newMarker();
            std::stop_source source;
            lemma::engine::Result<JobOutcome> outcome;
            std::jthread run([&] { outcome = runJob(sandboxRunner(), stubbornJob(marker), source.get_token()); });
            waitForPhase(round);
            source.request_stop();
            run.join();
            QVERIFY(outcome.has_value());
            QCOMPARE(outcome->result.ending, Ending::Cancelled);
            QCOMPARE(processesLeftAfter(marker, 0), QStringList());
        }
    }

    void manyRunsLeakNothing()
    {
        Job job;
        job.command = {"/bin/true"};
        QVERIFY(runJob(sandboxRunner(), job, {}).has_value());
        const int descriptors = openDescriptors();
        const QStringList temporary = ownFiles();
        for (int i = 0; i < 200; ++i) {
            const auto outcome = runJob(sandboxRunner(), job, {});
            QVERIFY(outcome.has_value());
            QCOMPARE(outcome->result.ending, Ending::Exited);
        }
        QCOMPARE(openDescriptors(), descriptors);
        QCOMPARE(ownFiles(), temporary);
        QCOMPARE(::waitpid(-1, nullptr, WNOHANG), pid_t(-1)); // no child is left, not even a zombie
    }

    void severalAtOnce()
    {
        std::vector<std::jthread> threads;
        std::atomic<int> good = 0;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 10; ++i) {
                    Job job;
                    job.command = {"/bin/echo", std::to_string(t * 100 + i)};
                    const auto outcome = runJob(sandboxRunner(), job, {});
                    good += outcome && outcome->output == job.command[1] + "\n" ? 1 : 0;
                }
            });
        }
        threads.clear();
        QCOMPARE(good.load(), 40);
    }

private:
    // The children of all our threads: the run is on another one.
    static pid_t runnerInThisProcess()
    {
        for (const QString& thread : QDir("/proc/self/task").entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            QFile children("/proc/self/task/" + thread + "/children");
            if (children.open(QIODevice::ReadOnly)) {
                if (const int pid = children.readAll().split(' ').first().toInt(); pid > 0)
                    return pid;
            }
        }
        return 0;
    }

    // Where a sandbox might put something.
    static QStringList ownFiles()
    {
        QStringList files;
        for (const QString& folder : {QDir::tempPath(), QString("/dev/shm")})
            files += QDir(folder).entryList({"bindfile*", "lemma-*", "bubblewrap*"}, QDir::AllEntries | QDir::System);
        return files;
    }

    QTemporaryDir m_folder;
};

QTEST_APPLESS_MAIN(CleanupTest)
#include "cleanup_test.moc"
