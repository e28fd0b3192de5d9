#include "assistant/repair/repair_loop.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <span>

#include "assistant/repair/line_diff.h"
#include "assistant/repair/prompts.h"
#include "assistant/sandbox/language.h"

namespace lemma::assistant {

using engine::ErrorCode;
using engine::Result;
using std::chrono::steady_clock;

namespace {

constexpr float freshTemperature = 0.9F; // more than R1's 0.6: a fresh sample must be another one

std::string defaultName(const std::string& languageId)
{
    const Language* language = findLanguage(languageId);
    const std::string extension = language != nullptr ? std::string(language->extensions.front()) : ".txt";
    return "main" + extension;
}

std::vector<SourceFile> filesOf(const Extraction& extraction, const std::string& language)
{
    std::vector<SourceFile> files;
    for (const ProgramFile& file : extraction.files)
        files.push_back({file.path.empty() ? defaultName(language) : file.path, file.source});
    return files;
}

// What makes two failures the same one for a reader: the verdict, the case, and what came instead.
std::string signatureOf(const JudgeReport& report)
{
    const CaseReport* failure = report.smallestFailure();
    std::string signature(judgeVerdictName(report.verdict));
    signature += '\0';
    signature += failure != nullptr ? failure->name + '\0' + failure->got + '\0' + failure->detail
                                    : report.detail + report.compilerMessages;
    return signature;
}

std::string allTextOf(const std::vector<SourceFile>& files)
{
    std::string text;
    for (const SourceFile& file : files)
        text += file.path + '\0' + file.text + '\0';
    return text;
}

bool hasProgram(const Round& round) { return !round.files.empty(); }

double shareOf(const JudgeReport& report)
{
    return report.cases.empty() ? 0.0 : static_cast<double>(report.passed()) / static_cast<double>(report.cases.size());
}

class Run {
public:
    Run(const JudgeTask& task, const CodingTools& tools, const RepairOptions& options, std::stop_token stop)
        : m_task(task), m_tools(tools), m_options(options), m_stop(std::move(stop)), m_start(now())
    {
    }

    CodingOutcome run()
    {
        std::optional<CodingEnd> end;
        for (int number = 0; number <= m_options.rounds && !end; ++number) {
            end = limitMet();
            if (!end)
                end = doRound();
        }
        m_outcome.end = end.value_or(CodingEnd::RoundsSpent);
        return std::move(m_outcome);
    }

private:
    steady_clock::time_point now() const { return m_options.clock ? m_options.clock() : steady_clock::now(); }
    const Round& last() const { return m_outcome.rounds.back(); }

    std::optional<CodingEnd> limitMet() const
    {
        if (m_stop.stop_requested())
            return CodingEnd::Cancelled;
        if (now() - m_start >= m_options.maxTime)
            return CodingEnd::TimeSpent;
        if (m_outcome.tokens >= m_options.maxTokens)
            return CodingEnd::TokensSpent;
        return std::nullopt;
    }

    // Asks, tests, and tells why there is nothing more to do; nothing: another round may help.
    std::optional<CodingEnd> doRound()
    {
        Round round;
        const CodingQuestion question = nextQuestion(round);
        const auto asked = now();
        const Result<CodingAnswer> answer = m_tools.ask(question, m_stop);
        round.asking = now() - asked;
        if (!answer) {
            m_outcome.detail = answer.error().message;
            return answer.error().code == ErrorCode::Cancelled ? CodingEnd::Cancelled : CodingEnd::ModelFailed;
        }
        round.tokens = answer->tokens;
        m_outcome.tokens += answer->tokens;
        const auto tested = now();
        if (const Result<> result = test(answer->text, round); !result) {
            m_outcome.detail = result.error().message;
            return CodingEnd::SandboxFailed;
        }
        round.testing = now() - tested;
        if (round.kind == RoundKind::Repair)
            round.diff = unifiedDiff(last().program(), round.program());
        m_outcome.rounds.push_back(std::move(round));
        keepBest();
        if (m_tools.onRound)
            m_tools.onRound(last());
        return endAfter(last().report);
    }

    CodingQuestion nextQuestion(Round& round)
    {
        CodingQuestion question;
        question.seed = m_options.seed + m_outcome.rounds.size();
        question.maxTokens = m_options.maxTokens - m_outcome.tokens;
        if (m_outcome.rounds.empty()) {
            question.prompt = firstPrompt(m_task);
            question.samples = m_options.samples;
            question.score = [this](const std::string& answer) { return score(answer); };
        } else if (madeNoProgress()) {
            round.kind = RoundKind::Fresh;
            question.prompt = firstPrompt(m_task);
            question.temperature = freshTemperature;
        } else {
            round.kind = RoundKind::Repair;
            question.prompt = repairPrompt(m_task, last().program(), last().report);
        }
        round.prompt = question.prompt;
        return question;
    }

