// Every path of the repair loop, with scripted answers and verdicts.
#include <QTest>

#include <deque>

#include "assistant/repair/coding_task.h"
#include "assistant/repair/prompts.h"
#include "assistant/repair/repair_loop.h"
#include "assistant/repair/service_asker.h"
#include "tests/support/scripted_service.h"

using namespace lemma::assistant;
using lemma::engine::ErrorCode;
using lemma::engine::Result;

namespace {

std::string answerWith(const std::string& program) { return "Here:\n```python\n" + program + "\n```\n"; }

QString name(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

// The verdict is written in the program: "pass", "fail A", "fail hidden", "crash", "broken", "no sandbox".
JudgeReport reportFor(const std::string& program)
{
    JudgeReport report;
    for (const char* each : {"A", "B", "C"}) {
        CaseReport one;
        one.name = each;
        one.input = std::string("f(") + each + ")";
        one.expected = "1";
        one.verdict = JudgeVerdict::Accepted;
        if (program.find(std::string("fail ") + each) != std::string::npos) {
            one.verdict = JudgeVerdict::WrongAnswer;
            one.got = "2";
        }
        report.cases.push_back(one);
    }
    report.cases[2].isVisible = false;
    const bool failed = report.passed() < 3;
    report.verdict = failed ? JudgeVerdict::WrongAnswer : JudgeVerdict::Accepted;
    if (program.find("broken") != std::string::npos)
        report.verdict = JudgeVerdict::BrokenTests;
    if (program.find("no sandbox") != std::string::npos)
        report.verdict = JudgeVerdict::SandboxError;
    return report;
}

struct Scripted {
    std::deque<std::string> answers;
    std::vector<CodingQuestion> questions = {};
    std::vector<std::string> kinds = {};
    std::int64_t tokensEach = 100;

    CodingOutcome run(RepairOptions options = {}, std::stop_token stop = {})
    {
        JudgeTask task;
        task.text = "Write f.";
        task.entryPoint = "";
        CodingTools tools;
        tools.ask = [this](const CodingQuestion& question, std::stop_token) -> Result<CodingAnswer> {
            questions.push_back(question);
            if (answers.empty())
                return lemma::engine::fail(ErrorCode::Internal, "no more answers");
            CodingAnswer answer{answers.front(), tokensEach, true};
            answers.pop_front();
            return answer;
        };
        tools.test = [](const JudgeTask&, const std::vector<SourceFile>& files,
                        std::stop_token) -> Result<JudgeReport> { return reportFor(files.front().text); };
        tools.onRound = [this](const Round& round) { kinds.emplace_back(roundKindName(round.kind)); };
        return writeProgram(task, tools, options, std::move(stop));
    }
};

} // namespace

class RepairTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rightAtOnce()
    {
        Scripted script{{answerWith("x = 'pass'")}};
        const CodingOutcome outcome = script.run();
        QCOMPARE(name(codingEndName(outcome.end)), QString("passed"));
        QCOMPARE(outcome.summary(), std::string("passes your 3 tests"));
        QCOMPARE(outcome.tokens, std::int64_t{100});
    }

    void repairedInTheSecondRound()
    {
        Scripted script{{answerWith("x = 'fail A fail B'"), answerWith("x = 'fail B'"), answerWith("x = 'pass'")}};
        const CodingOutcome outcome = script.run();
        QCOMPARE(outcome.summary(), std::string("passes your 3 tests after 2 repairs"));
        QCOMPARE(outcome.rounds[1].diff, std::string("@@ -1,1 +1,1 @@\n-x = 'fail A fail B'\n+x = 'fail B'\n"));
        const std::string& prompt = script.questions[1].prompt;
        QVERIFY(prompt.find("failed test 1 of 3") != std::string::npos);
        QVERIFY(prompt.find("x = 'fail A fail B'") != std::string::npos);
        QVERIFY2(prompt.find("Expected:\n1\nGot:\n2\n") != std::string::npos, prompt.c_str());
        QCOMPARE(script.kinds, (std::vector<std::string>{"first", "repair", "repair"}));
    }

