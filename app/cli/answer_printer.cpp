#include "app/cli/answer_printer.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/event_json.h"
#include "engine/runtime/consensus.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;

std::string summaryText(const GenerationSummary& summary)
{
    const Usage& usage = summary.usage;
    std::string text;
    if (usage.thoughtTokens > 0)
        text += fmt::format("{} tokens of thought, ", usage.thoughtTokens);
    text += fmt::format("{} tokens of answer, {:.1f} tokens/s; prompt {} tokens", usage.answerTokens,
                        usage.decodeTokensPerSecond(), usage.promptTokens);
    if (usage.reusedTokens > 0)
        text += fmt::format(", reused {} of {} tokens", usage.reusedTokens, usage.promptTokens);
    if (summary.reason != EndReason::Eos && summary.reason != EndReason::Stop)
        text += fmt::format("; ended early: {}", endReasonName(summary.reason));
    if (usage.draftedTokens > 0)
        text += fmt::format("; {} of {} guessed tokens were right", usage.acceptedTokens, usage.draftedTokens);
    if (summary.thoughtClosedByLimit)
        text += "; the thinking budget closed the thought";
    if (summary.thoughtLanguage.mixed)
        text += fmt::format("; the thought mixes in {}", fmt::join(summary.thoughtLanguage.others, ", "));
    return text;
}

// "6 of 8 say 5; dissent: 7 (1), none (1)" and what it cost.
std::string consensusText(const ConsensusResult& result)
{
    const std::size_t chains = result.chains.size();
    std::string text;
    if (const auto& score = result.chains[static_cast<std::size_t>(result.winner)].score) {
        text = fmt::format("best of {}: chain {} with score {}", chains, result.winner, *score);
    } else if (result.groups.empty()) {
        text = fmt::format("none of {} chains gave an answer", chains);
    } else {
        text = fmt::format("{} of {} chains say {}", result.winningVotes(), chains, result.groups.front().answer);
        for (std::size_t i = 1; i < result.groups.size(); ++i)
            text += fmt::format("{} {} ({})", i == 1 ? "; dissent:" : ",", result.groups[i].answer,
                                result.groups[i].chains.size());
    }
    text += fmt::format("; {} tokens in all", result.tokens);
    if (result.decidedEarly)
        text += fmt::format(", about {} saved by ending when it was decided", result.tokensSaved);
    return text;
}

} // namespace

void TextPrinter::show(const Event& event)
{
    if (const auto* loading = std::get_if<Loading>(&event)) {
        m_console.progress(fmt::format("Loading the model, {:.0f} %", static_cast<double>(loading->fraction) * 100));
    } else if (const auto* prefill = std::get_if<Prefill>(&event)) {
        m_console.progress(fmt::format("Reading the prompt, {} of {} tokens", prefill->done, prefill->total));
    } else if (const auto* delta = std::get_if<ChainDelta>(&event)) {
        m_chainTokens += delta->tokens.end - delta->tokens.begin;
        m_console.progress(
            fmt::format("Thinking in several chains, {} tokens, {} ended", m_chainTokens, m_chainsEnded));
    } else if (std::holds_alternative<ChainEnd>(event)) {
        ++m_chainsEnded;
    } else if (const auto* thought = std::get_if<ThoughtDelta>(&event)) {
        m_thoughtTokens += thought->tokens.end - thought->tokens.begin;
        if (m_thought == ThoughtDisplay::Hide) {
            m_console.progress(fmt::format("Thinking, {} tokens", m_thoughtTokens));
            return;
        }
        enter(Part::Thought);
        print(thought->text);
    } else if (const auto* answer = std::get_if<AnswerDelta>(&event)) {
        enter(Part::Answer);
        print(answer->text);
    }
}

void TextPrinter::enter(Part part)
{
    if (part == m_part)
        return;
    const bool plainAnswer = m_part == Part::None && part == Part::Answer; // no thought was shown: no heading needed
    if (m_part != Part::None)
        m_console.write(m_console.style(Style::Plain), m_lineOpen ? "\n\n" : "\n");
    m_part = part;
    m_leading = true;
    m_lineOpen = false;
    if (!plainAnswer)
        m_console.write(m_console.style(Style::Heading), part == Part::Thought ? "Thought" : "Answer",
                        m_console.style(Style::Plain), "\n");
    if (part == Part::Thought)
        m_console.write(m_console.style(Style::Thought));
}

void TextPrinter::print(std::string_view text)
{
    if (m_leading) {
        const std::size_t begin = text.find_first_not_of(" \n\t\r");
        if (begin == std::string_view::npos)
            return;
        text.remove_prefix(begin);
        m_leading = false;
    }
    m_console.write(text);
    m_lineOpen = text.empty() ? m_lineOpen : text.back() != '\n';
}

void TextPrinter::finish(const Result<GenerationSummary>& result)
{
    m_console.clearProgress();
    m_console.write(m_console.style(Style::Plain), m_lineOpen ? "\n" : "");
    if (result && result->consensus)
        m_console.note(consensusText(*result->consensus));
    if (result)
        m_console.note(summaryText(*result));
}

void JsonPrinter::show(const Event& event)
{
    m_console.line(eventJson(event));
    if (const auto* thought = std::get_if<ThoughtDelta>(&event))
        showSteps(m_splitter.push(thought->text, thought->tokens));
    else if (std::holds_alternative<ThoughtEnd>(event))
        showSteps(m_splitter.finish());
}

void JsonPrinter::finish(const Result<GenerationSummary>& result)
{
    showSteps(m_splitter.finish()); // of a thought that was never closed
    if (result && result->consensus)
        m_console.line(consensusJson(*result->consensus));
    m_console.line(finishedJson(result));
}

void JsonPrinter::showSteps(const std::vector<tutor::Step>& steps)
{
    for (const tutor::Step& step : steps)
        m_console.line(stepJson(step, m_steps++));
}

} // namespace lemma::app
