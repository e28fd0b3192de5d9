// The commands that need no engine, and what every command owes its users.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "tests/app/cli/cli_fixture.h"

using namespace lemma::tests;

class CommandsTest : public QObject {
    Q_OBJECT

private:
    CliFixture m_cli{QString(LEMMA_BINARY_DIR "/lemma-cli")};

private Q_SLOTS:
    void everyCommandHasHelp_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::addColumn<QStringList>("mentioned");
        QTest::newRow("all") << QStringList{}
                             << QStringList{"ask",    "chat",  "models",     "history",      "run", "tokenize",
                                            "logits", "bench", "Exit codes", "corrupt-file", "130"};
        QTest::newRow("ask") << QStringList{"ask"}
                             << QStringList{"--json",  "--session",    "--model",           "--seed",   "--temperature",
                                            "--top-p", "--max-tokens", "--thinking-budget", "--context"};
        QTest::newRow("chat") << QStringList{"chat"} << QStringList{"/quit", "--model", "Ctrl-C"};
        QTest::newRow("models") << QStringList{"models"} << QStringList{"list", "show"};
        QTest::newRow("models show") << QStringList{"models", "show"} << QStringList{"--json"};
        QTest::newRow("history") << QStringList{"history"} << QStringList{"list", "show", "delete", "export"};
        QTest::newRow("history export") << QStringList{"history", "export"} << QStringList{"--session", "--format"};
        QTest::newRow("run") << QStringList{"run"} << QStringList{"--language", "--stdin", "--json"};
        QTest::newRow("solve") << QStringList{"solve"}
                               << QStringList{"--json",        "--variable", "--domain",  "--time",
                                              "trigonometric", "matrices",   "statistics"};
        QTest::newRow("judge") << QStringList{"judge"}
                               << QStringList{"--task", "--solution", "--humaneval", "entry_point"};
        QTest::newRow("code") << QStringList{"code"} << QStringList{"--tests", "--rounds", "--best-of", "--json"};
        QTest::newRow("extract") << QStringList{"extract"} << QStringList{"--json", "--entry-point"};
        QTest::newRow("sandbox") << QStringList{"sandbox", "self-test"} << QStringList{"--json"};
        QTest::newRow("grade") << QStringList{"grade"}
                               << QStringList{"--gold", "--answer", "--policy", "--cases", "--json"};
        QTest::newRow("check-steps") << QStringList{"check-steps"}
                                     << QStringList{"--json", "--assume", "--decimal-comma", "--thought", "refuted"};
        QTest::newRow("parse") << QStringList{"parse"} << QStringList{"--json", "--cases", "--decimal-comma"};
        QTest::newRow("tokenize") << QStringList{"tokenize"} << QStringList{"--model", "--json"};
        QTest::newRow("logits") << QStringList{"logits"} << QStringList{"--tokens", "--output", "--precision"};
        QTest::newRow("bench") << QStringList{"bench"} << QStringList{"machine", "engine"};
        QTest::newRow("bench engine") << QStringList{"bench", "engine"}
                                      << QStringList{"--prompt", "--generate", "--threads", "--repetitions"};
    }
    void everyCommandHasHelp()
    {
        QFETCH(QStringList, command);
        QFETCH(QStringList, mentioned);
        const CliResult result = m_cli.run(command + QStringList{"--help"});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.errors, QByteArray());
        for (const QString& word : mentioned)
            QVERIFY2(result.output.contains(word.toUtf8()), qPrintable(word));
    }

    void solveSaysWhatItKnows()
    {
        const CliResult solved = m_cli.run({"solve", "x^2-5x+6=0", "--json"});
        QCOMPARE(solved.exitCode, 0);
        const QJsonObject object = QJsonDocument::fromJson(solved.output).object();
        QCOMPARE(object["status"].toString(), QString("solved"));
        QCOMPARE(object["kind"].toString(), QString("quadratic"));
        QCOMPARE(object["solutions"].toArray(), QJsonArray({"2", "3"}));
        QCOMPARE(object["latex"].toString(), QString("\\{2, 3\\}"));
        QCOMPARE(object["steps"][0]["action"].toString(), QString("factor"));
        QVERIFY(object["verified"].toBool());
        const CliResult unknown = m_cli.run({"solve", "x^5-x-1=0", "--json"});
        const QJsonObject other = QJsonDocument::fromJson(unknown.output).object();
        QCOMPARE(other["status"].toString(), QString("unknown"));
        QVERIFY(!other["reason"].toString().isEmpty());
        QVERIFY(!other["verified"].toBool());
        QVERIFY(m_cli.run({"solve", "--", "-3x+2=0"}).output.endsWith("Solution: {2/3}\n"));
        QCOMPARE(m_cli.run({"solve", "x=1", "--domain", "none"}).exitCode, 2);
        const CliResult unread = m_cli.run({"solve", "x^2 = ("});
        QCOMPARE(unread.exitCode, 2);
        QVERIFY(unread.errors.contains("not readable"));
    }

    void checkStepsNamesTheFirstWrongLine()
    {
        const CliResult piped = m_cli.run({"check-steps", "-", "--json"}, "3x+5=20\n3x=25\nx=25/3\n");
        QCOMPARE(piped.exitCode, 0);
        const QList<QByteArray> lines = piped.output.trimmed().split('\n');
        QCOMPARE(lines.size(), 3);
        const QJsonObject first = QJsonDocument::fromJson(lines[0]).object();
        QCOMPARE(first["role"].toString(), QString("condition"));
        QCOMPARE(first["verdict"].toString(), QString("unknown"));
        const QJsonObject wrong = QJsonDocument::fromJson(lines[1]).object();
        QCOMPARE(wrong["line"].toInt(), 2);
        QCOMPARE(wrong["verdict"].toString(), QString("wrong"));
        QCOMPARE(wrong["mistake"]["id"].toString(), QString("sign-lost"));
        QVERIFY(wrong["counterexample"].toString().startsWith("x = 5 "));
        QCOMPARE(QJsonDocument::fromJson(lines[2]).object()["verdict"].toString(), QString("right"));

        const QString file = m_cli.write("working.txt", "x^2 = 9\nx = 3\n");
        const CliResult plain = m_cli.run({"check-steps", file});
        QVERIFY2(plain.output.contains("wrong    x = 3\n"), plain.output.constData());
        QVERIFY(plain.output.contains("Only one of two roots"));
        const CliResult assumed = m_cli.run({"check-steps", file, "--assume", "x > 0"});
        QVERIFY(assumed.output.contains("right    x = 3\n"));
        const CliResult thought = m_cli.run({"check-steps", "-", "--thought", "--json"}, "So 17 * 24 = 418. Next.\n");
        const QJsonObject step = QJsonDocument::fromJson(thought.output).object();
        QCOMPARE(step["badge"].toString(), QString("red"));
        QCOMPARE(step["claims"][0]["begin"].toInt(), 3);
        QCOMPARE(m_cli.run({"check-steps", "/nonexistent"}).exitCode, 3);
        QCOMPARE(m_cli.run({"check-steps"}).exitCode, 2);
    }

    void solveKnowsEveryFamily_data()
    {
        QTest::addColumn<QString>("problem");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("set");
        const auto row = [](const char* problem, const char* kind, const char* set) {
            QTest::newRow(problem) << problem << kind << set;
        };
        row("sqrt(x+2)=x", "radical", "{2}");
        row("2^x=8", "exponential", "{3}");
        row("ln x = 2", "logarithmic", "{e^2}");
        row("|x-2|=5", "absolute-value", "{-3, 7}");
        row("2 sin x = 1, 0 <= x < 2 pi", "trigonometric", "{pi/6, 5 pi/6}");
        row("|x| < 3", "inequality", "(-3, 3)");
        row("differentiate x^3", "derivative", "{3 x^2}");
        row("integrate 2x", "integral", "{x^2 + C}");
        row("\\lim_{x\\to 0}\\frac{\\sin x}{x}", "limit", "{1}");
        row("\\sum_{k=1}^{10} k^2", "sum", "{385}");
        row("\\det\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}", "matrix", "{-2}");
        row("gcd(84, 30)", "number", "{6}");
        row("C(5,2)", "counting", "{10}");
        row("median of 3, 1, 4, 1", "statistics", "{2}");
    }

    void solveKnowsEveryFamily()
    {
        QFETCH(QString, problem);
        QFETCH(QString, kind);
        QFETCH(QString, set);
        const CliResult result = m_cli.run({"solve", problem, "--json"});
        QCOMPARE(result.exitCode, 0);
        const QJsonObject object = QJsonDocument::fromJson(result.output).object();
        QCOMPARE(object["kind"].toString(), kind);
        QCOMPARE(object["set"].toString(), set);
        QVERIFY(object["verified"].toBool());
        QVERIFY(!object["steps"].toArray().isEmpty());
    }

    void parseShowsTheTree()
    {
        const CliResult right = m_cli.run({"parse", "\\frac{x^2}{2}", "--json"});
        QCOMPARE(right.exitCode, 0);
        const QJsonObject object = QJsonDocument::fromJson(right.output).object();
        QCOMPARE(object["ok"].toBool(), true);
        QCOMPARE(object["tree"].toString(), QString("divide(power(x, 2), 2)"));
        const CliResult wrong = m_cli.run({"parse", "(x + 1", "--json"});
        QCOMPARE(wrong.exitCode, 0);
        QCOMPARE(QJsonDocument::fromJson(wrong.output).object()["position"].toInt(), 6);
        QCOMPARE(m_cli.run({"parse", "(x + 1"}).exitCode, 2);
        QCOMPARE(m_cli.run({"parse"}).exitCode, 2);
        QCOMPARE(m_cli.run({"parse", "--cases", "/nonexistent"}).exitCode, 3);
        QCOMPARE(m_cli.run({"parse", "--cases", m_cli.write("broken.json", "{\"cases\": [{}")}).exitCode, 4);
    }

    void parseReadsCases()
    {
        const QByteArray cases = "{\"cases\": [{\"latex\": \"2x\", \"ok\": true}, {\"latex\": \"{\", \"ok\": false}, "
                                 "{\"latex\": \"3\", \"ok\": false}]}";
        const QString file = m_cli.write("cases.json", cases);
        const QList<QByteArray> lines = m_cli.run({"parse", "--cases", file, "--json"}).output.trimmed().split('\n');
        QCOMPARE(lines.size(), 4);
        const QJsonObject summary = QJsonDocument::fromJson(lines.last()).object()["summary"].toObject();
        QCOMPARE(summary["cases"].toInt(), 3);
        QCOMPARE(summary["read_as_expected"].toInt(), 2);
        QCOMPARE(summary["must_fail"].toInt(), 2);
        QCOMPARE(summary["failed"].toInt(), 1);
    }

    void gradeSaysWhy()
    {
        const auto grade = [&](const QStringList& more) {
            const CliResult result = m_cli.run(QStringList{"grade", "--json"} + more);
            return result.exitCode == 0 ? QJsonDocument::fromJson(result.output).object() : QJsonObject();
        };
        const QJsonObject wrong = grade({"--gold", "(x+1)^2", "--answer", "x^2+1"});
        QCOMPARE(wrong["verdict"].toString(), QString("different"));
        QCOMPARE(wrong["form"].toString(), QString("ok"));
        QCOMPARE(wrong["reason"].toString(), QString("counter-example"));
        const QJsonObject counterexample = wrong["counterexample"].toObject();
        QCOMPARE(counterexample["point"].toObject()["x"].toString(), QString("1"));
        QCOMPARE(counterexample["gold"].toString(), QString("4"));
        QCOMPARE(counterexample["answer"].toString(), QString("2"));
        const QJsonObject form =
            grade({"--gold", "1/2", "--answer", "So it is \\boxed{2/4}.", "--policy", "{\"form\": \"lowest-terms\"}"});
        QCOMPARE(form["verdict"].toString(), QString("equal"));
        QCOMPARE(form["form"].toString(), QString("wrong"));
        QVERIFY(form["counterexample"].isNull());
        QVERIFY(m_cli.run({"grade", "--gold", "1", "--answer", "2"}).output.startsWith("different: "));
        QCOMPARE(m_cli.run({"grade"}).exitCode, 2);
        QCOMPARE(m_cli.run({"grade", "--gold", "1"}).exitCode, 2);
        QCOMPARE(m_cli.run({"grade", "--gold", "1", "--answer", "1", "--policy", "{\"no\": 1}"}).exitCode, 2);
        QCOMPARE(m_cli.run({"grade", "--cases", "/nonexistent"}).exitCode, 3);
        QCOMPARE(m_cli.run({"grade", "--cases", m_cli.write("half.json", "{\"cases\": [{\"gold\": \"1\"}]}")}).exitCode,
                 4);
    }

    void gradeReadsCases()
    {
        const QString file = m_cli.write(
            "grade.json", "{\"cases\": ["
                          "{\"case_id\": \"a\", \"gold\": \"1/2\", \"answer\": \"0.5\", \"expected\": true},"
                          "{\"case_id\": \"b\", \"gold\": \"1/2\", \"answer\": \"0.6\", \"expected\": false},"
                          "{\"case_id\": \"c\", \"gold\": \"1/2\", \"answer\": \"0.6\", \"expected\": true},"
                          "{\"case_id\": \"d\", \"gold\": \"1/2\", \"answer\": \"{{\", \"expected\": false}]}");
        const QList<QByteArray> lines = m_cli.run({"grade", "--cases", file, "--json"}).output.trimmed().split('\n');
        QCOMPARE(lines.size(), 5);
        QCOMPARE(lines[1],
                 QByteArray("{\"case_id\":\"b\",\"verdict\":\"different\",\"expected\":false,\"agree\":true}"));
        const QJsonObject summary = QJsonDocument::fromJson(lines.last()).object()["summary"].toObject();
        QCOMPARE(summary["cases"].toInt(), 4);
        QCOMPARE(summary["agree"].toInt(), 3);
        QCOMPARE(summary["expected_equal"].toObject()["different"].toInt(), 1);
        QCOMPARE(summary["expected_different"].toObject()["unknown"].toInt(), 1);
    }

    void wrongUseIsTwo()
    {
        QCOMPARE(m_cli.run({}).exitCode, 2);
        QCOMPARE(m_cli.run({"dance"}).exitCode, 2);
        const CliResult result = m_cli.run({"logits", "--model", "x"});
        QCOMPARE(result.exitCode, 2);
        QCOMPARE(result.output, QByteArray());
        QVERIFY(result.errors.contains("--tokens") || result.errors.contains("--output"));
        QVERIFY(m_cli.run({"--version"}).output.startsWith("lemma-cli "));
    }

    void modelsAreListedAndShown()
    {
        m_cli.write("models/broken.gguf", "no model");
        const CliResult list = m_cli.run({"models"});
        QCOMPARE(list.exitCode, 0);
        QVERIFY(list.output.contains("scripted.gguf\n    llama"));
        QVERIFY(list.output.contains("broken.gguf\n    cannot be used: "));
        const CliResult show = m_cli.run({"models", "show", m_cli.modelPath(), "--json"});
        QCOMPARE(show.exitCode, 0);
        const QJsonObject model = QJsonDocument::fromJson(show.output).object();
        QCOMPARE(model["name"].toString(), QString("Scripted"));
        QCOMPARE(model["metadata"]["general.architecture"].toString(), QString("llama"));
        QCOMPARE(m_cli.run({"models", "show", "broken", "--json"}).exitCode, 4);
        QCOMPARE(m_cli.run({"models", "show", "missing.gguf"}).exitCode, 3);
        QFile::remove(m_cli.directory() + "/models/broken.gguf");
    }

    void brokenModelsAreErrors()
    {
        const QString broken = m_cli.write("broken.gguf", "GGUF" + QByteArray(100, '\xff'));
        const QString empty = m_cli.modelPath(); // a header without tokenizer and tensors
        for (const QStringList& command : {QStringList{"tokenize", "--model", broken},
                                           {"tokenize", "--model", empty},
                                           {"logits", "--model", empty, "--tokens", "1", "--output", "/dev/null"},
                                           {"ask", "--model", empty, "hello"},
                                           {"bench", "engine", "--model", empty}}) {
            const CliResult result = m_cli.run(command, "x");
            QVERIFY2(result.exitCode == 4 || result.exitCode == 5, qPrintable(command.join(' ')));
            QVERIFY(result.errors.startsWith("lemma-cli: "));
            QCOMPARE(result.output, QByteArray());
        }
    }

    void anEmptyHistoryIsNoError()
    {
        const CliResult result = m_cli.run({"history"});
        QCOMPARE(result.exitCode, 0);
        m_cli.setEnvironment("LEMMA_HISTORY", m_cli.write("noise.sqlite", QByteArray(5000, 'x')));
        QCOMPARE(m_cli.run({"history"}).exitCode, 4);
        m_cli.setEnvironment("LEMMA_HISTORY", m_cli.directory() + "/history.sqlite");
    }

    void programsRunInTheSandbox()
    {
        const QString program =
            m_cli.write("main.py", "import sys\nprint(int(input()) * 2)\nsys.exit(int(sys.argv[1]))\n");
        const QString input = m_cli.write("input.txt", "21\n");
        const CliResult result = m_cli.run({"run", program, "0", "--stdin", input, "--json"});
        if (result.exitCode == 3 || result.exitCode == 5)
            QSKIP(qPrintable("no sandbox here: " + QString::fromUtf8(result.errors)));
        QCOMPARE(result.exitCode, 0);
        const QJsonObject report = QJsonDocument::fromJson(result.output).object();
        QCOMPARE(report["verdict"].toString(), QString("ok"));
        QCOMPARE(report["output"].toString(), QString("42\n"));
        QCOMPARE(m_cli.run({"run", program, "0", "--stdin", input}).output, QByteArray("42\n"));
        const CliResult failed = m_cli.run({"run", program, "3", "--stdin", input});
        QCOMPARE(failed.exitCode, 10);
        QVERIFY(failed.errors.contains("runtime-error (exit code 3)"));
        QCOMPARE(m_cli.run({"run", m_cli.write("x.unknown", "?")}).exitCode, 2);
        QCOMPARE(m_cli.run({"run", m_cli.directory() + "/none.py"}).exitCode, 3);
        const CliResult slow =
            m_cli.run({"run", m_cli.write("loop.py", "while True: pass\n"), "--seconds", "0.5", "--json"});
        QCOMPARE(slow.exitCode, 10);
        QCOMPARE(QJsonDocument::fromJson(slow.output).object()["verdict"].toString(), QString("time-limit"));
    }

    void theMachineIsMeasured()
    {
        const CliResult result = m_cli.run({"bench", "machine", "--json"});
        QCOMPARE(result.exitCode, 0);
        const QJsonObject machine = QJsonDocument::fromJson(result.output).object();
        QVERIFY(machine["usableCores"].toInt() >= 1);
        QVERIFY(machine["readBytesPerSecond"].toDouble() > 1e8);
    }
};

QTEST_GUILESS_MAIN(CommandsTest)
#include "commands_test.moc"
