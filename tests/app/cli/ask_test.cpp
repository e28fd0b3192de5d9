// `ask` and `chat` with a scripted engine.
#include <algorithm>
#include <chrono>
#include <csignal>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "tests/app/cli/cli_fixture.h"

using namespace lemma::tests;

namespace {

QList<QJsonObject> jsonLines(const QByteArray& text)
{
    QList<QJsonObject> objects;
    for (const QByteArray& line : text.split('\n'))
        if (!line.isEmpty())
            objects << QJsonDocument::fromJson(line).object();
    return objects;
}

QString joined(const QList<QJsonObject>& events, const QString& kind)
{
    QString text;
    for (const QJsonObject& event : events)
        if (event["event"] == kind)
            text += event["text"].toString();
    return text;
}

} // namespace

class AskTest : public QObject {
    Q_OBJECT

private:
    CliFixture m_cli{QString(LEMMA_SCRIPTED_CLI)};

    QJsonObject exportedSession(int id)
    {
        const CliResult result = m_cli.run({"history", "export", "--session", QString::number(id), "--format", "json"});
        return QJsonDocument::fromJson(result.output).object();
    }

private Q_SLOTS:
    void intoAPipeComesTheBareAnswer()
    {
        m_cli.setScript({"0|Three fives.|It is \u2264 15.\\n"});
        const CliResult result = m_cli.run({"ask", "3", "times", "5?"});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(QString::fromUtf8(result.output), QString("It is \u2264 15.\n"));
        QCOMPARE(result.errors, QByteArray());
    }

    void theThoughtIsShownWhereItIsWanted()
    {
        m_cli.setScript({"0|Three fives.|Fifteen."});
        QCOMPARE(m_cli.run({"ask", "--thought", "show", "3 * 5?"}).output,
                 QByteArray("Thought\nThree fives.\n\nAnswer\nFifteen.\n"));
        m_cli.setScript({"0||Fifteen."});
        QCOMPARE(m_cli.run({"ask", "--thought", "show", "3 * 5?"}).output, QByteArray("Fifteen.\n"));
    }

    void onATerminalThoughtAndAnswerDifferInFace()
    {
        m_cli.setScript({"1|Three fives.|Fifteen."});
        const CliResult result = m_cli.runOnTerminal({"ask", "3 * 5?"});
        QCOMPARE(result.exitCode, 0);
        QVERIFY(result.output.contains("\x1b[1mThought\x1b[0m\r\n\x1b[2;3mThree fives.\x1b[0m\r\n\r\n"
                                       "\x1b[1mAnswer\x1b[0m\r\nFifteen."));
        QVERIFY(result.output.contains("Loading the model, 50 %"));
        QVERIFY(result.output.contains("tokens of thought"));
        m_cli.setEnvironment("NO_COLOR", "1");
        QVERIFY(!m_cli.runOnTerminal({"ask", "3 * 5?"}).output.contains("\x1b[1m"));
        m_cli.setEnvironment("NO_COLOR", "");
    }

    void jsonTellsEveryEvent()
    {
        m_cli.setScript({"0|Okay, so we add.|It is 4."});
        const CliResult result = m_cli.run({"ask", "--json", "--seed", "7", "--temperature", "0", "2 + 2?"});
        QCOMPARE(result.exitCode, 0);
        const QList<QJsonObject> events = jsonLines(result.output);
        QCOMPARE(events.first()["event"].toString(), QString("started"));
        QCOMPARE(events.first()["model"].toString(), m_cli.modelPath());
        QCOMPARE(joined(events, "thought"), QString("Okay, so we add."));
        QCOMPARE(joined(events, "answer"), QString("It is 4."));
        const auto step =
            std::find_if(events.begin(), events.end(), [](const auto& e) { return e["event"] == "step"; });
        QVERIFY(step != events.end());
        QCOMPARE((*step)["kind"].toString(), QString("understand"));
        QCOMPARE((*step)["length"].toInt(), 16);
        QCOMPARE((*step)["tokens"].toArray(), QJsonArray({20, 24}));
        QCOMPARE(events.last()["event"].toString(), QString("finished"));
        QCOMPARE(events.last()["reason"].toString(), QString("eos"));
        QCOMPARE(events.last()["usage"]["thoughtTokens"].toInt(), 4);
        // What was asked for is what is stored.
        const QJsonObject stored = exportedSession(events.first()["session"].toInt());
        const QJsonValue sampling = stored["messages"][1]["sampling"];
        QCOMPARE(sampling["seed"].toInt(), 7);
        QCOMPARE(sampling["temperature"].toDouble(), 0.0);
    }