    void theSameProgramAgainIsNotRepairedOnceMore()
    {
        Scripted script{{answerWith("x = 'fail A'"), answerWith("x = 'fail A'"), answerWith("y = 'pass'")}};
        const CodingOutcome outcome = script.run();
        QCOMPARE(script.kinds, (std::vector<std::string>{"first", "repair", "fresh"}));
        QVERIFY(script.questions[2].prompt.find("fail A") == std::string::npos);
        QVERIFY(script.questions[2].temperature.has_value());
        QVERIFY(script.questions[2].seed != script.questions[0].seed);
        QVERIFY(outcome.end == CodingEnd::Passed);
    }

    void theSameFailureTwiceIsNoProgress()
    {
        Scripted script{{answerWith("x = 'fail A'"), answerWith("y = 'fail A'"), answerWith("z = 'pass'")}};
        script.run();
        QCOMPARE(script.kinds, (std::vector<std::string>{"first", "repair", "fresh"}));
    }

    void aStepBackIsNoProgress()
    {
        Scripted script{
            {answerWith("x = 'fail B'"), answerWith("x = 'fail A fail B'"), answerWith("x = 'fail B fail C'")}};
        const CodingOutcome outcome = script.run({.rounds = 2});
        QCOMPARE(script.kinds, (std::vector<std::string>{"first", "repair", "fresh"}));
        QVERIFY(outcome.end == CodingEnd::RoundsSpent);
        QCOMPARE(*outcome.best, std::size_t{0});
        QCOMPARE(outcome.summary(), std::string("the best of 3 versions fails 1 of your 3 tests"));
    }

    void hiddenTestsAreNeverShown()
    {
        Scripted script{{answerWith("x = 'fail C'"), answerWith("x = 'pass'")}};
        const CodingOutcome outcome = script.run();
        QCOMPARE(script.kinds, (std::vector<std::string>{"first", "fresh"}));
        for (const CodingQuestion& question : script.questions)
            QVERIFY(question.prompt.find("f(C)") == std::string::npos);
        QVERIFY(outcome.end == CodingEnd::Passed);
    }

    void anAnswerWithoutAProgramIsAskedAnew()
    {
        Scripted script{{"I cannot.", "<think>\n```python\nx = 'pass'\n```\n", answerWith("x = 'pass'")}};
        const CodingOutcome outcome = script.run();
        QCOMPARE(script.kinds, (std::vector<std::string>{"first", "fresh", "fresh"}));
        QVERIFY(outcome.rounds[1].extraction == ExtractionStatus::TruncatedReasoning);
        QCOMPARE(*outcome.best, std::size_t{2});
    }

    void everyEndIsReached()
    {
        Scripted none{{"No.", "No.", "No.", "No."}};
        QCOMPARE(none.run().summary(), std::string("no program was written"));

        Scripted broken{{answerWith("x = 'broken'")}};
        QCOMPARE(name(codingEndName(broken.run().end)), QString("broken-tests"));

        Scripted sandbox{{answerWith("x = 'no sandbox'")}};
        QCOMPARE(name(codingEndName(sandbox.run().end)), QString("sandbox-failed"));
        QCOMPARE(sandbox.questions.size(), std::size_t{1}); // the model is never told

        Scripted model{{}};
        QCOMPARE(name(codingEndName(model.run().end)), QString("model-failed"));

        Scripted tokens{{answerWith("x = 'fail A'"), answerWith("x = 'fail B'")}};
        const CodingOutcome spent = tokens.run({.maxTokens = 100});
        QCOMPARE(name(codingEndName(spent.end)), QString("tokens-spent"));
        QCOMPARE(tokens.questions[0].maxTokens, std::int64_t{100});
        QVERIFY(spent.best.has_value());

        auto time = std::chrono::steady_clock::now();
        Scripted slow{{answerWith("x = 'fail A'"), answerWith("x = 'fail B'")}};
        RepairOptions options;
        options.maxTime = std::chrono::seconds(10);
        options.clock = [&] { return time += std::chrono::seconds(3); };
        QCOMPARE(name(codingEndName(slow.run(options).end)), QString("time-spent"));

        std::stop_source stop;
        stop.request_stop();
        Scripted cancelled{{answerWith("x = 'pass'")}};
        QCOMPARE(name(codingEndName(cancelled.run({}, stop.get_token()).end)), QString("cancelled"));
        QVERIFY(cancelled.questions.empty());
    }

