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

template <class Run>
double medianMilliseconds(Run run)
{
    std::array<double, 100> times{};
    for (double& time : times) {
        const auto start = std::chrono::steady_clock::now();
        run();
        time = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    }
    std::ranges::sort(times);
    return times[times.size() / 2];
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
        const double plain = medianMilliseconds([&] { runPlainly(job.command); });
        const double sandboxed = medianMilliseconds(
            [&] { QVERIFY(runJob(lemma::tests::sandboxRunner(), job, {})->result.ending == Ending::Exited); });
        qInfo("plain %.2f ms, sandboxed %.2f ms, over plain %.2f ms (medians of 100)", plain, sandboxed,
              sandboxed - plain);
    }
};

QTEST_APPLESS_MAIN(SandboxBench)
#include "sandbox_bench.moc"
