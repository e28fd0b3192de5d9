// What the sandbox costs over plain fork and exec:  ctest -L bench -R sandbox -V
#include <QTest>

#include <algorithm>
#include <array>
#include <spawn.h>
#include <sys/wait.h>

#include "assistant/sandbox/launcher.h"
#include "tests/assistant/sandbox/sandbox_fixture.h"

using namespace lemma::assistant;

namespace {

using Times = std::vector<double>;

template <class Run>
void measure(Times& times, Run run)
{
    const auto start = std::chrono::steady_clock::now();
    run();
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
}

double median(Times times)
{
    std::ranges::sort(times);
    return times[times.size() / 2];
}

// The options of ours that cost time, without the runner, the helper, Landlock, seccomp and limits.
std::vector<std::string> inBubblewrapAlone(const std::vector<std::string>& command)
{
    std::vector<std::string> whole{"/usr/bin/bwrap",
                                   "--unshare-all",
                                   "--unshare-user",
                                   "--disable-userns",
                                   "--cap-drop",
                                   "ALL",
                                   "--die-with-parent",
                                   "--new-session",
                                   "--clearenv",
                                   "--ro-bind",
                                   "/usr",
                                   "/usr",
                                   "--symlink",
                                   "usr/bin",
                                   "/bin",
                                   "--symlink",
                                   "usr/lib",
                                   "/lib",
                                   "--symlink",
                                   "usr/lib64",
                                   "/lib64",
                                   "--proc",
                                   "/proc",
                                   "--dev",
                                   "/dev",
                                   "--size",
                                   "67108864",
                                   "--tmpfs",
                                   "/tmp",
                                   "--dir",
                                   "/tmp/w",
                                   "--size",
                                   "16777216",
                                   "--tmpfs",
                                   "/dev/shm",
                                   "--remount-ro",
                                   "/dev",
                                   "--remount-ro",
                                   "/",
                                   "--chdir",
                                   "/tmp/w",
                                   "--"};
    whole.insert(whole.end(), command.begin(), command.end());
    return whole;
}

void runPlainly(const std::vector<std::string>& command)
{
    std::vector<char*> arguments;
    for (const std::string& argument : command)
        arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    std::array<char*, 1> environment{nullptr};
    pid_t pid = 0;
    QCOMPARE(::posix_spawn(&pid, arguments[0], nullptr, nullptr, arguments.data(), environment.data()), 0);
    ::waitpid(pid, nullptr, 0);
}

} // namespace

class SandboxBench : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const auto reason = lemma::tests::reasonToSkipSandbox())
            QSKIP(qPrintable(*reason));
    }

    void cost_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::newRow("true") << QStringList{"/bin/true"};
        QTest::newRow("python") << QStringList{"/usr/bin/python3", "-I", "-S", "-c", "pass"};
    }
    void cost()
    {
        QFETCH(QStringList, command);
        Job job;
        for (const QString& argument : command)
            job.command.push_back(argument.toStdString());
        if (::access(job.command.front().c_str(), X_OK) != 0)
            QSKIP("not installed");
        Times plain;
        Times bubblewrap;
        Times sandboxed;
        for (int i = 0; i < 100; ++i) { // in turn, so that whatever else the machine does hits all three
            measure(plain, [&] { runPlainly(job.command); });
            measure(bubblewrap, [&] { runPlainly(inBubblewrapAlone(job.command)); });
            measure(sandboxed, [&] {
                const auto outcome = runJob(lemma::tests::sandboxRunner(), job, {});
                QVERIFY(outcome && outcome->result.ending == Ending::Exited);
            });
        }
        qInfo("medians of 100 in ms: plain %.2f, bubblewrap alone %.2f, sandbox %.2f: over plain %.2f, over bubblewrap "
              "%.2f; best "
              "of 100: %.2f, %.2f, %.2f",
              median(plain), median(bubblewrap), median(sandboxed), median(sandboxed) - median(plain),
              median(sandboxed) - median(bubblewrap), std::ranges::min(plain), std::ranges::min(bubblewrap),
              std::ranges::min(sandboxed));
    }
};

QTEST_APPLESS_MAIN(SandboxBench)
#include "sandbox_bench.moc"
