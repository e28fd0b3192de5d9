// The commands about code: judge, extract, sandbox, and talking with a program.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "tests/app/cli/cli_fixture.h"
#include "tests/assistant/sandbox/sandbox_fixture.h"

using namespace lemma::tests;

class CodingTest : public QObject {
    Q_OBJECT

private:
    CliFixture m_cli{QString(LEMMA_BINARY_DIR "/lemma-cli")};

    static QJsonObject object(const QByteArray& line) { return QJsonDocument::fromJson(line).object(); }

private Q_SLOTS:
    void initTestCase()
    {
        if (const auto reason = reasonToSkipSandbox())
            QSKIP(qPrintable(*reason));
    }

    void judgeShowsTheEvidence()
    {
        const QString task = m_cli.write("task.json", R"({"entry_point": "add", "cases": [
            {"arguments": [2, 3], "result": 5}, {"name": "negative", "arguments": [10, -4], "result": 6}]})");
        const QString good = m_cli.write("good.py", "def add(a, b):\n    return a + b\n");
        const QString bad = m_cli.write("bad.py", "def add(a, b):\n    return a + abs(b)\n");
        const CliResult accepted = m_cli.run({"judge", "--task", task, "--solution", good, "--json"});
        QVERIFY2(accepted.exitCode == 0, accepted.errors.constData());
        QCOMPARE(object(accepted.output)["summary"].toString(), QString("passes your 2 tests"));
        const CliResult rejected = m_cli.run({"judge", "--task", task, "--solution", bad, "--json"});
        QCOMPARE(rejected.exitCode, 10);
        const QJsonObject second = object(rejected.output)["cases"].toArray()[1].toObject();
        QCOMPARE(second["verdict"].toString(), QString("wrong-answer"));
        QCOMPARE(second["input"].toString(), QString("add(10, -4)"));
        QCOMPARE(second["expected"].toString() + second["got"].toString(), QString("614"));
        QVERIFY(m_cli.run({"judge", "--task", task, "--solution", bad}).output.endsWith("fails 1 of your 2 tests\n"));
        QCOMPARE(m_cli.run({"judge", "--task", task, "--solution", "-"}, "def add(a, b): return a + b").exitCode, 0);
    }

    void judgeRefusesWhatIsNoTask()
    {
        const QString solution = m_cli.write("s.py", "x = 1\n");
        QCOMPARE(m_cli.run({"judge"}).exitCode, 2);
        QCOMPARE(m_cli.run({"judge", "--task", "/nonexistent", "--solution", solution}).exitCode, 3);
        const CliResult bad =
            m_cli.run({"judge", "--task", m_cli.write("t.json", "{\"cases\": [7]}"), "--solution", solution});
        QCOMPARE(bad.exitCode, 4);
        QVERIFY(bad.errors.contains("cases[0]"));
    }

    void judgeRunsCollections()
    {
        const QString tasks = m_cli.write(
            "tasks.jsonl",
            "{\"task_id\": \"T/0\", \"prompt\": \"def inc(x):\\n\", \"entry_point\": \"inc\", \"canonical_solution\": "
            "\"    return x + 1\\n\", \"test\": \"def check(candidate):\\n    assert candidate(1) == 2\\n\"}\n");
        const QString solutions =
            m_cli.write("solutions.jsonl", "{\"task_id\": \"T/0\", \"completion\": \"    return x\\n\"}\n"
                                           "{\"task_id\": \"T/0\", \"completion\": \"    return 1 + x\\n\"}\n");
        QCOMPARE(m_cli.run({"judge", "--humaneval", tasks}).exitCode, 0);
        const CliResult result = m_cli.run({"judge", "--humaneval", tasks, "--solutions", solutions, "--json"});
        QCOMPARE(result.exitCode, 10);
        const QList<QByteArray> lines = result.output.trimmed().split('\n');
        QCOMPARE(lines.size(), 3);
        QCOMPARE(object(lines[2])["summary"].toObject()["accepted"].toInt(), 1);
        const QString foreign = m_cli.write("foreign.jsonl", "{\"task_id\": \"T/9\", \"completion\": \"pass\"}\n");
        QCOMPARE(m_cli.run({"judge", "--humaneval", tasks, "--solutions", foreign}).exitCode, 3);
        QCOMPARE(m_cli.run({"judge", "--humaneval", m_cli.write("no.jsonl", "[1]\n")}).exitCode, 4);
    }

    void extractFindsTheProgram()
    {
        const QByteArray answer =
            "<think>\n```python\nprint('draft')\n```\n</think>\nHere:\n```python\nprint('final')\n```\n";
        QCOMPARE(m_cli.run({"extract", "-"}, answer).output, QByteArray("print('final')\n"));
        const CliResult cut = m_cli.run({"extract", "-", "--json"}, "<think>\n```python\nprint('draft')\n```\n");
        QCOMPARE(cut.exitCode, 10);
        QCOMPARE(object(cut.output)["status"].toString(), QString("truncated-reasoning"));
        QCOMPARE(m_cli.run({"extract", m_cli.write("prose.txt", "No code here.")}).exitCode, 3);
    }

    void theSandboxTestsItself()
    {
        const CliResult result = m_cli.run({"sandbox", "self-test", "--json"});
        QVERIFY2(result.exitCode == 0, result.output + result.errors);
        const QJsonObject report = object(result.output);
        QVERIFY(report["holds"].toBool());
        QVERIFY(report["isolation"].toString().contains("seccomp"));
        QVERIFY(report["languages"].toArray().size() >= 5);
    }

    void codeIsRepairedUntilItsTestsPass()
    {
        CliFixture scripted{QString(LEMMA_SCRIPTED_CLI)};
        scripted.setEnvironment("LEMMA_SANDBOX_RUNNER", LEMMA_BINARY_DIR "/lemma-sandbox");
        scripted.setScript({R"(0|hm|```python\ndef add(a, b):\n    return a - b\n```)",
                            R"(0|oh|The sign.\n```python\ndef add(a, b):\n    return a + b\n```)"});
        const QStringList command{"code", "Add two numbers.\n>>> add(2, 3)\n5\n", "--model", scripted.modelPath()};
        const CliResult result = scripted.run(command + QStringList{"--json"});
        QVERIFY2(result.exitCode == 0, result.errors.constData());
        const QList<QByteArray> lines = result.output.trimmed().split('\n');
        QCOMPARE(lines.size(), 3);
        QCOMPARE(object(lines[0])["failure"].toObject()["got"].toString(), QString("-1"));
        QVERIFY(object(lines[1])["diff"].toString().contains("+    return a + b"));
        QCOMPARE(object(lines[2])["summary"].toString(), QString("passes your 1 test after 1 repair"));
        QCOMPARE(scripted.run(command).output, QByteArray("def add(a, b):\n    return a + b\n"));
        QCOMPARE(scripted.run(command + QStringList{"--rounds", "0"}).exitCode, 10);
        QCOMPARE(scripted.run({"code", "--model", scripted.modelPath()}).exitCode, 2);
        QCOMPARE(scripted.run({"code", "x", "--language", "cobol", "--model", scripted.modelPath()}).exitCode, 2);
    }

    void aProgramCanBeTalkedTo()
    {
        const QString program = m_cli.write("ask.py", "name = input('Name? ')\nprint('Hello,', name)\n");
        const CliResult result = m_cli.run({"run", "--interactive", program}, "Ada\n");
        QVERIFY2(result.exitCode == 0, result.errors.constData());
        QCOMPARE(result.output, QByteArray("Name? Hello, Ada\n"));
        QCOMPARE(m_cli.run({"run", "--interactive", program}, "").exitCode, 10); // EOFError
        QCOMPARE(m_cli.run({"run", "--interactive", "--stdin", program, program}).exitCode, 2);
    }
};

QTEST_GUILESS_MAIN(CodingTest)
#include "coding_test.moc"
