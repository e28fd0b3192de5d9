// Pace, ends and repetition of a run, with a tiny model of random weights and a clock of our own.
#include <random>

#include <QTemporaryDir>
#include <QTest>

#include "engine/runtime/local_engine.h"
#include "tests/support/asked_engine.h"
#include "tests/support/tiny_chat_model.h"

using namespace lemma::engine;
using lemma::tests::TinyChatModel;

namespace {

// What became of one request.
struct Outcome : lemma::tests::Outcome {
    EndReason reason() const { return result ? result->reason : EndReason::Error; }
    std::string text() const { return thought + "|" + answer; }
    // A random model may open another thought right behind the first; that is closed once more.
    bool thoughtOnce() const
    {
        return std::count_if(run.interventions.begin(), run.interventions.end(),
                             [](const Intervention& intervention) { return intervention.closing > 0; }) <= 1;
    }
    std::optional<InterventionCause> closedBy() const
    {
        for (const Intervention& intervention : run.interventions)
            if (intervention.closing > 0)
                return intervention.cause;
        return std::nullopt;
    }
};

Outcome ask(LocalEngine& engine, GenerationRequest request, const std::function<void(const RunEvent&)>& also = {})
{
    return {lemma::tests::askEngine(engine, std::move(request), also)};
}

} // namespace

class RunTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    std::filesystem::path m_model;
    LocalEngine m_engine{{.threads = 1}};

    GenerationRequest request(int maxTokens = 300, std::uint64_t seed = 7) const
    {
        GenerationRequest request;
        request.model = m_model;
        request.conversation = {{Role::User, "2 + 2 = ?", {}}};
        request.limits.maxTokens = maxTokens;
        request.seed = seed;
        return request;
    }

    // The same run again, on an engine with other threads.
    static GenerationRequest again(const Outcome& outcome, const std::filesystem::path& model)
    {
        GenerationRequest request;
        request.model = model;
        request.earlier = EarlierRun{.run = outcome.run, .keep = 0, .insert = {}, .repeat = true};
        return request;
    }

    // A fresh engine, which has to read what the model still sees.
    void goesOnFrom(const Outcome& outcome, int keep)
    {
        for (const Intervention& it : outcome.run.interventions)
            if (it.at < keep && it.at + std::ssize(it.tokens) > keep)
                return; // within words that were put in
        GenerationRequest goOn;
        goOn.model = m_model;
        goOn.earlier = EarlierRun{.run = outcome.run, .keep = keep, .insert = {}};
        LocalEngine fresh({.threads = 1});
        const Outcome rest = ask(fresh, goOn);
        QCOMPARE(rest.text(), outcome.text());
        QVERIFY(rest.run.tokens == outcome.run.tokens);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_model = m_dir.filePath("tiny.gguf").toStdString();
        TinyChatModel model;
        model.contextLength = 1024;
        model.write(m_model);
    }

    void budgetsAreKeptToTheToken()
    {
        int closed = 0;
        for (int i = 0; i < 120; ++i) {
            const int budget = i % 12 * 11;
            GenerationRequest limited = request(400, static_cast<std::uint64_t>(i));
            limited.limits.thinkingTokens = budget;
            const Outcome outcome = ask(m_engine, limited);
            QVERIFY(outcome.result.has_value());
            if (!outcome.thoughtOnce())
                continue;
            constexpr int tag = 3; // "</think>" and two line breaks: what is the least
            QVERIFY(outcome.result->usage.thoughtTokens <= std::max(budget, tag));
            if (outcome.closedBy() != InterventionCause::TokenBudget)
                continue;
            ++closed;
            QCOMPARE(outcome.result->usage.thoughtTokens, std::max(budget, tag));
        }
        QVERIFY(closed >= 10);
    }

    void theAnswerKeepsItsReserveToTheToken()
    {
        int closed = 0;
        for (int i = 0; i < 120; ++i) {
            const int reserve = 60 + i;
            GenerationRequest limited = request(200, static_cast<std::uint64_t>(i));
            limited.limits.answerReserve = reserve;
            const Outcome outcome = ask(m_engine, limited);
            if (outcome.closedBy() != InterventionCause::AnswerReserve || !outcome.thoughtOnce())
                continue;
            ++closed;
            QCOMPARE(outcome.result->usage.thoughtTokens, 200 - reserve);
        }
        QVERIFY(closed >= 3);
    }

    void timeIsABudgetToo()
    {
        GenerationRequest limited = request();
        limited.limits.thinkingTime = std::chrono::seconds(30);
        auto now = std::chrono::steady_clock::time_point{};
        limited.clock = [&now] { return now += std::chrono::seconds(1); }; // a second a token
        const Outcome outcome = ask(m_engine, limited);
        QVERIFY(outcome.closedBy() == InterventionCause::TimeBudget);
        QCOMPARE(outcome.run.interventions.front().at, 30);
        QVERIFY(outcome.result->thoughtClosedByLimit);
        // Again, with the real clock, which would not close it there.
        const Outcome repeated = ask(m_engine, again(outcome, m_model));
        QCOMPARE(repeated.text(), outcome.text());
        QVERIFY(repeated.run.tokens == outcome.run.tokens);
        QVERIFY(repeated.run.interventions == outcome.run.interventions);
    }

    void answerNowClosesTheThoughtAtTheNextToken()
    {
        std::stop_source now;
        GenerationRequest pressed = request();
        pressed.answerNow = now.get_token();
        int tokens = 0;
        const Outcome outcome = ask(m_engine, pressed, [&](const RunEvent& event) {
            if (std::holds_alternative<RunTokens>(event) && ++tokens == 17)
                now.request_stop();
        });
        QVERIFY(outcome.closedBy() == InterventionCause::AnswerNow);
        QCOMPARE(outcome.run.interventions.front().at, 17);
        GenerationRequest planned = request();
        planned.limits.answerNowAfter = 17;
        QCOMPARE(ask(m_engine, planned).text(), outcome.text());
        LocalEngine other({.threads = 3});
        QCOMPARE(ask(other, again(outcome, m_model)).text(), outcome.text());
    }

    void everyEndIsReachedAndRepeated()
    {
        const auto repeats = [&](const Outcome& outcome, EndReason reason) {
            if (outcome.reason() != reason)
                return false;
            LocalEngine other({.threads = 2});
            const Outcome repeated = ask(other, again(outcome, m_model));
            return repeated.reason() == reason && repeated.text() == outcome.text() &&
                   repeated.run.tokens == outcome.run.tokens;
        };
        // A random model ends when it likes; some seed gets as far as the limit.
        const auto reached = [&](GenerationRequest wanted, EndReason reason) {
            for (wanted.seed = 0; wanted.seed < 60; ++wanted.seed)
                if (const Outcome outcome = ask(m_engine, wanted); outcome.reason() == reason)
                    return repeats(outcome, reason);
            return false;
        };
        QVERIFY(reached(request(80), EndReason::Length));

        GenerationRequest context = request(100'000);
        context.limits.contextTokens = 200;
        QVERIFY(reached(context, EndReason::Context));

        GenerationRequest stop = request();
        stop.limits.thinkingTokens = 0;
        const std::string answer = ask(m_engine, stop).answer;
        QVERIFY(answer.size() > 30);
        stop.stopStrings = {answer.substr(20, 3)};
        QVERIFY(repeats(ask(m_engine, stop), EndReason::Stop));

        GenerationRequest budget = request(3); // the tag alone takes all of it
        budget.limits.answerReserve = 0;
        budget.limits.thinkingTokens = 0;
        QVERIFY(repeats(ask(m_engine, budget), EndReason::Budget));

        GenerationRequest loop = request(600);
        loop.overrides.temperature = 0.0F;
        bool answerLooped = false, thoughtLooped = false;
        for (int i = 0; i < 60 && !(answerLooped && thoughtLooped); ++i) {
            loop.conversation.front().content = "problem " + std::to_string(i);
            const Outcome looped = ask(m_engine, loop);
            thoughtLooped = thoughtLooped || looped.closedBy() == InterventionCause::Loop;
            answerLooped = answerLooped || repeats(looped, EndReason::Loop);
        }
        QVERIFY(thoughtLooped);
        QVERIFY(answerLooped);

        bool eos = false;
        for (std::uint64_t seed = 0; seed < 60 && !eos; ++seed) {
            GenerationRequest hot = request(600, seed);
            hot.sampling = SamplingParameters{.temperature = 3.0F, .topP = 1.0F, .seed = seed};
            const Outcome outcome = ask(m_engine, hot);
            eos = outcome.reason() == EndReason::Eos && repeats(outcome, EndReason::Eos);
        }
        QVERIFY(eos);

        GenerationRequest wrong = request();
        wrong.overrides.temperature = -1.0F;
        QVERIFY(ask(m_engine, wrong).reason() == EndReason::Error);
    }

    // A thought that loops goes on from before the loop, in another way; so does its repetition, and whoever takes it
    // up in the middle.
    void aLoopIsResampled()
    {
        int resampled = 0, closed = 0, whole = 0;
        for (int i = 0; i < 80 && whole < 2; ++i) {
            GenerationRequest loop = request(900);
            loop.overrides.temperature = 0.0F;
            loop.conversation.front().content = "problem " + std::to_string(i);
            loop.limits.loops = LoopPolicy::Resample;
            const Outcome outcome = ask(m_engine, loop);
            const auto& interventions = outcome.run.interventions;
            const auto backs = std::ranges::count_if(interventions, [](const auto& it) { return it.forgotten > 0; });
            if (backs == 0)
                continue;
            ++resampled;
            QVERIFY(backs <= 3);
            closed += outcome.closedBy() == InterventionCause::Loop ? 1 : 0;
            const Intervention& back = interventions.front();
            QVERIFY(back.cause == InterventionCause::Loop && back.tokens.empty() && back.forgotten <= back.at);
            // It went on with another token than the one that led into the loop.
            const auto at = static_cast<std::size_t>(back.at);
            QVERIFY(outcome.run.tokens.size() > at);
            QVERIFY(outcome.run.tokens[at] != outcome.run.tokens[at - static_cast<std::size_t>(back.forgotten)]);
            LocalEngine other({.threads = 2});
            const Outcome repeated = ask(other, again(outcome, m_model));
            QCOMPARE(repeated.text(), outcome.text());
            QVERIFY(repeated.run.tokens == outcome.run.tokens);
            QVERIFY(repeated.run.interventions == interventions);
            // Guessing ahead changes nothing.
            GenerationRequest guessed = loop;
            guessed.drafting.lookup = true;
            QCOMPARE(ask(m_engine, guessed).text(), outcome.text());
            ++whole;
            for (std::size_t keep = 0; keep <= outcome.run.tokens.size(); keep += 41)
                goesOnFrom(outcome, static_cast<int>(keep));
            goesOnFrom(outcome, back.at);
        }
        qInfo("%d thoughts resampled, %d of them closed in the end", resampled, closed);
        QVERIFY(resampled >= 2);
        QVERIFY(whole >= 1);
    }

    // Cancelled at every step, and gone on with from there: always the text of the run that nobody stopped.
    void goesOnFromEveryToken()
    {
        GenerationRequest whole = request(160);
        whole.limits.thinkingTokens = 100;
        whole.overrides.repetitionPenalty = 1.2F;
        Outcome unbroken = ask(m_engine, whole);
        while (unbroken.run.interventions.empty() || unbroken.run.tokens.size() < 140) { // a long one
            ++whole.seed;
            QVERIFY(whole.seed < 200);
            unbroken = ask(m_engine, whole);
        }
        const int count = static_cast<int>(unbroken.run.tokens.size());
        int stopped = 0;
        for (int kill = 1; kill < count; ++kill) {
            std::stop_source stop;
            GenerationRequest broken = whole;
            broken.stop = stop.get_token();
            int seen = 0;
            const Outcome half = ask(m_engine, broken, [&](const RunEvent& event) {
                if (!std::holds_alternative<RunBegun>(event) && ++seen == kill)
                    stop.request_stop();
            });
            stopped += half.reason() == EndReason::Cancelled ? 1 : 0;
            GenerationRequest goOn;
            goOn.model = m_model;
            goOn.earlier = EarlierRun{.run = half.run, .keep = static_cast<int>(half.run.tokens.size()), .insert = {}};
            const Outcome rest = ask(m_engine, goOn);
            QCOMPARE(rest.text(), unbroken.text());
            QVERIFY(rest.run.tokens == unbroken.run.tokens);
            QVERIFY(rest.reason() == unbroken.reason());
        }
        QVERIFY(stopped >= 30);
    }

    void aBranchKeepsTheBeginning()
    {
        const Outcome first = ask(m_engine, request());
        GenerationRequest branch;
        branch.model = m_model;
        branch.earlier = EarlierRun{.run = first.run, .keep = 40, .insert = " No, differently."};
        const Outcome second = ask(m_engine, branch);
        QVERIFY(second.result.has_value());
        QVERIFY(std::equal(first.run.tokens.begin(), first.run.tokens.begin() + 40, second.run.tokens.begin()));
        QVERIFY(second.thought.find(" No, differently.") != std::string::npos);
        QVERIFY(second.run.interventions.front().cause == InterventionCause::Edit);
        QVERIFY(second.text() != first.text());
        QCOMPARE(second.result->usage.reusedTokens, static_cast<int>(first.run.prompt.size()) + 40 - 1);
        QCOMPARE(ask(m_engine, again(second, m_model)).text(), second.text());

        // A thought that was closed is opened again, before the words that closed it.
        GenerationRequest closed = request();
        closed.limits.answerNowAfter = 25;
        const Outcome answered = ask(m_engine, closed);
        GenerationRequest open;
        open.model = m_model;
        open.earlier = EarlierRun{.run = answered.run,
                                  .keep = answered.run.interventions.front().at,
                                  .insert = "\n\nWait, let me think",
                                  .insertCause = InterventionCause::KeepThinking};
        open.earlier->run.limits.answerNowAfter.reset();
        const Outcome longer = ask(m_engine, open);
        QVERIFY(longer.thought.starts_with(answered.thought.substr(0, 10)));
        QVERIFY(longer.result->usage.thoughtTokens > answered.result->usage.thoughtTokens);
        QCOMPARE(ask(m_engine, again(longer, m_model)).text(), longer.text());
    }

    void thinksInALanguage()
    {
        GenerationRequest german = request();
        german.thinkIn = "de";
        const Outcome outcome = ask(m_engine, german);
        QVERIFY(outcome.thought.starts_with("Okay, ich denke das auf Deutsch durch.\n\n"));
        QVERIFY(outcome.run.interventions.front().cause == InterventionCause::ThinkIn);
        QCOMPARE(ask(m_engine, again(outcome, m_model)).text(), outcome.text());
        german.limits.answerNowAfter = 60;
        german.limits.maxTokens = 500;
        Outcome closed = ask(m_engine, german);
        for (; closed.closedBy() != InterventionCause::AnswerNow && german.seed < 60; ++german.seed)
            closed = ask(m_engine, german);
        QVERIFY(closed.thought.find("antworte mit dem, was ich habe") != std::string::npos);

        // Broken off before its first word, it begins as it was asked to; also in the words that close it.
        GenerationRequest goOn;
        goOn.model = m_model;
        goOn.earlier = EarlierRun{.run = closed.run, .keep = 0, .insert = {}};
        goOn.earlier->run.tokens.clear();
        goOn.earlier->run.interventions.clear();
        QCOMPARE(ask(m_engine, goOn).text(), closed.text());

        german.thinkIn = "xx";
        QVERIFY(ask(m_engine, german).result.error().code == ErrorCode::Unsupported);
        german.thinkIn = "de";
        german.templateFamily = TemplateFamily::ChatMl;
        QVERIFY(ask(m_engine, german).result.error().code == ErrorCode::Unsupported);
    }

    void aForeignOrDamagedRecordIsRefused()
    {
        const Outcome first = ask(m_engine, request(40));
        GenerationRequest foreign = again(first, m_model);
        foreign.earlier->run.modelHash = "0000000000000000";
        QVERIFY(ask(m_engine, foreign).result.error().code == ErrorCode::InvalidArgument);
        GenerationRequest damaged = again(first, m_model);
        damaged.earlier->run.tokens.push_back(1'000'000);
        QVERIFY(ask(m_engine, damaged).result.error().code == ErrorCode::CorruptFile);
    }

    void overridesChangeWhatTheFamilyRecommends()
    {
        GenerationRequest cold = request(40);
        cold.overrides.temperature = 0.0F;
        const Outcome outcome = ask(m_engine, cold);
        QCOMPARE(outcome.run.sampling.temperature, 0.0F);
        QCOMPARE(outcome.run.sampling.topP, 0.95F); // R1's
        QCOMPARE(outcome.run.sampling.seed, std::uint64_t{7});
    }
};

QTEST_GUILESS_MAIN(RunTest)
#include "run_test.moc"
