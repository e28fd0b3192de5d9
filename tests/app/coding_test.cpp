// The developer's journey: an answer, its code run in the real sandbox, the verdicts, and the refusal where there is
// none.

#include <QTest>

#include "app/coding/run_result_view.h"
#include "tests/app/window_fixture.h"

using namespace lemma;
using namespace lemma::app;
using namespace std::chrono_literals;
using tests::WindowFixture;

class CodingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // The runner lies beside the programs, the tests elsewhere.
        qputenv("LEMMA_SANDBOX_RUNNER", LEMMA_BINARY_DIR "/lemma-sandbox");
        const auto probed = assistant::Sandbox::probe();
        m_refusal = probed ? QString() : QString::fromStdString(probed.error().message);
    }

    void runs_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("verdict");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char* name, const char* code, const char* verdict, const char* shown) {
            QTest::newRow(name) << QString::fromUtf8(code) << QString::fromUtf8(verdict) << QString::fromUtf8(shown);
        };
        row("fine", "print(6 * 7)", "Ran to the end", "42");
        row("exception", "print('before')\nraise ValueError('broken')", "Failed with exit code 1",
            "ValueError: broken");
        row("silent", "x = 1", "Ran to the end", "The program wrote nothing.");
        row("markup is text", "print('<b>bold</b>')", "Ran to the end", "<b>bold</b>");
    }
    void runs()
    {
        if (!m_refusal.isEmpty())
            QSKIP(qPrintable(m_refusal));
        QFETCH(QString, code);
        QFETCH(QString, verdict);
        QFETCH(QString, shown);
        WindowFixture fixture;
        open(fixture, QStringLiteral("Here:\n\n```python\n%1\n```\n").arg(code));
        QTRY_VERIFY(fixture.find<QPushButton>("run"));
        fixture.click("run");
        QTRY_COMPARE_WITH_TIMEOUT(text(fixture, "verdict"), verdict, 30000);
        QTRY_VERIFY(fixture.visibleText().contains(shown));
        QVERIFY(fixture.visibleText().contains(QStringLiteral("Isolated by")));
        QVERIFY(text(fixture, "figures").contains(QStringLiteral("ms")) ||
                text(fixture, "figures").contains(QStringLiteral(" s")));
    }

    void aRunCanBeStopped()
    {
        if (!m_refusal.isEmpty())
            QSKIP(qPrintable(m_refusal));
        WindowFixture fixture;
        open(fixture, QStringLiteral("```python\nwhile True: pass\n```\n"));
        QTRY_VERIFY(fixture.find<QPushButton>("run"));
        fixture.click("run");
        QTRY_VERIFY(fixture.find<QPushButton>("stopRun"));
        QTest::qWait(300);
        fixture.click("stopRun");
        QTRY_COMPARE_WITH_TIMEOUT(text(fixture, "verdict"), QStringLiteral("Stopped"), 5000);
    }

    void withoutASandboxNothingRuns()
    {
        WindowFixture fixture;
        assistant::ProbeOptions options;
        options.runner = "/nonexistent/lemma-sandbox";
        options.useCache = false;
        fixture.sandbox = std::make_shared<SandboxAccess>(options);
        open(fixture, QStringLiteral("```python\nprint('ran')\n```\n"));
        QTRY_VERIFY(fixture.find<QPushButton>("run"));
        fixture.click("run");
        QTRY_COMPARE_WITH_TIMEOUT(text(fixture, "verdict"), QStringLiteral("Not run"), 10000);
        QVERIFY(!text(fixture, "refusal").isEmpty());
        QVERIFY(!fixture.find<QLabel>("output"));
    }

    void whatCannotBeRunHasNoButton()
    {
        WindowFixture fixture;
        open(fixture, QStringLiteral("```html\n<p>x</p>\n```\n\n```\nplain\n```\n"));
        QTRY_VERIFY(fixture.visibleText().contains(QStringLiteral("plain")));
        QVERIFY(!fixture.find<QPushButton>("run"));
    }

    void theThoughtIsFolded()
    {
        WindowFixture fixture;
        fixture.addModel("scripted");
        fixture.service->enqueue(tests::scriptedAnswer("A secret thought.", "Done.", 1ms));
        fixture.open();
        fixture.click("codingTab");
        fixture.ask(QStringLiteral("Write"));
        QTRY_VERIFY(fixture.find<QPushButton>("send"));
        QVERIFY(!fixture.visibleText().contains(QStringLiteral("secret")));
        fixture.click("thought");
        QTRY_VERIFY(fixture.visibleText().contains(QStringLiteral("secret")));
        fixture.click("thought");
        QVERIFY(!fixture.visibleText().contains(QStringLiteral("secret")));
    }

    void closingTheWindowEndsTheRun()
    {
        if (!m_refusal.isEmpty())
            QSKIP(qPrintable(m_refusal));
        QElapsedTimer timer;
        timer.start();
        {
            WindowFixture fixture;
            open(fixture, QStringLiteral("```python\nimport time\ntime.sleep(60)\n```\n"));
            QTRY_VERIFY(fixture.find<QPushButton>("run"));
            fixture.click("run");
            QTest::qWait(200);
        }
        QVERIFY(QThreadPool::globalInstance()->waitForDone(5000));
        QVERIFY(timer.elapsed() < 15000);
    }

private:
    static void open(WindowFixture& fixture, const QString& answer)
    {
        fixture.addModel("scripted");
        fixture.service->enqueue(tests::scriptedAnswer("", toUtf8(answer)));
        fixture.open();
        fixture.click("codingTab");
        fixture.ask(QStringLiteral("Write"));
        QTRY_VERIFY(fixture.find<QPushButton>("send"));
    }

    static QString text(const WindowFixture& fixture, const char* label)
    {
        const auto* found = fixture.find<QLabel>(label);
        return found ? found->text() : QString();
    }

    QString m_refusal; // why there is no sandbox here
};

QTEST_MAIN(CodingTest)
#include "coding_test.moc"