    void aSessionGoesOn()
    {
        m_cli.setScript({"0|t|First."});
        const QJsonObject started = jsonLines(m_cli.run({"ask", "--json", "One?"}).output).first();
        const QString session = QString::number(started["session"].toInt());
        m_cli.setScript({"0|t|Second."});
        QCOMPARE(m_cli.run({"ask", "--session", session, "Two?"}).exitCode, 0);
        QStringList contents;
        for (const QJsonValue message : exportedSession(session.toInt())["messages"].toArray())
            contents << message["content"].toString();
        QCOMPARE(contents, QStringList({"One?", "First.", "Two?", "Second."}));
        QVERIFY(m_cli.run({"history"}).output.contains("One?"));
        const QByteArray markdown =
            m_cli.run({"history", "export", "--session", session, "--format", "markdown"}).output;
        QVERIFY(markdown.startsWith("# One?\n") && markdown.contains("Second."));
        QCOMPARE(m_cli.run({"history", "delete", session}).exitCode, 0);
        QCOMPARE(m_cli.run({"history", "show", session}).exitCode, 3);
    }

    void theQuestionMayComeFromStandardInput()
    {
        m_cli.setScript({"0||Yes."});
        QCOMPARE(m_cli.run({"ask"}, "Is it?\nReally?\n").output, QByteArray("Yes.\n"));
        QVERIFY(m_cli.run({"history"}).output.contains("Is it?"));
        QCOMPARE(m_cli.run({"ask"}, " \n").exitCode, 2);
    }

    void errorsHaveCodes()
    {
        m_cli.setScript({"fail|4|too large"}); // OutOfMemory
        const CliResult memory = m_cli.run({"ask", "x"});
        QCOMPARE(memory.exitCode, 6);
        QCOMPARE(memory.output, QByteArray());
        QCOMPARE(memory.errors, QByteArray("lemma-cli: out-of-memory: too large\n"));
        const QList<QJsonObject> events = jsonLines(m_cli.run({"ask", "--json", "x"}).output);
        QCOMPARE(events.last()["code"].toString(), QString("out-of-memory"));
        QCOMPARE(m_cli.run({"ask", "--model", "nothing-like-it", "x"}).exitCode, 3);
        QCOMPARE(m_cli.run({"ask", "--session", "99999", "x"}).exitCode, 3);
        QCOMPARE(m_cli.run({"ask", "--temperature", "warm", "x"}).exitCode, 2);
        QCOMPARE(m_cli.run({"ask", "--max-tokens", "0", "x"}).exitCode, 2);
        QCOMPARE(m_cli.run({"ask", "--no-such-option", "x"}).exitCode, 2);
    }

    void withoutHistoryItStillAnswers()
    {
        CliFixture cli{QString(LEMMA_SCRIPTED_CLI)};
        cli.setScript({"0||Yes."});
        cli.setEnvironment("LEMMA_HISTORY", "/proc/nowhere/history.sqlite");
        const CliResult warned = cli.run({"ask", "x"});
        QCOMPARE(warned.exitCode, 0);
        QCOMPARE(warned.output, QByteArray("Yes.\n"));
        QCOMPARE(warned.errors.count("warning"), 1);
        QCOMPARE(cli.run({"ask", "--no-history", "x"}).errors, QByteArray());
        QCOMPARE(cli.run({"ask", "--session", "1", "x"}).exitCode, 8);
    }