    void samplesAreScoredByTheirTests()
    {
        Scripted script{{answerWith("x = 'fail A'"), answerWith("x = 'pass'")}};
        script.run({.samples = 4});
        QCOMPARE(script.questions[0].samples, 4);
        QCOMPARE(script.questions[1].samples, 1);
    }

    void aServiceIsAsked()
    {
        lemma::tests::ScriptedService service;
        service.enqueue(lemma::tests::scriptedAnswer("hm", answerWith("x = 1")));
        service.enqueue(lemma::tests::scriptedFailure(ErrorCode::OutOfMemory, "too large"));
        lemma::engine::GenerationRequest base;
        base.limits.maxTokens = 500;
        const AskModel ask = askService(service, base);
        CodingQuestion question{"Write x.", 7, 0.9F};
        question.maxTokens = 200;
        const auto answer = ask(question, {});
        QVERIFY(answer.has_value());
        QCOMPARE(answer->text, answerWith("x = 1"));
        QVERIFY(answer->tokens > 0 && answer->isComplete);
        const auto requests = service.requests();
        QCOMPARE(requests[0].conversation.size(), std::size_t{1}); // no system message
        QCOMPARE(requests[0].limits.maxTokens, 200);
        QCOMPARE(requests[0].seed, std::uint64_t{7});
        QCOMPARE(*requests[0].overrides.temperature, 0.9F);
        const auto failed = ask(question, {});
        QVERIFY(!failed && failed.error().code == ErrorCode::OutOfMemory);
    }

    void aServiceIsStopped()
    {
        lemma::tests::ScriptedService service;
        service.enqueue(lemma::tests::scriptedAnswer("", "a very slow answer", std::chrono::seconds(5)));
        std::stop_source stop;
        stop.request_stop();
        const auto answer = askService(service, {})(CodingQuestion{"x", 0, {}}, stop.get_token());
        QVERIFY(!answer && answer.error().code == ErrorCode::Cancelled);
    }

    void examplesOfTheTaskBecomeTests()
    {
        const std::string text = "Add.\n>>> add(2, 3)\n5\n>>> add('a', \"b\")\n'ab'\n\n>>> x = 3\n>>> add(1)\n"
                                 "Traceback (most recent call last):\n";
        QCOMPARE(testsFromExamples(text),
                 std::string("assert repr(add(2, 3)) == '5'\nassert repr(add('a', \"b\")) == '\\'ab\\''\n"));
        QCOMPARE(entryPointOfExamples(text), std::string("add"));
        QCOMPARE(testsFromExamples("no examples"), std::string());
    }

    void whatAProgramPrintedIsCleaned()
    {
        const std::string hostile = "\x1b[31mred\x1b[0m " + std::string(5000, 'x') + "\nend";
        const std::string text = excerpt(hostile);
        QVERIFY(text.size() < 330 && text.starts_with("red ") && text.ends_with("end"));
        QVERIFY(text.find('\x1b') == std::string::npos);
    }

    void compilerErrorsAreTold()
    {
        JudgeTask task;
        task.language = "cpp";
        JudgeReport report;
        report.verdict = JudgeVerdict::CompileError;
        report.compilerMessages = "main.cpp: In function 'int main()':\nmain.cpp:2:3: error: 'x' was not declared\n    "
                                  "2 |   x;\n      |   ^\n";
        const std::string prompt = repairPrompt(task, "int main() { x; }", report);
        QVERIFY2(prompt.find("It does not compile:\nmain.cpp:2:3: error: 'x' was not declared\n    2 |   x;") !=
                     std::string::npos,
                 prompt.c_str());
        QVERIFY(prompt.find("```cpp\nint main() { x; }\n```") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(RepairTest)
#include "repair_test.moc"
