// The engine as its callers see it, with a tiny model of random weights.

#include <condition_variable>
#include <mutex>
#include <optional>

#include <QTemporaryDir>
#include <QTest>

#include "engine/runtime/local_engine.h"
#include "tests/support/tiny_chat_model.h"

using namespace lemma::engine;
using lemma::tests::TinyChatModel;

namespace {

// One request and everything it was told.
class Exchange {
public:
    explicit Exchange(const std::filesystem::path& model, std::string problem = "2 + 2 = ?")
    {
        request.model = model;
        request.conversation = {{Role::User, std::move(problem), {}}};
        request.limits.maxTokens = 60;
        request.seed = 7;
    }

    void submit(GenerationService& service)
    {
        request.stop = stop.get_token();
        request.onEvent = [this](const Event& event) { record(event); };
        request.onFinished = [this](Result<GenerationSummary> theResult) {
            const std::scoped_lock lock(m_mutex);
            ++finishes;
            result = std::move(theResult);
            m_done.notify_all();
        };
        service.submit(request);
    }

    bool wait()
    {
        std::unique_lock lock(m_mutex);
        return m_done.wait_for(lock, std::chrono::seconds(30), [this] { return finishes > 0; });
    }

    GenerationRequest request;
    std::stop_source stop;
    std::function<void(const Event&)> also;
    std::string thought;
    std::string answer;
    int thoughtEnds = 0;
    std::optional<Prefill> lastPrefill;
    std::vector<TokenRange> ranges;
    int finishes = 0;
    Result<GenerationSummary> result = fail(ErrorCode::Internal, "not finished");

private:
    void record(const Event& event)
    {
        if (const auto* delta = std::get_if<ThoughtDelta>(&event)) {
            thought += delta->text;
            ranges.push_back(delta->tokens);
        } else if (const auto* delta2 = std::get_if<AnswerDelta>(&event)) {
            answer += delta2->text;
            ranges.push_back(delta2->tokens);
        } else if (std::holds_alternative<ThoughtEnd>(event)) {
            ++thoughtEnds;
        } else if (const auto* prefill = std::get_if<Prefill>(&event)) {
            lastPrefill = *prefill;
        }
        if (also)
            also(event);
    }

    std::mutex m_mutex;
    std::condition_variable m_done;
};

} // namespace

class LocalEngineTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    std::filesystem::path m_model;

    std::filesystem::path path(const char* name) const { return m_dir.filePath(name).toStdString(); }

    Exchange* ask(LocalEngine& engine, Exchange& exchange)
    {
        exchange.submit(engine);
        return exchange.wait() ? &exchange : nullptr;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_model = path("tiny.gguf");
        TinyChatModel().write(m_model);
    }

    void sameSeedSameTextForAnyThreadCount()
    {
        std::string first;
        for (const int threads : {1, 2, 3}) {
            LocalEngine engine({.threads = threads});
            Exchange exchange(m_model);
            QVERIFY(ask(engine, exchange));
            QVERIFY2(exchange.result.has_value(), exchange.result ? "" : exchange.result.error().message.c_str());
            const std::string text = exchange.thought + "|" + exchange.answer;
            QVERIFY(text.size() > 20);
            if (first.empty())
                first = text;
            QCOMPARE(text, first);
            Exchange other(m_model);
            other.request.seed = 8;
            QVERIFY(ask(engine, other));
            QVERIFY(other.thought + "|" + other.answer != first);
        }
    }

    void rangesAreInOrderAndCoverTheText()
    {
        LocalEngine engine({.threads = 1});
        Exchange exchange(m_model);
        QVERIFY(ask(engine, exchange));
        QVERIFY(exchange.result.has_value());
        const Usage& usage = exchange.result->usage;
        QVERIFY(!exchange.ranges.empty());
        QCOMPARE(exchange.ranges.front().begin, usage.promptTokens);
        for (std::size_t i = 0; i < exchange.ranges.size(); ++i) {
            QVERIFY(exchange.ranges[i].begin <= exchange.ranges[i].end);
            if (i > 0)
                QVERIFY(exchange.ranges[i].begin >= exchange.ranges[i - 1].begin);
        }
        QVERIFY(exchange.ranges.back().end <= usage.promptTokens + usage.thoughtTokens + usage.answerTokens);
    }

    void aLimitClosesTheThoughtInWords()
    {
        LocalEngine engine({.threads = 1});
        Exchange exchange(m_model);
        exchange.request.limits.answerNowAfter = 10;
        exchange.request.limits.maxTokens = 400;
        QVERIFY(ask(engine, exchange));
        QVERIFY(exchange.result.has_value());
        QVERIFY(exchange.result->thoughtClosedByLimit);
        QVERIFY(exchange.thought.find("I will answer") != std::string::npos);
        QVERIFY(!exchange.answer.empty());
        QCOMPARE(exchange.thoughtEnds, 1);
    }

    void lengthAndContextEndTheAnswer()
    {
        LocalEngine engine({.threads = 1});
        Exchange length(m_model);
        QVERIFY(ask(engine, length));
        QVERIFY(length.result->reason == EndReason::Length || length.result->reason == EndReason::Eos);

        Exchange context(m_model);
        context.request.limits.contextTokens = 200;
        context.request.limits.maxTokens = 100000;
        context.request.sampling = SamplingParameters{.temperature = 5.0F, .topP = 1.0F, .seed = 3};
        QVERIFY(ask(engine, context));
        const Usage& usage = context.result->usage;
        QVERIFY(usage.promptTokens + usage.thoughtTokens + usage.answerTokens <= 200);

        Exchange tooLong(m_model, std::string(2000, 'x'));
        QVERIFY(ask(engine, tooLong));
        QVERIFY(!tooLong.result.has_value());
        QVERIFY(tooLong.result.error().code == ErrorCode::InvalidArgument);
        QVERIFY(tooLong.result.error().message.find("512") != std::string::npos);
    }

    void theNextTurnReadsOnlyWhatIsNew()
    {
        LocalEngine engine({.threads = 1});
        Exchange first(m_model);
        QVERIFY(ask(engine, first));
        QCOMPARE(first.lastPrefill->reused, 0);

        Exchange again(m_model);
        QVERIFY(ask(engine, again));
        QCOMPARE(again.lastPrefill->reused, again.lastPrefill->total - 1);
        QCOMPARE(again.thought, first.thought);
        QCOMPARE(again.answer, first.answer);

        Exchange second(m_model);
        second.request.conversation.push_back({Role::Assistant, "4", {}});
        second.request.conversation.push_back({Role::User, "and 3 + 3?", {}});
        QVERIFY(ask(engine, second));
        QVERIFY(second.lastPrefill->reused > 10);
        Exchange fresh(m_model);
        fresh.request.conversation = second.request.conversation;
        LocalEngine other({.threads = 1});
        QVERIFY(ask(other, fresh));
        QCOMPARE(fresh.thought + fresh.answer, second.thought + second.answer);
    }

    void stopEndsAtTheNextStep()
    {
        LocalEngine engine({.threads = 1});
        Exchange exchange(m_model);
        exchange.request.limits.maxTokens = 100000;
        int events = 0;
        exchange.also = [&](const Event& event) {
            if (std::holds_alternative<ThoughtDelta>(event) && ++events == 5)
                exchange.stop.request_stop();
        };
        QVERIFY(ask(engine, exchange));
        QVERIFY(exchange.result->reason == EndReason::Cancelled);
        // What the splitter held back may still come, nothing more.
        QVERIFY(events <= 6);
    }

    void anEarlyStopIsNotLost()
    {
        LocalEngine engine({.threads = 1});
        Exchange exchange(m_model);
        exchange.stop.request_stop();
        QVERIFY(ask(engine, exchange));
        QVERIFY(exchange.result->reason == EndReason::Cancelled);
        QVERIFY(!exchange.lastPrefill);
    }

    void shutdownFinishesEveryRequestOnce()
    {
        std::vector<std::unique_ptr<Exchange>> exchanges;
        {
            LocalEngine engine({.threads = 1});
            for (int i = 0; i < 5; ++i) {
                exchanges.push_back(std::make_unique<Exchange>(m_model));
                exchanges.back()->request.limits.maxTokens = 100000;
                exchanges.back()->submit(engine);
            }
        }
        for (const auto& exchange : exchanges) {
            QCOMPARE(exchange->finishes, 1);
            QVERIFY(exchange->result.has_value());
            QVERIFY(exchange->result->reason == EndReason::Cancelled || exchange->result->reason == EndReason::Eos);
        }
    }

    void badModelsGiveErrorsAndTheEngineGoesOn()
    {
        LocalEngine engine({.threads = 1});
        Exchange missing(path("none.gguf"));
        QVERIFY(ask(engine, missing));
        QVERIFY(missing.result.error().code == ErrorCode::NotFound);

        TinyChatModel base;
        base.withTemplate = false;
        base.write(path("base.gguf"));
        Exchange untaught(path("base.gguf"));
        QVERIFY(ask(engine, untaught));
        QVERIFY(untaught.result.error().code == ErrorCode::Unsupported);
        Exchange taught(path("base.gguf"));
        taught.request.templateFamily = TemplateFamily::R1Zero;
        QVERIFY(ask(engine, taught));
        QVERIFY(taught.result.has_value());

        Exchange strange(m_model);
        strange.request.sampling = SamplingParameters{.temperature = -1.0F};
        QVERIFY(ask(engine, strange));
        QVERIFY(strange.result.error().code == ErrorCode::InvalidArgument);

        Exchange good(m_model);
        QVERIFY(ask(engine, good));
        QVERIFY(good.result.has_value());
    }

    void stopStringsEndTheAnswer()
    {
        LocalEngine engine({.threads = 1});
        Exchange whole(m_model);
        whole.request.limits.thinkingTokens = 0;
        whole.request.limits.maxTokens = 300;
        QVERIFY(ask(engine, whole));
        QVERIFY(whole.answer.size() > 40);
        // Three characters from the middle of what it is going to say.
        const std::string stopAt = whole.answer.substr(20, 3);
        Exchange stopped(m_model);
        stopped.request.limits = whole.request.limits;
        stopped.request.stopStrings = {stopAt};
        QVERIFY(ask(engine, stopped));
        QVERIFY(stopped.result->reason == EndReason::Stop);
        QCOMPARE(stopped.answer, whole.answer.substr(0, whole.answer.find(stopAt)));
    }
};

QTEST_GUILESS_MAIN(LocalEngineTest)
#include "local_engine_test.moc"