    void interruptKeepsWhatThereIs()
    {
        m_cli.setScript({"30|one two three four five six seven eight nine ten|" + QString("answer ").repeated(200)});
        QProcess process;
        m_cli.start(process, {"ask", "--json", "Interrupted?"});
        QByteArray output;
        while (!output.contains("three") && process.waitForReadyRead(5000))
            output += process.readAllStandardOutput();
        const auto start = std::chrono::steady_clock::now();
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(5000));
        const std::chrono::duration<double> latency = std::chrono::steady_clock::now() - start;
        qInfo("ended %.0f ms after the signal", latency.count() * 1000);
        QCOMPARE(process.exitCode(), 130);
        output += process.readAllStandardOutput();
        const QList<QJsonObject> events = jsonLines(output);
        QCOMPARE(events.last()["reason"].toString(), QString("cancelled"));
        const QJsonObject session = exportedSession(events.first()["session"].toInt());
        const QJsonValue answer = session["messages"][1];
        QCOMPARE(answer["endReason"].toString(), QString("cancelled"));
        QVERIFY(answer["thought"].toString().startsWith("one two three"));
        QCOMPARE(answer["thought"].toString(), joined(events, "thought"));
    }

    void aReaderThatGoesAwayIsNoError()
    {
        m_cli.setScript({"5|t|" + QString("word ").repeated(1000)});
        QProcess shell;
        const QString code = m_cli.directory() + "/code";
        m_cli.startProgram(
            shell, "/bin/sh",
            {"-c", "{ \"$0\" ask --json Piped?; echo $? > \"$1\"; } | head -n 2", LEMMA_SCRIPTED_CLI, code});
        QVERIFY(shell.waitForFinished(3000)); // five seconds of text are left
        QCOMPARE(shell.readAllStandardOutput().count('\n'), 2);
        QCOMPARE(shell.readAllStandardError(), QByteArray());
        QFile file(code);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("0\n"));
    }

    void chatIsAConversation()
    {
        m_cli.setScript({"0|t|First.", "0|t|Second."});
        const CliResult piped = m_cli.run({"chat"}, "One?\n\nTwo?\n/quit\nThree?\n");
        QCOMPARE(piped.exitCode, 0);
        QCOMPARE(piped.output, QByteArray("First.\nSecond.\n"));
        const QList<QJsonObject> sessions = jsonLines(m_cli.run({"history", "--json"}).output);
        QCOMPARE(exportedSession(sessions.first()["id"].toInt())["messages"].toArray().size(), 4);
        const CliResult unstored = m_cli.run({"chat", "--no-history"}, "One?\nTwo?\n");
        QCOMPARE(unstored.output, QByteArray("First.\nSecond.\n"));
        QCOMPARE(jsonLines(m_cli.run({"history", "list", "--json"}).output).size(), sessions.size());
    }

    void interruptAtThePromptLeaves()
    {
        QProcess process;
        m_cli.setScript({"0||First."});
        m_cli.start(process, {"chat"});
        process.write("One?\n");
        QVERIFY(process.waitForReadyRead(5000)); // answered: now it waits for the next line
        QTest::qSleep(200);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(5000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(process.readAllStandardOutput(), QByteArray("First.\n"));
    }

    void chatOnATerminal()
    {
        m_cli.setScript({"1|Thinking hard.|First."});
        const CliResult result = m_cli.runOnTerminal({"chat"}, "One?\n/quit\n");
        QCOMPARE(result.exitCode, 0);
        QVERIFY(result.output.contains("\x1b[1mYou> \x1b[0m"));
        QVERIFY(result.output.contains("Thinking hard.") && result.output.contains("First."));
        QVERIFY(result.output.contains("goes on with it"));
    }
};

QTEST_GUILESS_MAIN(AskTest)
#include "ask_test.moc"
