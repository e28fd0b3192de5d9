#include "app/cli/chain_options.h"

#include <CLI/CLI.hpp>

#include "tutor/answer/final_answer.h"
#include "tutor/answer/rewards.h"
#include "tutor/checker/grade.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;

std::optional<std::string> finalAnswerOf(const ChainText& chain)
{
    if (!chain.thoughtClosed) // half a thought is no vote
        return std::nullopt;
    const auto answer = tutor::extractFinalAnswer(chain.answer);
    return answer ? std::optional(answer->text()) : std::nullopt;
}

// Mathematics where both can be read as such; words otherwise.
bool sameAnswer(const std::string& a, const std::string& b)
{
    return a == b || tutor::grade(a, b).equality == tutor::Equality::Equal;
}

double formatScore(const ChainText& chain)
{
    return chain.thoughtClosed ? tutor::formatReward(chain.thought + "</think>" + chain.answer) : 0;
}

double accuracyScore(const ChainText& chain, const std::string& expected)
{
    const auto answer = finalAnswerOf(chain);
    return answer && sameAnswer(expected, *answer) ? 1 : 0;
}

} // namespace

void ChainOptions::addTo(CLI::App& command)
{
    CLI::Option* count =
        command.add_option("--chains", chains, "Write this many chains of thought at once; needs --vote")
            ->check(CLI::Range(1, 1024));
    command.add_flag("--vote", vote, "The answer that most chains give wins; ends as soon as that is certain")
        ->needs(count);
    command.add_flag("--all-chains", all, "Let every chain come to its end, also when the result is certain");
    CLI::Option* best = command.add_option("--best-of", bestOf, "Write this many chains and take the best by --score")
                            ->check(CLI::Range(1, 1024))
                            ->excludes(count);
    command.add_option("--score", score, "format: the thought is closed, the answer boxed; accuracy: it is --expect")
        ->check(CLI::IsMember({"format", "accuracy"}))
        ->needs(best)
        ->capture_default_str();
    command.add_option("--expect", expected, "The right answer, for --score accuracy")->needs(best);
}

Result<std::optional<ConsensusOptions>> ChainOptions::consensus() const
{
    if (!chains && !bestOf)
        return std::nullopt;
    if (chains && !vote)
        return fail(ErrorCode::InvalidArgument, "--chains needs --vote");
    if (score == "accuracy" && expected.empty())
        return fail(ErrorCode::InvalidArgument, "--score accuracy needs --expect");
    ConsensusOptions options;
    options.chains = chains ? *chains : *bestOf;
    options.ballot = finalAnswerOf;
    options.sameAnswer = sameAnswer;
    options.stopWhenDecided = !all;
    if (bestOf && !all)
        options.goodEnough = 1; // of both rewards the most
    if (bestOf && score == "accuracy") {
        options.score = [answer = expected](const ChainText& chain) { return accuracyScore(chain, answer); };
    } else if (bestOf) {
        options.score = formatScore;
    }
    return options;
}

} // namespace lemma::app
