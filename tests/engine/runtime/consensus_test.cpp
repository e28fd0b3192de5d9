// Many chains at once with a tiny model of random weights: each writes what it would write alone, whatever happens to
// the others, and all memory comes back.
#include <mutex>

#include <QTemporaryDir>
#include <QTest>

#include "engine/base/thread_pool.h"
#include "engine/runtime/generation.h"
#include "engine/runtime/loaded_model.h"
#include "tests/support/tiny_chat_model.h"

using namespace lemma::engine;
using lemma::tests::TinyChatModel;

namespace {

struct Run {
    GenerationRequest request;
    std::stop_source stop;
    std::string thought;
    std::string answer;
    RunRecord told;
    int chainEnds = 0;
    int events = 0;
    int stopAfter = -1; // events

    explicit Run(const std::filesystem::path& model, int chains = 0)
    {
        request.model = model;
        request.conversation = {{Role::User, "2 + 2 = ?", {}}};
        request.limits.maxTokens = 60;
        request.limits.thinkingTokens = 12;
        request.seed = 7;
        if (chains > 0)
            request.consensus.emplace().chains = chains;
    }

    Result<GenerationSummary> generate(LoadedModel& model)
    {
        request.onEvent = [this](const Event& event) {
            if (const auto* delta = std::get_if<ThoughtDelta>(&event))
                thought += delta->text;
            else if (const auto* delta2 = std::get_if<AnswerDelta>(&event))
                answer += delta2->text;
            chainEnds += std::holds_alternative<ChainEnd>(event);
            if (++events == stopAfter)
                stop.request_stop();
        };
        request.onRun = [this](const RunEvent& event) { apply(told, event); };
        return lemma::engine::generate(model, request, stop.get_token());
    }
};

} // namespace

class ConsensusTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    std::filesystem::path m_file;
    ThreadPool m_pool{2};

    std::unique_ptr<LoadedModel> load(std::optional<std::int64_t> cacheBytes = {})
    {
        auto model = LoadedModel::load(m_file, m_pool, {Precision::Fast, cacheBytes}, {}, [](float) {});
        return model ? std::move(*model) : nullptr;
    }

    // What requests of their own with the seeds 7, 8, ... say.
    std::vector<std::string> single(int chains)
    {
        std::vector<std::string> texts;
        for (int i = 0; i < chains; ++i) {
            const auto model = load();
            Run run(m_file);
            run.request.seed = 7 + static_cast<std::uint64_t>(i);
            const auto summary = run.generate(*model);
            texts.push_back(summary ? run.thought + "|" + run.answer : summary.error().message);
        }
        return texts;
    }

    static bool releasesEverything(LoadedModel& model)
    {
        while (model.prefixes().evictOldest()) {
        }
        return model.prefixes().cache().bytesUsed() == 0;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_file = m_dir.filePath("tiny.gguf").toStdString();
        TinyChatModel().write(m_file);
    }

    void chainsWriteWhatTheyWouldWriteAlone()
    {
        const std::vector<std::string> expected = single(8);
        QVERIFY(expected[0] != expected[1]);
        const auto model = load();
        Run run(m_file, 8);
        run.request.consensus->stopWhenDecided = false;
        const auto summary = run.generate(*model);
        QVERIFY(summary);
        const ConsensusResult& result = *summary->consensus;
        QCOMPARE(result.chains.size(), std::size_t{8});
        for (std::size_t i = 0; i < 8; ++i) {
            QCOMPARE(result.chains[i].text.thought + "|" + result.chains[i].text.answer, expected[i]);
            QCOMPARE(result.chains[i].run.sampling.seed, 7 + i);
        }
        QCOMPARE(run.thought + "|" + run.answer, expected[static_cast<std::size_t>(result.winner)]);
        QCOMPARE(run.chainEnds, 8);
        QVERIFY(run.told.tokens == result.chains[static_cast<std::size_t>(result.winner)].run.tokens);
        QVERIFY(run.told.interventions == result.chains[static_cast<std::size_t>(result.winner)].run.interventions);
        QVERIFY(!result.decidedEarly);
        QVERIFY(releasesEverything(*model));
    }

    // Room for the longest chain and little more: the others wait, write again, and nothing changes.
    void aSmallCacheMakesChainsWait()
    {
        const std::vector<std::string> expected = single(6);
        const auto roomy = load();
        const std::size_t page = roomy->prefixes().cache().layout().pageBytes();
        for (const std::size_t pages : {6u, 7u, 9u, 12u}) {
            const auto model = load(static_cast<std::int64_t>(pages * page));
            Run run(m_file, 6);
            run.request.consensus->stopWhenDecided = false;
            const auto summary = run.generate(*model);
            QVERIFY2(summary, summary ? "" : summary.error().message.c_str());
            for (std::size_t i = 0; i < 6; ++i) {
                const ChainText& text = summary->consensus->chains[i].text;
                QCOMPARE(text.thought + "|" + text.answer, expected[i]);
            }
            QVERIFY(model->prefixes().cache().bytesUsed() <= pages * page);
            QVERIFY(releasesEverything(*model));
        }
    }

    void stopsWhenTheMajorityIsCertain()
    {
        Run all(m_file, 7);
        all.request.consensus->sameAnswer = [](const auto&, const auto&) { return true; };
        all.request.consensus->stopWhenDecided = false;
        all.request.limits.maxTokens = 400;
        Run early = all;
        early.request.consensus->stopWhenDecided = true;
        const auto whole = all.generate(*load());
        const auto model = load();
        const auto summary = early.generate(*model);
        QVERIFY(whole && summary);
        const ConsensusResult& result = *summary->consensus;
        QVERIFY(result.decidedEarly);
        QVERIFY(result.votes() >= 4);
        QVERIFY(result.votes() < 7);
        QVERIFY(result.tokens < whole->consensus->tokens);
        QCOMPARE(result.groups.size(), std::size_t{1});
        for (const ChainOutcome& chain : result.chains) {
            QCOMPARE(chain.stoppedEarly, chain.text.reason == EndReason::Cancelled);
            QCOMPARE(chain.stoppedEarly, !chain.ballot.has_value());
        }
        QVERIFY(releasesEverything(*model));
    }

    // By the record that it leaves, each chain can be repeated alone.
    void everyChainCanBeRepeated()
    {
        const auto model = load();
        Run run(m_file, 4);
        run.request.consensus->stopWhenDecided = false;
        const auto summary = run.generate(*model);
        QVERIFY(summary);
        for (const ChainOutcome& chain : summary->consensus->chains) {
            Run again(m_file);
            again.request.earlier = EarlierRun{.run = chain.run, .keep = 0, .insert = {}, .repeat = true};
            QVERIFY(again.generate(*model));
            QCOMPARE(again.thought, chain.text.thought);
            QCOMPARE(again.answer, chain.text.answer);
            QVERIFY(again.told.tokens == chain.run.tokens);
            QCOMPARE(chain.usage.thoughtTokens + chain.usage.answerTokens, static_cast<int>(chain.run.tokens.size()));
        }
    }

    void theBestScoreWins()
    {
        const auto model = load();
        Run run(m_file, 5);
        std::vector<double> scores;
        run.request.consensus->score = [&](const ChainText& chain) {
            scores.push_back(static_cast<double>(std::hash<std::string>()(chain.answer) % 1000));
            return scores.back();
        };
        const auto summary = run.generate(*model);
        QVERIFY(summary);
        QCOMPARE(scores.size(), std::size_t{5});
        const ConsensusResult& result = *summary->consensus;
        QCOMPARE(*result.chains[static_cast<std::size_t>(result.winner)].score, std::ranges::max(scores));
        QVERIFY(result.groups.empty());
    }

    void stopAtEveryEvent()
    {
        const auto reference = load();
        Run whole(m_file, 3);
        whole.request.limits.maxTokens = 24;
        QVERIFY(whole.generate(*reference));
        QVERIFY(whole.events > 60);
        const auto model = load();
        for (int n = 1; n <= whole.events; ++n) {
            Run run(m_file, 3);
            run.request.limits.maxTokens = 24;
            run.stopAfter = n;
            const auto summary = run.generate(*model);
            QVERIFY(summary);
            QVERIFY(summary->reason == EndReason::Cancelled || !run.stop.stop_requested());
            QVERIFY(releasesEverything(*model)); // and so that each run reads its prompt
        }
    }

    void senselessRequestsAreRefused()
    {
        const auto model = load();
        for (const int chains : {0, -1, 1025}) {
            Run run(m_file, 1);
            run.request.consensus->chains = chains;
            QVERIFY(run.generate(*model).error().code == ErrorCode::InvalidArgument);
        }
        Run greedy(m_file, 2);
        greedy.request.sampling = SamplingParameters{.temperature = 0};
        QVERIFY(greedy.generate(*model).error().code == ErrorCode::InvalidArgument);
        Run earlier(m_file, 2);
        Run first(m_file);
        QVERIFY(first.generate(*model));
        earlier.request.earlier = EarlierRun{.run = first.told, .insert = {}};
        QVERIFY(earlier.generate(*model).error().code == ErrorCode::InvalidArgument);
        Run strange(m_file, 2);
        strange.request.sampling = SamplingParameters{.topP = 3};
        QVERIFY(strange.generate(*model).error().code == ErrorCode::InvalidArgument);
        QVERIFY(releasesEverything(*model));
    }
};

QTEST_APPLESS_MAIN(ConsensusTest)
#include "consensus_test.moc"
