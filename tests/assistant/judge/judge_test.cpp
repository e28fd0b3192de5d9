#include <QTest>

#include <thread>

#include "assistant/judge/judge.h"
#include "tests/assistant/judge/judge_fixture.h"

using namespace lemma::assistant;

namespace {

const char* const addTask = R"({"entry_point": "add", "cases": [{"arguments": [2, 3], "result": 5},
    {"arguments": [10, -4], "result": 6}, {"arguments": [0, 0], "result": 0}, {"arguments": [7, 8], "result": 15}]})";
const char* const addTests = R"({"entry_point": "add",
    "tests": "def check(candidate):\n    assert candidate(2, 3) == 5\n    assert add(10, -4) == 6\n    assert candidate(7, 8) == 15\n"})";

QString nameOf(JudgeVerdict verdict) { return QString::fromStdString(std::string(judgeVerdictName(verdict))); }

} // namespace

class JudgeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const auto reason = lemma::tests::reasonToSkipSandbox())
            QSKIP(qPrintable(*reason));
        m_sandbox = lemma::tests::testSandbox();
        QVERIFY(m_sandbox);
    }

    // Each is tried against cases that call and against a test program: what is accepted by either is a breach.
    void candidates_data()
    {
        QTest::addColumn<QByteArray>("solution");
        QTest::addColumn<QString>("verdict");
        const auto row = [](const char* name, const char* solution, const char* verdict) {
            QTest::newRow(name) << QByteArray(solution) << verdict;
        };
        const char* const wrong = "\ndef add(a, b):\n    return a - b\n";
        const auto cheat = [&](const char* name, const char* preface, const char* verdict) {
            QTest::newRow(name) << QByteArray(preface) + wrong << verdict;
        };
        row("honest", "def add(a, b):\n    return a + b\n", "accepted");
        row("honest, prints and reads",
            "import sys\nprint('{\"i\": 0, \"r\": 1}')\n"
            "def add(a, b):\n    print(a, b)\n    assert sys.stdin.read() == ''\n    return a + b\n",
            "accepted");
        row("honest, a whole program",
            "def add(a, b):\n    return a + b\nif __name__ == '__main__':\n    print(add(*map(int, "
            "input().split())))\n",
            "accepted");
        row("honestly wrong", "def add(a, b):\n    return a - b\n", "wrong-answer");
        row("not there", "def plus(a, b):\n    return a + b\n", "runtime-error");
        row("does not compile", "def add(a, b)\n    return a + b\n", "compile-error");
        row("raises", "def add(a, b):\n    return a + undefined\n", "runtime-error");
        row("endless recursion", "def add(a, b):\n    return add(a, b)\n", "runtime-error");
        cheat("ends at import", "import os\nos._exit(0)", "runtime-error");
        cheat("exits at import", "import sys\nsys.exit(0)", "runtime-error");
        row("exits when called", "def add(a, b):\n    raise SystemExit(0)\n", "runtime-error");
        row("ends when called", "import os\ndef add(a, b):\n    os._exit(0)\n", "runtime-error");
        row("is equal to everything",
            "class T(int):\n    def __eq__(s, o): return True\n    def __ne__(s, o): return False\n"
            "    __hash__ = int.__hash__\ndef add(a, b):\n    return T(0)\n",
            "wrong-answer");
        row("is equal to everything, no number",
            "class T:\n    def __eq__(s, o): return True\n    def __repr__(s): return '5'\n"
            "def add(a, b):\n    return T()\n",
            "wrong-answer");
        cheat("makes assertions harmless",
              "import builtins\nbuiltins.AssertionError = type('A', (Exception,), {})\n"
              "import sys\nsys.excepthook = lambda *a: __import__('os')._exit(0)",
              "wrong-answer");
        cheat(
            "says that all is done",
            "import os\nfor fd in range(3, 20):\n    try:\n        os.write(fd, b'{\"done\": true, \"calls\": 3}\\n')\n"
            "    except OSError:\n        pass",
            "wrong-answer");
        cheat("changes how values are written",
              "import json\njson.dumps = lambda m, d=json.dumps: d({**m, 'r': {'t': '!', 'v': '5'}})", "wrong-answer");
        cheat("looks for the tests in its files",
              "import re, glob\nsource = ''.join(open(f).read() for f in glob.glob('*.*'))\n"
              "assert 'check(' + 'candidate)' not in source and '== 1' + '5' not in source",
              "wrong-answer");
        cheat("looks for the tests in memory",
              "import gc\nassert not [o for o in gc.get_objects() if isinstance(o, dict) and 'result' in o and "
              "'arguments' in o]",
              "wrong-answer");
        cheat("another process answers", "import os\nif os.fork():\n    os._exit(0)", "rejected"); // whoever is faster
        row("never ends", "def add(a, b):\n    while True:\n        pass\n", "time-limit");
        row("never ends and will not be told",
            "def add(a, b):\n    while True:\n        try:\n            while True:\n                pass\n"
            "        except BaseException:\n            pass\n",
            "time-limit");
        row("writes without end", "def add(a, b):\n    while True:\n        print('x' * 1000)\n", "output-limit");
        row("takes all memory", "def add(a, b):\n    return len([bytearray(1 << 20) for _ in range(1 << 20)])\n",
            "memory-limit");
    }
    void candidates()
    {
        QFETCH(QByteArray, solution);
        QFETCH(QString, verdict);
        for (const char* text : {addTask, addTests}) {
            auto task = taskFromJson(text);
            QVERIFY2(task.has_value(), task ? "" : task.error().message.c_str());
            task->limits.time = std::chrono::milliseconds(700);
            task->limits.memoryBytes = 128 << 20;
            const auto report = judge(*m_sandbox, *task, {{"add.py", solution.toStdString()}});
            QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
            QVERIFY(report->verdict != JudgeVerdict::Accepted || verdict == "accepted");
            // A MemoryError is as good an end as being ended.
            const bool alike =
                verdict == "rejected" || (verdict == "memory-limit" && report->verdict == JudgeVerdict::RuntimeError);
            QVERIFY2(alike || nameOf(report->verdict) == verdict,
                     qPrintable(nameOf(report->verdict) + ": " + QString::fromStdString(report->detail) +
                                (report->cases.empty() ? QString() : QString::fromStdString(report->cases[0].detail))));
        }
    }

    void everyCaseHasItsEvidence()
    {
        const auto task = taskFromJson(addTask);
        const auto report =
            judge(*m_sandbox, *task, {{"x.py", "def add(a, b):\n    return a + b if a < 9 else [a]\n"}});
        QVERIFY(report.has_value());
        QCOMPARE(report->passed(), std::size_t{3});
        QCOMPARE(report->cases[1].input, std::string("add(10, -4)"));
        QCOMPARE(report->cases[1].expected, std::string("6"));
        QCOMPARE(report->cases[1].got, std::string("[10]"));
        QCOMPARE(report->summary(), std::string("fails 1 of your 4 tests"));
        QCOMPARE(report->smallestFailure(), &report->cases[1]);
    }

    void aCrashLosesOnlyItsCase()
    {
        const auto task = taskFromJson(addTask);
        const auto report = judge(
            *m_sandbox, *task, {{"x.py", "import os\ndef add(a, b):\n    if a == 10: os.abort()\n    return a + b\n"}});
        QVERIFY(report.has_value());
        QCOMPARE(report->passed(), std::size_t{3});
        QCOMPARE(nameOf(report->cases[1].verdict), QString("runtime-error"));
    }

    void exceptionsMayBeRight()
    {
        const auto task =
            taskFromJson(R"({"entry_point": "f", "cases": [{"arguments": [0], "raises": "ZeroDivisionError"},
            {"arguments": [2], "result": 0.5}, {"arguments": [{"t":"tuple","v":[1]}], "raises": "TypeError"}]})");
        const auto report = judge(*m_sandbox, *task, {{"x.py", "def f(x):\n    return 1 / x\n"}});
        QCOMPARE(report->summary(), std::string("passes your 3 tests"));
        const auto other = judge(*m_sandbox, *task, {{"x.py", "def f(x):\n\n    return 1 / x.y\n"}});
        QCOMPARE(nameOf(other->cases[0].verdict), QString("runtime-error"));
        QCOMPARE(other->cases[0].line, 3);
    }

    void testProgramsMayExpectExceptions()
    {
        auto task = taskFromJson(addTests);
        task->tests = "try:\n    add(1, 'x')\n    assert False, 'no error'\nexcept TypeError:\n    pass\nassert "
                      "list(add([1], [2])) == [1, 2]\n";
        const auto report = judge(*m_sandbox, *task, {{"x.py", "def add(a, b):\n    return a + b\n"}});
        QVERIFY2(report->verdict == JudgeVerdict::Accepted, report->cases[0].detail.c_str());
    }

    void whatFailedIsShown()
    {
        const auto task = taskFromJson(addTests);
        const auto report = judge(*m_sandbox, *task, {{"x.py", "def add(a, b):\n    return a + abs(b)\n"}});
        QCOMPARE(report->cases[0].input, std::string("add(10, -4)"));
        QCOMPARE(report->cases[0].expected, std::string("assert add(10, -4) == 6"));
        QCOMPARE(report->cases[0].got, std::string("14"));
    }

    void testsThatAreBrokenAreNotTheSolutionsFault()
    {
        auto task = taskFromJson(addTests);
        for (const char* tests : {"assert add(", "import nothing_of_this_name\n", "assert True\n"}) {
            task->tests = tests;
            const auto report = judge(*m_sandbox, *task, {{"x.py", "def add(a, b):\n    return a + b\n"}});
            QVERIFY(report.has_value());
            QCOMPARE(nameOf(report->verdict), QString("broken-tests"));
        }
    }

    void programsAreComparedByTheirOutput()
    {
        auto task = taskFromJson(R"({"language": "python", "cases": [{"input": "1 2\n", "output": "3\n"},
            {"name": "hidden", "input": "5 5\n", "output": "10", "visible": false}, {"input": "2 2", "output": "5"}]})");
        const auto report = judge(*m_sandbox, *task, {{"main.py", "print(sum(map(int, input().split())))"}});
        QCOMPARE(report->passed(), std::size_t{2});
        QCOMPARE(nameOf(report->cases[2].verdict), QString("wrong-answer"));
        QCOMPARE(report->cases[2].got, std::string("4\n"));
        QVERIFY(report->cases[0].cpu.count() > 0 && report->cases[0].peakMemoryBytes > 0);
    }

    void aCompiledProgramIsCompiledOnce()
    {
        auto task = taskFromJson(
            R"({"language": "cpp", "cases": [{"input": "4", "output": "16"}, {"input": "5", "output": "25"}]})");
        const auto report =
            judge(*m_sandbox, *task,
                  {{"main.cpp", "#include <iostream>\nint main() { int n; std::cin >> n; std::cout << n * n; }"}});
        QVERIFY(report.has_value());
        QCOMPARE(report->summary(), std::string("passes your 2 tests"));
        const auto broken = judge(*m_sandbox, *task, {{"main.cpp", "int main() { return x; }"}});
        QCOMPARE(nameOf(broken->verdict), QString("compile-error"));
        QVERIFY(broken->compilerMessages.find("'x' was not declared") != std::string::npos ||
                broken->compilerMessages.find("was not declared") != std::string::npos);
    }

    void aProgramThatChangesItsMindIsFlaky()
    {
        auto task = taskFromJson(R"({"cases": [{"output": "heads"}]})");
        int flaky = 0;
        for (int i = 0; i < 12; ++i) {
            const auto report =
                judge(*m_sandbox, *task, {{"main.py", "import random\nprint(random.choice(['heads', 'tails']))"}});
            flaky += report->verdict == JudgeVerdict::Flaky ? 1 : 0;
        }
        QVERIFY2(flaky > 0 && flaky < 12, qPrintable(QString::number(flaky)));
    }

    void aCheckerDecidesWhereSeveralAnswersAreRight()
    {
        auto task = taskFromJson(R"({"comparator": {"kind": "checker", "source":
            "n = int(open('input').read())\na, b = map(int, open('output').read().split())\nif a * b != n or 1 in (a, b):\n    print('no factors of', n)\n    raise SystemExit(1)\n"},
            "cases": [{"input": "15", "output": ""}]})");
        QVERIFY2(task.has_value(), task ? "" : task.error().message.c_str());
        QCOMPARE(nameOf(judge(*m_sandbox, *task, {{"m.py", "print(5, 3)"}})->verdict), QString("accepted"));
        const auto wrong = judge(*m_sandbox, *task, {{"m.py", "print(5, 4)"}});
        QCOMPARE(nameOf(wrong->verdict), QString("wrong-answer"));
        QCOMPARE(wrong->cases[0].detail, std::string("no factors of 15\n"));
        const auto broken = judge(*m_sandbox, *task, {{"m.py", "print('five')"}});
        QVERIFY(!broken && broken.error().message.find("the checker itself failed") != std::string::npos);
    }

    void stopEndsIt()
    {
        auto task = taskFromJson(addTask);
        std::stop_source stop;
        std::jthread stopper([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            stop.request_stop();
        });
        const auto report = judge(
            *m_sandbox, *task, {{"x.py", "def add(a, b):\n    import time\n    time.sleep(60)\n"}}, stop.get_token());
        QVERIFY(report.has_value());
        QCOMPARE(nameOf(report->verdict), QString("cancelled"));
    }

    void functionsOfOtherLanguagesAreRefused()
    {
        auto task = taskFromJson(addTask);
        task->language = "cpp";
        QVERIFY(!judge(*m_sandbox, *task, {{"m.cpp", "int add(int a, int b) { return a + b; }"}}));
    }

private:
    std::unique_ptr<Sandbox> m_sandbox;
};

QTEST_GUILESS_MAIN(JudgeTest)
#include "judge_test.moc"