    Result<> test(const std::string& answer, Round& round)
    {
        const Extraction found = extractProgram(answer, {m_task.language, m_task.entryPoint});
        round.extraction = found.status;
        if (found.status != ExtractionStatus::Found)
            return {};
        round.files = filesOf(found, m_task.language);
        const std::string text = allTextOf(round.files);
        if (const auto known = m_tested.find(text); known != m_tested.end()) {
            round.report = known->second;
            return {};
        }
        LEMMA_TRY(round.report, m_tools.test(m_task, round.files, m_stop));
        m_tested.emplace(text, round.report);
        return {};
    }

    double score(const std::string& answer)
    {
        Round tried;
        return test(answer, tried) && hasProgram(tried) ? shareOf(tried.report) : -1.0;
    }

    // The last round is then followed by a fresh sample and not by a repair of it.
    bool madeNoProgress() const
    {
        const Round& round = last();
        if (!hasProgram(round))
            return true;
        const bool onlyHiddenFailed = round.report.smallestFailure() != nullptr &&
                                      round.report.smallestFailure(JudgeReport::Among::Visible) == nullptr;
        if (onlyHiddenFailed)
            return true;
        const std::span earlier(m_outcome.rounds.data(), m_outcome.rounds.size() - 1);
        if (earlier.empty())
            return false;
        const bool sameProgram =
            std::ranges::any_of(earlier, [&](const Round& before) { return before.program() == round.program(); });
        const bool sameFailure =
            hasProgram(earlier.back()) && signatureOf(earlier.back().report) == signatureOf(round.report);
        return sameProgram || sameFailure || round.report.passed() < m_outcome.rounds[*m_outcome.best].report.passed();
    }

    void keepBest()
    {
        if (!hasProgram(last()))
            return;
        if (!m_outcome.best || last().report.passed() > m_outcome.rounds[*m_outcome.best].report.passed())
            m_outcome.best = m_outcome.rounds.size() - 1;
    }

    std::optional<CodingEnd> endAfter(const JudgeReport& report)
    {
        const CaseReport* failure = report.smallestFailure();
        const std::string why = failure != nullptr ? failure->detail : report.detail;
        switch (report.verdict) {
        case JudgeVerdict::Accepted: return CodingEnd::Passed;
        case JudgeVerdict::Cancelled: return CodingEnd::Cancelled;
        case JudgeVerdict::SandboxError: m_outcome.detail = why; return CodingEnd::SandboxFailed;
        case JudgeVerdict::BrokenTests: m_outcome.detail = why; return CodingEnd::BrokenTests;
        default: return std::nullopt;
        }
    }

    const JudgeTask& m_task;
    const CodingTools& m_tools;
    const RepairOptions& m_options;
    std::stop_token m_stop;
    steady_clock::time_point m_start;
    CodingOutcome m_outcome;
    // By the program's text: the best of several samples was tested when they were compared.
    std::map<std::string, JudgeReport> m_tested;
};

} // namespace

CodingOutcome writeProgram(const JudgeTask& task, const CodingTools& tools, const RepairOptions& options,
                           std::stop_token stop)
{
    return Run(task, tools, options, std::move(stop)).run();
}

std::string CodingOutcome::summary() const
{
    const auto repairs = std::ranges::count(rounds, RoundKind::Repair, &Round::kind);
    switch (end) {
    case CodingEnd::BrokenTests: return "the tests themselves do not run: " + detail;
    case CodingEnd::SandboxFailed: return "could not be checked: " + detail;
    case CodingEnd::ModelFailed: return "the model did not answer: " + detail;
    default: break;
    }
    if (!best)
        return "no program was written";
    const JudgeReport& report = rounds[*best].report;
    if (end == CodingEnd::Passed && repairs == 0)
        return report.summary();
    if (end == CodingEnd::Passed)
        return fmt::format("{} after {} {}", report.summary(), repairs, repairs == 1 ? "repair" : "repairs");
    return rounds.size() == 1 ? report.summary()
                              : fmt::format("the best of {} versions {}", rounds.size(), report.summary());
}

std::string_view codingEndName(CodingEnd end)
{
    switch (end) {
    case CodingEnd::Passed: return "passed";
    case CodingEnd::RoundsSpent: return "rounds-spent";
    case CodingEnd::TokensSpent: return "tokens-spent";
    case CodingEnd::TimeSpent: return "time-spent";
    case CodingEnd::Cancelled: return "cancelled";
    case CodingEnd::BrokenTests: return "broken-tests";
    case CodingEnd::SandboxFailed: return "sandbox-failed";
    case CodingEnd::ModelFailed: return "model-failed";
    }
    return "model-failed";
}

std::string_view roundKindName(RoundKind kind)
{
    switch (kind) {
    case RoundKind::First: return "first";
    case RoundKind::Repair: return "repair";
    case RoundKind::Fresh: return "fresh";
    }
    return "first";
}

} // namespace lemma::assistant
