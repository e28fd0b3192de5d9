#pragma once
// What a run was made of: enough to get the identical text again, or to go on with it.
//
//     request.onRun = [](const RunEvent& event) { ... };   // keeps the record; engine/history does
//     ...
//     request.earlier = EarlierRun{.run = record, .repeat = true};   // the same again
//     request.earlier = EarlierRun{.run = record, .keep = 57, .insert = "No, wait."};  // another branch from there
//
// A run is its model with its adapters, its prompt, how it was sampled (seed included), its limits, its grammar, and
// its interventions: everything that was written and not drawn. Which token was drawn where does not depend on the
// number of threads. Interventions that a clock, a user or a limit caused are recorded with their place, and happen
// there again.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/model/adapter_choice.h"
#include "engine/runtime/generation_limits.h"
#include "engine/sampling/parameters.h"
#include "engine/tokenizer/token_id.h"

namespace lemma::engine {

enum class InterventionCause : std::uint8_t {
    AnswerNow,     // the user wants the answer
    TokenBudget,   // of the thought
    TimeBudget,    // of the thought
    AnswerReserve, // what is left of new tokens or context is for the answer
    Loop,
    Edit,         // a user's words in place of the model's
    KeepThinking, // a closed thought is opened again
    ThinkIn,      // the thought is begun in a language
};
std::string_view interventionCauseName(InterventionCause cause);    // "answer-now", "token-budget", ...
InterventionCause interventionCauseFromName(std::string_view name); // Edit for a name that is none of ours

// Tokens that are written without being drawn, or forgotten.
struct Intervention {
    InterventionCause cause = InterventionCause::Edit;
    int at = 0;                  // how many new tokens had been written
    std::vector<TokenId> tokens; // that were written there
    int closing = 0;             // how many of them, at the end, close the thought
    // How many of the last tokens before `at` the model no longer sees: it goes on as if they had not been written, but
    // not with the first of them. They stay in what was told.
    int forgotten = 0;

    friend bool operator==(const Intervention&, const Intervention&) = default;
};

// What the answer must look like (engine/grammar/grammar.h); the thought is never bound.
struct GrammarSource {
    enum class Notation : std::uint8_t { Gbnf, JsonSchema };
    Notation notation = Notation::Gbnf;
    std::string text;

    friend bool operator==(const GrammarSource&, const GrammarSource&) = default;
};

struct RunRecord {
    std::string modelHash; // modelFingerprint()
    std::string templateName;
    std::vector<TokenId> prompt;
    bool thoughtOpened = false; // the prompt ends inside a thought
    SamplingParameters sampling;
    GenerationLimits limits;
    std::vector<std::string> stopStrings;
    std::optional<GrammarSource> grammar = {};
    AdapterChoices adapters = {}; // with their hashes
    std::string thinkIn = {};     // language of the thought; empty: as the model liked

    std::vector<Intervention> interventions;
    std::vector<TokenId> tokens; // that were written, those of the interventions included
};

// Told while a run goes on, in order: once what it is, then its tokens. Tokens of an intervention come with it.
struct RunBegun {
    RunRecord run;
};
struct RunTokens {
    std::vector<TokenId> tokens;
};
using RunEvent = std::variant<RunBegun, RunTokens, Intervention>;

// Adds what an event tells of tokens and interventions.
void append(std::vector<TokenId>& tokens, std::vector<Intervention>& interventions, const RunEvent& event);
// Of a run's new tokens: those that the model sees, forgotten ones left out.
std::vector<TokenId> seenTokens(const std::vector<TokenId>& tokens, const std::vector<Intervention>& interventions);
// Adds what an event tells.
void apply(RunRecord& run, const RunEvent& event);
// The events that tell a whole run.
void tellRun(const RunRecord& run, const std::function<void(const RunEvent&)>& onRun);

// An earlier run to begin with. Adapters, prompt, sampling, limits and grammar are then those of `run`.
struct EarlierRun {
    RunRecord run;
    int keep = 0;       // so many of its tokens are taken over; never cuts an intervention in two
    std::string insert; // is written behind them
    InterventionCause insertCause = InterventionCause::Edit;
    bool repeat = false; // its later interventions happen again, and no others
};

} // namespace lemma::engine
