// Every attack runs twice: through the sandbox, where it must not succeed and must leave nothing behind, and (rows with
// `control`) as a plain program of an ordinary user, where it must succeed: an attack that works nowhere shows nothing.
#include <QFile>
#include <QProcess>
#include <QTest>

#include <grp.h>
#include <memory>

#include "assistant/sandbox/launcher.h"
#include "tests/assistant/sandbox/bait.h"
#include "tests/assistant/sandbox/leftovers.h"
#include "tests/assistant/sandbox/sandbox_fixture.h"

using namespace lemma::assistant;
using lemma::tests::Bait;

namespace {

constexpr const char* attackProgram = LEMMA_BINARY_DIR "/../tests/assistant_sandbox_attack";

Limits smallLimits()
{
    Limits limits;
    limits.wall = std::chrono::milliseconds(3000);
    limits.cpu = std::chrono::milliseconds(1500);
    limits.memoryBytes = 128 * mebibyte;
    limits.diskBytes = 32 * mebibyte;
    limits.killOutputBytes = 2 * mebibyte;
    return limits;
}

} // namespace

class AttackMatrixTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const auto reason = lemma::tests::reasonToSkipSandbox())
            QSKIP(qPrintable(*reason));
        if (::access(qPrintable(QString::fromStdString(lemma::tests::sandboxRunner())), X_OK) != 0)
            QSKIP("this user cannot reach the build folder");
        m_bait = std::make_unique<Bait>();
        QVERIFY(QFile::copy(attackProgram, m_bait->path("attack")));
        QFile file(m_bait->path("attack"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_program = file.readAll().toStdString();
        qInfo("attacking as uid %d; the attacker is %s", ::geteuid(), ::geteuid() == 0 ? "nobody" : "the same user");
    }

    void attack_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::addColumn<bool>("control");
        QTest::addColumn<QString>("ending"); // empty: any end of its own
        const auto row = [](const char* name, const QStringList& command, bool control = false,
                            const char* ending = "") { QTest::newRow(name) << command << control << QString(ending); };
        if (!m_bait)
            return;
        const QString document = m_bait->path("document");
        const QString app = QString::number(::getpid());

        row("read a secret file", {"read", m_bait->path("id_secret"), "PRIVATE"}, true);
        row("list the user's folder", {"list", m_bait->folder()}, true);
        row("see that a file exists", {"exists", document}, true);
        row("write a new file", {"write", m_bait->path("new")}, true);
        row("append to a document", {"write", document}, true);
        row("truncate a document", {"truncate", document}, true);
        row("chmod a document", {"chmod", document}, true);
        row("utimes a document", {"utimes", document}, true);
        row("setxattr on a document", {"xattr", document});
        row("hard link to a document", {"hard-link", document});
        row("rename a document", {"rename", document});
        row("unlink a document", {"unlink", document}, true);
        row("read the real /etc/passwd", {"read", "/etc/passwd", "root:"}, true);
        row("read /etc/shadow", {"read", "/etc/shadow", "root:"});
        row("list /home", {"list", "/home"}, true);
        row("list /var", {"list", "/var"}, true);
        row("list /run", {"list", "/run"});
        row("list /sys", {"list", "/sys"}, true);
        row("write /etc/passwd", {"write", "/etc/passwd"});
        row("write /etc", {"write", "/etc/new"});
        row("write /usr/bin", {"write", "/usr/bin/new"});
        row("write /", {"write", "/new"});
        row("write /dev", {"write", "/dev/new"});
        row("write /tmp beside the work folder", {"write", "/tmp/lemma-attack-new"});
        row("overwrite executables", {"write-executables"});
        row("grow stdin", {"grow-stdin"});

        row("TCP to the loopback", {"tcp", QString::number(m_bait->tcpPort())}, true);
        row("UDP to the loopback", {"udp", QString::number(m_bait->udpPort())}, true);
        row("listen on TCP", {"tcp-listen"}, true);
        row("netlink, vsock, packet, alg, IPv6", {"families"}, true);
        row("abstract Unix socket", {"abstract", m_bait->abstractName()}, true);
        row("Unix socket by path", {"socket", m_bait->path("socket")}, true);
        row("system D-Bus", {"socket", "/run/dbus/system_bus_socket"});

        row("ptrace the parent", {"trace", "parent"});
        row("ptrace the application", {"trace", app});
        row("process_vm_readv the application", {"read-memory", app, m_bait->secretAddress()});
        row("/proc/APP/mem", {"open-memory", app});
        row("see the application", {"see-process", app, "assistant"}, true);
        row("/proc/APP/environ", {"environment-of", app});
        row("/proc/1/environ", {"environment-of", "1"});
        row("secrets in any environment", {"environment-of-all"}, true);
        row("secrets in the own environment", {"own-environment"}, true);
        row("inherited descriptors", {"descriptors"});
        row("root, memory, descriptors of the application", {"insides-of", app});
        row("root, memory, descriptors of process 1", {"insides-of", "1"});
        row("root, memory, descriptors of the helper", {"insides-of", "parent"});
        row("signal the application", {"signal", app});
        row("signal everything", {"signal-all"});
        row("daemon", {"daemon"});
        row("daemon that holds stdout", {"daemon-holding-streams"});
        row("become root", {"become-root"});
        row("gain privileges by set-uid programs", {"new-privileges"}, true);
        row("capabilities", {"capabilities"});

        row("user namespace by unshare", {"unshare-user"}, true);
        row("user namespace by clone", {"clone-user"}, true);
        row("user namespace by clone3", {"clone3-user"}, true);
        row("mounts, old and new calls", {"mount"});
        row("io_uring", {"io-uring"});
        row("bpf", {"bpf"});
        row("perf_event_open", {"perf"});
        row("userfaultfd", {"userfaultfd"});
        row("kernel keyring", {"keyring"}, true);
        row("file handles", {"handles"});
        row("SysV shared memory of the machine", {"shm"}, true);
        row("memory hidden in memfd", {"memfd"}, true);
        row("clock and host name", {"clock"});
        row("kernel settings and devices", {"kernel-settings"}, true);
        row("typing into the terminal", {"terminal"});
        row("32-bit system calls", {"compat"}, false, "signalled");
        row("x32 system calls", {"x32"}, false, "signalled");

        row("100 processes at once", {"processes", "100"});
        row("fork for ever", {"fork-for-ever"}, false, "cpu-time|wall-time");
        row("100 threads", {"threads", "100"}, true);
        row("1 GiB in one process", {"memory", "1024"}, false, "memory");
        row("1 GiB in eight processes", {"memory-in-children", "1024"}, false, "memory");
        row("1 GiB of shared memory", {"shared-memory", "1024"}, false, "memory");
        row("fill the work folder", {"disk", "/tmp/w", "64"});
        row("fill the temporary folder", {"disk", "/tmp/t", "64"});
        row("fill /dev/shm", {"disk", "/dev/shm", "64"});
        row("fill /dev", {"disk", "/dev", "64"});
        row("fill /", {"disk", "/", "64"});
        row("1 TiB sparse file", {"sparse"}, true);
        row("raise limits", {"raise-limits"});
        row("output for ever", {"output"}, false, "output");
        row("compute for ever, ignoring signals", {"compute"}, false, "cpu-time");
        row("compute in many short children", {"compute-in-children"}, false, "cpu-time");
        row("sleep for ever", {"sleep"}, false, "wall-time");
        row("stop itself", {"stop"}, false, "wall-time");
    }
    void attack()
    {
        QFETCH(QStringList, command);
        QFETCH(bool, control);
        QFETCH(QString, ending);
        const QByteArray marker = "marker-" + QByteArray::number(::getpid()) + "-" + QByteArray::number(++m_row);
        command << marker;
        if (control) {
            m_bait->restore();
            QVERIFY2(runPlainly(command).contains("BREACH"), "the attack does not even work without a sandbox");
        }
        m_bait->restore();

        Job job;
        job.files = {{"attack", m_program, true}};
        job.command = {"./attack"};
        for (const QString& argument : command)
            job.command.push_back(argument.toStdString());
        job.input = "data";
        job.limits = smallLimits();
        // On a busy machine a program gets little of the processor in its time: the limit under test must be the one it
        // meets.
        if (ending == QLatin1String("cpu-time"))
            job.limits.wall = std::chrono::seconds(60);
        const auto outcome = runJob(lemma::tests::sandboxRunner(), job, {});
        QVERIFY2(outcome.has_value(), outcome ? "" : outcome.error().message.c_str());

        QVERIFY2(outcome->output.find("BREACH") == std::string::npos, outcome->output.c_str());
        QCOMPARE(m_bait->damage(), QString());
        QCOMPARE(lemma::tests::processesLeftAfter(marker, 0), QStringList());
        const std::string how = encodeJobResult(outcome->result);
        QVERIFY2(outcome->result.ending != Ending::SandboxFailure, how.c_str());
        if (ending.isEmpty()) {
            const bool ownEnd = outcome->result.ending == Ending::Exited && outcome->result.exitCode == 0;
            QVERIFY2(ownEnd || outcome->result.ending == Ending::Signalled, how.c_str());
        } else {
            bool expected = false;
            for (const QString& name : ending.split('|'))
                expected = expected || QString::fromStdString(how).contains("\"ending\":\"" + name + "\"");
            QVERIFY2(expected, how.c_str());
        }
        QVERIFY2(outcome->result.peakMemoryBytes < 3 * job.limits.memoryBytes, how.c_str());
    }

    // The one thing that leaves a sandbox beside text. The program may have put anything in its place.
    void artifacts_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<QByteArray>("artifact");
        QTest::newRow("a file") << "printf good > out" << QByteArray("good");
        QTest::newRow("a link to a file of the system") << "ln -s /etc/passwd out" << QByteArray();
        QTest::newRow("a link to the helper's environment") << "ln -s /proc/self/environ out" << QByteArray();
        QTest::newRow("a pipe that nobody writes to") << "mkfifo out" << QByteArray();
        QTest::newRow("a folder") << "mkdir out" << QByteArray();
        QTest::newRow("a terabyte of holes") << "truncate -s 1T out; true" << QByteArray();
        QTest::newRow("nothing") << "true" << QByteArray();
        QTest::newRow("the program failed") << "printf bad > out; exit 1" << QByteArray();
    }
    void artifacts()
    {
        QFETCH(QString, script);
        Job job;
        job.command = {"/bin/sh", "-c", script.toStdString()};
        job.artifact = "out";
        job.limits = smallLimits();
        const auto outcome = runJob(lemma::tests::sandboxRunner(), job, {});
        QVERIFY(outcome.has_value());
        QCOMPARE(outcome->result.ending, Ending::Exited);
        QTEST(QByteArray::fromStdString(outcome->artifact), "artifact");
    }

private:
    QByteArray runPlainly(QStringList command)
    {
        command.prepend(m_bait->path("attack"));
        command = lemma::tests::asOrdinaryUser(command);
        QProcess process;
        process.setWorkingDirectory(m_bait->folder());
        process.start(command.takeFirst(), command);
        process.waitForFinished(10'000);
        return process.readAllStandardOutput();
    }

    std::unique_ptr<Bait> m_bait;
    std::string m_program;
    int m_row = 0;
};

// LEMMA_TEST_AS_NOBODY: an ordinary user from the start, so that the other path through the runner is tested by root as
// well.
int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsSet("LEMMA_TEST_AS_NOBODY") && ::geteuid() == 0) {
        if (::setgroups(0, nullptr) != 0 || ::setresgid(65534, 65534, 65534) != 0 ||
            ::setresuid(65534, 65534, 65534) != 0)
            return 1;
    }
    AttackMatrixTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "attack_matrix_test.moc"
