// A machine that cannot isolate is refused, with a reason, and nothing runs. The machines are made by taking something
// away from a child process of this test.
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/prctl.h>

#include "assistant/sandbox/sandbox.h"
#include "tests/assistant/sandbox/sandbox_fixture.h"

using namespace lemma::assistant;

namespace {

// Set: this process is such a child; it probes, tells and ends.
constexpr const char* roleVariable = "LEMMA_TEST_PROBE";

int probeAndTell()
{
    ProbeOptions options;
    options.runner = lemma::tests::sandboxRunner();
    options.useCache = false;
    const auto sandbox = Sandbox::probe(options);
    std::puts(sandbox ? "usable" : sandbox.error().message.c_str());
    return sandbox ? 0 : 1;
}

// What the probe says inside `wrapper`, a command that runs the command behind it.
QString probeInside(QStringList wrapper)
{
    wrapper << QCoreApplication::applicationFilePath();
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(roleVariable, "1");
    process.setProcessEnvironment(environment);
    process.start(wrapper.takeFirst(), wrapper);
    process.waitForFinished();
    return QString::fromUtf8(process.readAllStandardOutput() + process.readAllStandardError()).trimmed();
}

} // namespace

class RefusalTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const auto reason = lemma::tests::reasonToSkipSandbox())
            QSKIP(qPrintable(*reason));
        QCOMPARE(probeInside({"/usr/bin/env"}), QString("usable"));
    }

    void noUserNamespaces()
    {
        // The limit holds inside the new namespace only.
        const QString script = "echo 0 > /proc/sys/user/max_user_namespaces && exec \"$0\"";
        const QString said = probeInside({"/usr/bin/unshare", "--user", "--map-root-user", "/bin/sh", "-c", script});
        // As root of such a namespace there is no "nobody" to become; as anyone else there are no namespaces.
        QVERIFY2(said.contains("not run as root") || said.contains("max_user_namespaces"), qPrintable(said));
    }

    void rootThatCannotDropItsPrivileges()
    {
        const QString said = probeInside({"/usr/bin/unshare", "--user", "--map-root-user"});
        QVERIFY2(said.contains("not run as root"), qPrintable(said));
    }

    void noBubblewrap()
    {
        if (::geteuid() != 0)
            QSKIP("hiding bubblewrap needs a mount namespace of root");
        const QString script = "mount --bind /dev/null /usr/bin/bwrap && exec \"$0\"";
        const QString said = probeInside({"/usr/bin/unshare", "--mount", "/bin/sh", "-c", script});
        QVERIFY2(said.contains("apt install bubblewrap"), qPrintable(said));
    }

    void bubblewrapThatDoesSomethingElse_data()
    {
        QTest::addColumn<QByteArray>("script"); // in place of bwrap; "$real" is the true one
        QTest::addColumn<QString>("said");
        QTest::newRow("ends at once") << QByteArray("exit 0") << "cannot be isolated";
        QTest::newRow("runs without isolation")
            << QByteArray("while [ \"$1\" != -- ]; do shift; done; shift; exec \"$@\"") << "cannot be isolated";
        // A weak spot that only an attack finds: everything starts, but the machine's processes can be seen.
        QTest::newRow("shows the machine's processes")
            << QByteArray("a=$1; b=$2; shift 2; exec \"$real\" $a $b --ro-bind /proc /proc \"$@\"")
            << "other processes";
    }
    void bubblewrapThatDoesSomethingElse()
    {
        if (::geteuid() != 0)
            QSKIP("replacing bubblewrap needs a mount namespace of root");
        QFETCH(QByteArray, script);
        QFETCH(QString, said);
        const QTemporaryDir folder;
        const QString real = folder.filePath("real");
        QVERIFY(QFile::copy("/usr/bin/bwrap", real));
        QFile fake(folder.filePath("bwrap"));
        QVERIFY(fake.open(QIODevice::WriteOnly));
        fake.write("#!/bin/sh\nreal=" + real.toUtf8() + "\n" + script + "\n");
        fake.close();
        for (const QString& path : {folder.path(), fake.fileName(), real})
            QVERIFY(QFile::setPermissions(path, QFile::Permissions(0x7755)));
        const QString wrapper = "mount --bind " + fake.fileName() + " /usr/bin/bwrap && exec \"$0\"";
        const QString answer = probeInside({"/usr/bin/unshare", "--mount", "/bin/sh", "-c", wrapper});
        QVERIFY2(answer.contains(said), qPrintable(answer));
    }
};

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsSet(roleVariable))
        return probeAndTell();
    QCoreApplication application(argc, argv);
    RefusalTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "refusal_test.moc"
