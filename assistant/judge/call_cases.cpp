// Cases that call a function of the solution: one process for as many as it survives.
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "assistant/judge/case_judges.h"
#include "assistant/judge/driver_process.h"

namespace lemma::assistant {

using engine::Result;
using nlohmann::json;

namespace {

constexpr int maxProcesses = 8; // a solution that ends itself at every case is not started for ever

std::string errorText(const json& error)
{
    const int line = numberMember(error, "line");
    return fmt::format("{}: {}{}", textMember(error, "type"), textMember(error, "text"),
                       line > 0 ? fmt::format(" (line {})", line) : std::string());
}

class CallJudge {
public:
    explicit CallJudge(const JudgeRun& run) : m_run(run) {}

    Result<JudgeReport> judge()
    {
        for (std::size_t i = 0; i < m_run.task.cases.size(); ++i) {
            const TestCase& one = m_run.task.cases[i];
            CaseReport result;
            result.name = one.name;
            result.isVisible = one.isVisible;
            result.input = callText(m_run.task.entryPoint, one.call->arguments, one.call->keywords);
            result.expected = one.call->raises.empty() ? valueText(one.call->result) : "raises " + one.call->raises;
            if (m_report.verdict == JudgeVerdict::NotRun && m_processes <= maxProcesses)
                LEMMA_CHECK(judgeCase(*one.call, i, result));
            m_report.cases.push_back(std::move(result));
        }
        if (m_driver)
            LEMMA_CHECK(endDriver());
        return std::move(m_report);
    }

private:
    // Loads the solution. False: it cannot be loaded, which the report then says.
    Result<bool> ensureDriver(std::size_t casesLeft)
    {
        if (m_driver)
            return true;
        if (++m_processes > maxProcesses)
            return false;
        m_driver = std::make_unique<DriverProcess>(m_run.sandbox, callDriverRequest(m_run, casesLeft), m_run.stop);
        const auto ready = m_driver->receiveWith({"ready", "import"});
        if (ready && ready->contains("ready"))
            return true;
        m_report.verdict = JudgeVerdict::RuntimeError;
        if (ready && ready->contains("import")) {
            const json error = objectMember(*ready, "import");
            m_report.detail = errorText(error);
            if (isSyntaxError(textMember(error, "type")))
                m_report.verdict = JudgeVerdict::CompileError;
            LEMMA_CHECK(endDriver());
        } else {
            LEMMA_TRY(const RunReport report, endDriver());
            const JudgeVerdict verdict = verdictOf(report);
            m_report.verdict = verdict == JudgeVerdict::Accepted ? JudgeVerdict::RuntimeError : verdict;
            m_report.detail =
                verdict == JudgeVerdict::Accepted ? "the program ended before it was asked anything" : report.detail;
        }
        return false;
    }

    Result<RunReport> endDriver()
    {
        Result<RunReport> report = m_driver->finish();
        if (report)
            m_report.isolation = report->isolation;
        m_driver.reset();
        return report;
    }

    Result<> judgeCase(const CallCase& call, std::size_t index, CaseReport& result)
    {
        LEMMA_TRY(const bool isReady, ensureDriver(m_run.task.cases.size() - index));
        if (!isReady)
            return {};
        const double seconds = std::chrono::duration<double>(limitsOf(m_run.task).cpu).count();
        m_driver->send(
            {{"i", index}, {"f", m_run.task.entryPoint}, {"a", call.arguments}, {"k", call.keywords}, {"s", seconds}});
        if (const auto answer = m_driver->receiveAnswer(index)) {
            judgeAnswer(call, *answer, result);
            return {};
        }
        LEMMA_TRY(const RunReport report, endDriver());
        const JudgeVerdict verdict = verdictOf(report);
        result.verdict = verdict == JudgeVerdict::Accepted ? JudgeVerdict::RuntimeError : verdict;
        result.detail = verdict == JudgeVerdict::Accepted ? "the program ended itself" : report.detail;
        return {};
    }

    void judgeAnswer(const CallCase& call, const json& answer, CaseReport& result) const
    {
        if (answer.contains("e")) {
            const json error = objectMember(answer, "e");
            const std::string type = textMember(error, "type");
            result.got = "raises " + type;
            result.detail = errorText(error);
            result.line = numberMember(error, "line");
            result.verdict = type == "_TimeUp"                             ? JudgeVerdict::TimeLimit
                             : !call.raises.empty() && type == call.raises ? JudgeVerdict::Accepted
                                                                           : JudgeVerdict::RuntimeError;
            if (result.verdict == JudgeVerdict::TimeLimit)
                result.detail = "this call took too long";
            return;
        }
        const json got = answer.value("r", json());
        result.got = valueText(got);
        const bool isRight =
            call.raises.empty() && answer.contains("r") && sameValue(call.result, got, m_run.task.values);
        result.verdict = isRight ? JudgeVerdict::Accepted : JudgeVerdict::WrongAnswer;
    }

    const JudgeRun& m_run;
    JudgeReport m_report;
    std::unique_ptr<DriverProcess> m_driver;
    int m_processes = 0;
};

} // namespace

Result<JudgeReport> judgeCalls(const JudgeRun& run) { return CallJudge(run).judge(); }

} // namespace lemma::assistant
