// All of HumanEval: its own solutions pass, and one mutant of each (make_mutants.py, shown to be wrong without us)
// fails.
#include <QTest>

#include <atomic>
#include <mutex>
#include <thread>

#include "assistant/judge/human_eval.h"
#include "assistant/judge/judge.h"
#include "tests/assistant/judge/judge_fixture.h"

using namespace lemma::assistant;

class HumanEvalTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const auto reason = lemma::tests::reasonToSkipSandbox())
            QSKIP(qPrintable(*reason));
        m_sandbox = lemma::tests::testSandbox();
        QVERIFY(m_sandbox);
        const auto problems = readHumanEval(std::string(LEMMA_TEST_DATA_DIR "/assistant/human_eval.jsonl.gz"));
        QVERIFY2(problems.has_value(), problems ? "" : problems.error().message.c_str());
        m_problems = *problems;
        QCOMPARE(m_problems.size(), std::size_t{164});
    }

    void canonicalSolutionsPass()
    {
        std::multimap<std::string, std::string> solutions;
        for (const HumanEvalProblem& problem : m_problems)
            solutions.emplace(problem.id, problem.canonicalSolution);
        judgeAll(solutions, true);
    }

    void mutantsFail()
    {
        const auto mutants = readSolutions(std::string(LEMMA_TEST_DATA_DIR "/assistant/human_eval_mutants.jsonl.gz"));
        QVERIFY2(mutants.has_value(), mutants ? "" : mutants.error().message.c_str());
        QVERIFY(mutants->size() >= 160);
        judgeAll(*mutants, false);
    }

    void otherFormsAreRead()
    {
        HumanEvalProblem problem;
        problem.task.entryPoint = "f";
        problem.prompt = "import math\n\ndef helper(): pass\n\ndef f(x):\n    \"\"\"Doc\"\"\"\n";
        QCOMPARE(problem.program("    return x\n"), problem.prompt + "    return x\n");
        QCOMPARE(problem.program("def f(x):\n    return x\n"),
                 std::string("import math\n\ndef helper(): pass\n\n\ndef f(x):\n    return x\n"));
    }

private:
    void judgeAll(const std::multimap<std::string, std::string>& solutions, bool mustPass)
    {
        std::atomic<std::size_t> next = 0;
        std::mutex mutex;
        QStringList surprises;
        {
            std::vector<std::jthread> workers;
            for (int i = 0; i < 2; ++i)
                workers.emplace_back([&] {
                    for (std::size_t k = next++; k < m_problems.size(); k = next++) {
                        const HumanEvalProblem& problem = m_problems[k];
                        const auto found = solutions.find(problem.id);
                        if (found == solutions.end())
                            continue;
                        const auto report =
                            judge(*m_sandbox, problem.task, {{"solution.py", problem.program(found->second)}});
                        const bool accepted = report && report->verdict == JudgeVerdict::Accepted;
                        const bool rejected = report && (report->verdict == JudgeVerdict::WrongAnswer ||
                                                         report->verdict == JudgeVerdict::RuntimeError);
                        const std::lock_guard lock(mutex);
                        if (mustPass ? !accepted : !rejected)
                            surprises.append(QString::fromStdString(
                                problem.id + ": " +
                                (report ? std::string(judgeVerdictName(report->verdict)) + " " + report->detail +
                                              (report->cases.empty() ? "" : report->cases[0].detail)
                                        : report.error().message)));
                    }
                });
        }
        QVERIFY2(surprises.isEmpty(), qPrintable(surprises.join("\n")));
    }

    std::unique_ptr<Sandbox> m_sandbox;
    std::vector<HumanEvalProblem> m_problems;
};

QTEST_GUILESS_MAIN(HumanEvalTest)
#include "human_eval_test.moc"
