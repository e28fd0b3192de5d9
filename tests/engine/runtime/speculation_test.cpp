// Grammars and drafting in the engine, with a tiny model of random weights: the text is what it was without guesses.
#include <array>
#include <cmath>
#include <map>

#include <QTemporaryDir>
#include <QTest>

#include "engine/base/thread_pool.h"
#include "engine/grammar/grammar_matcher.h"
#include "engine/runtime/loaded_model.h"
#include "engine/runtime/local_engine.h"
#include "engine/runtime/lookup_drafter.h"
#include "tests/support/asked_engine.h"
#include "tests/support/test_paths.h"
#include "tests/support/tiny_chat_model.h"

using namespace lemma::engine;
using lemma::tests::askEngine;
using lemma::tests::Outcome;
using lemma::tests::TinyChatModel;

class SpeculationTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    std::filesystem::path m_model;
    std::filesystem::path m_small;

    GenerationRequest request(const char* problem = "abc abc abc abc abc abc 123 123 123") const
    {
        GenerationRequest made;
        made.model = m_model;
        made.conversation = {{Role::User, problem, {}}};
        made.limits.maxTokens = 200;
        made.limits.thinkingTokens = 20;
        made.seed = 11;
        return made;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_model = m_dir.filePath("tiny.gguf").toStdString();
        m_small = m_dir.filePath("small.gguf").toStdString();
        TinyChatModel().write(m_model);
        TinyChatModel small;
        small.seed = 2;
        small.write(m_small);
    }

    // One forward pass over guesses gives bit for bit the logits of single tokens, so that nothing can differ.
    void rowsOfGuessesAreSingleRows()
    {
        ThreadPool pool(2);
        const auto model = LoadedModel::load(m_model, pool, {}, {}, [](float) {});
        QVERIFY(model.has_value());
        KvCache& cache = (*model)->prefixes().cache();
        const std::vector<TokenId> tokens{'a', 'b', 'c', 'a', 'b', 'c', 'x', 'y', 'z', '1', '2', '3', 'q'};
        std::vector<float> single;
        std::vector<float> logits;
        Sequence one = cache.newSequence();
        for (const TokenId& token : tokens) {
            const Model::BatchItem item{&one, {&token, 1}, false};
            QVERIFY((*model)->forward({&item, 1}, logits).has_value());
            single.insert(single.end(), logits.begin(), logits.end());
        }
        for (std::size_t rows = 2; rows <= tokens.size(); ++rows) {
            Sequence many = cache.newSequence();
            std::vector<float> all;
            for (std::size_t begin = 0; begin < tokens.size(); begin += rows) {
                const Model::BatchItem item{
                    &many, std::span(tokens).subspan(begin, std::min(rows, tokens.size() - begin)), true};
                QVERIFY((*model)->forward({&item, 1}, logits).has_value());
                all.insert(all.end(), logits.begin(), logits.end());
            }
            QVERIFY(all == single);
        }
    }

    void theTextIsTheSameForEveryDrafter_data()
    {
        QTest::addColumn<double>("temperature");
        QTest::addColumn<int>("seed");
        QTest::addColumn<double>("penalty");
        for (const double temperature : {0.0, 0.3, 1.0, 3.0})
            for (const int seed : {1, 2, 3})
                QTest::addRow("temperature %g, seed %d", temperature, seed) << temperature << seed << 1.0;
        QTest::addRow("with a penalty") << 0.5 << 4 << 1.3;
    }
    void theTextIsTheSameForEveryDrafter()
    {
        QFETCH(double, temperature);
        QFETCH(int, seed);
        QFETCH(double, penalty);
        LocalEngine engine({.threads = 1});
        GenerationRequest plain = request();
        SamplingParameters sampling;
        sampling.temperature = static_cast<float>(temperature);
        sampling.repetitionPenalty = static_cast<float>(penalty);
        sampling.seed = static_cast<std::uint64_t>(seed);
        plain.sampling = sampling;
        const Outcome expected = askEngine(engine, plain);
        QVERIFY(expected.result.has_value());
        QCOMPARE(expected.result->usage.draftedTokens, 0);
        const auto same = [&](const Drafting& drafting) {
            GenerationRequest drafted = plain;
            drafted.drafting = drafting;
            const Outcome got = askEngine(engine, drafted);
            return got.result.has_value() && got.result->usage.draftedTokens > 0 && got.thought == expected.thought &&
                   got.answer == expected.answer && got.result->reason == expected.result->reason &&
                   got.result->usage.answerTokens == expected.result->usage.answerTokens;
        };
        QVERIFY(same({.lookup = false, .model = m_small}));
        QVERIFY(same({.lookup = false, .model = m_model})); // guesses that are right
        GenerationRequest lookup = plain;
        lookup.drafting.lookup = true;
        const Outcome got = askEngine(engine, lookup);
        QCOMPARE(got.thought, expected.thought);
        QCOMPARE(got.answer, expected.answer);
    }

    void aModelThatGuessesForItselfIsAlwaysRight()
    {
        LocalEngine engine({.threads = 1});
        GenerationRequest drafted = request();
        drafted.sampling = SamplingParameters{.temperature = 0.0F};
        drafted.drafting.model = m_model;
        const Outcome got = askEngine(engine, drafted);
        QVERIFY(got.result->usage.draftedTokens > 50);
        // Guesses that a closed thought or an end made useless are wrong ones too.
        QVERIFY(got.result->usage.acceptedTokens >= got.result->usage.draftedTokens - 30);
    }

    // Tokens drawn behind a guess, over many seeds, against those drawn without: a chi-square test of two samples.
    void theDistributionIsUnchanged()
    {
        LocalEngine engine({.threads = 1});
        constexpr int runs = 600;
        std::map<std::string, std::array<int, 2>> counts;
        for (int drafted = 0; drafted < 2; ++drafted) {
            for (int run = 0; run < runs; ++run) {
                GenerationRequest one = request();
                one.limits.thinkingTokens.reset();
                one.limits.maxTokens = 6;
                SamplingParameters sampling;
                sampling.temperature = 0.7F;
                sampling.topK = 3;
                // Different seeds on purpose: with the same ones the texts are equal, which says more and tests less.
                sampling.seed = static_cast<std::uint64_t>(run + drafted * 100'000);
                one.sampling = sampling;
                if (drafted == 1)
                    one.drafting.model = m_model;
                const Outcome got = askEngine(engine, one);
                ++counts[got.thought.substr(0, 2)][static_cast<std::size_t>(drafted)];
            }
        }
        double statistic = 0;
        int cells = 0;
        std::array<int, 2> rest{};
        const auto add = [&](const std::array<int, 2>& cell) {
            const double expected = (cell[0] + cell[1]) / 2.0; // as many runs of either kind
            statistic += (cell[0] - expected) * (cell[0] - expected) / expected * 2;
            ++cells;
        };
        for (const auto& [text, cell] : counts) {
            if (cell[0] + cell[1] >= 20)
                add(cell);
            else
                rest = {rest[0] + cell[0], rest[1] + cell[1]};
        }
        if (rest[0] + rest[1] > 0)
            add(rest);
        QVERIFY(cells >= 3);
        // Mean and variance of chi-square with f degrees of freedom are f and 2f: five deviations above is one in
        // millions. The seeds are fixed, so the result is always the same.
        const double freedom = cells - 1;
        qInfo("chi-square %.2f with %d degrees of freedom", statistic, cells - 1);
        QVERIFY(statistic < freedom + 5 * std::sqrt(2 * freedom));
    }

    void otherVocabulariesAreRefused()
    {
        const std::filesystem::path starter = lemma::tests::starterModel();
        if (starter.empty())
            QSKIP("needs the starter model");
        LocalEngine engine({.threads = 1});
        GenerationRequest mixed = request();
        mixed.drafting.model = starter;
        const Outcome got = askEngine(engine, mixed);
        QVERIFY(!got.result.has_value());
        QVERIFY(got.result.error().code == ErrorCode::InvalidArgument);
        QVERIFY2(got.result.error().message.find("49152 tokens, not 262") != std::string::npos,
                 got.result.error().message.c_str());
        QVERIFY(!got.readPrompt);
    }

    void theGrammarBindsTheAnswerAndNotTheThought()
    {
        LocalEngine engine({.threads = 1});
        GenerationRequest plain = request();
        plain.limits.thinkingTokens = 30;
        const Outcome free = askEngine(engine, plain);
        for (const bool lookup : {false, true}) {
            GenerationRequest bound = plain;
            bound.drafting.lookup = lookup;
            bound.grammar =
                GrammarSource{GrammarSource::Notation::JsonSchema,
                              R"({"type":"object","properties":{"n":{"type":"integer","minimum":0,"maximum":99},
                                              "w":{"type":"string","maxLength":6}},"required":["n","w"]})"};
            const Outcome got = askEngine(engine, bound);
            QVERIFY2(got.result.has_value(), got.result ? "" : got.result.error().message.c_str());
            QCOMPARE(got.thought, free.thought);
            QVERIFY(got.result->reason == EndReason::Eos);
            Result<Grammar> grammar = Grammar::fromJsonSchema(bound.grammar->text);
            GrammarMatcher matcher(std::make_shared<const Grammar>(std::move(*grammar)));
            const std::size_t begin = got.answer.find('{');
            QVERIFY2(matcher.mayEnd(matcher.advance(matcher.start(), got.answer.substr(begin))), got.answer.c_str());
        }
    }

    void aWrongGrammarIsToldBeforeAnythingIsRead()
    {
        LocalEngine engine({.threads = 1});
        GenerationRequest wrong = request();
        wrong.grammar = GrammarSource{GrammarSource::Notation::Gbnf, "root ::= item"};
        const Outcome got = askEngine(engine, wrong);
        QVERIFY(got.result.error().code == ErrorCode::InvalidArgument);
        QVERIFY(!got.readPrompt);
    }

    void lookupGuessesWhatFollowedBefore()
    {
        ChainState state;
        state.tokens = {1, 2, 3, 4, 5, 6, 7, 1, 2, 3};
        state.promptTokens = 5;
        GenerationLimits limits;
        LookupDrafter drafter(TokenLimits(limits, 5, 1000));
        QCOMPARE(drafter.draft(state), (std::vector<TokenId>{4, 5, 6, 7}));
        drafter.judged(4, 4);
        state.tokens = {1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7};
        QCOMPARE(drafter.draft(state), (std::vector<TokenId>{1, 2, 3, 4, 5, 6, 7}));
        state.tokens.push_back(9);
        QVERIFY(drafter.draft(state).empty());
        limits.maxTokens = 11;
        LookupDrafter short_(TokenLimits(limits, 5, 1000));
        state.tokens = {1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9, 1, 2, 3};
        QVERIFY(short_.draft(state).empty()); // the next token is the last
    }
};

QTEST_GUILESS_MAIN(SpeculationTest)
#include "speculation_test.moc"
