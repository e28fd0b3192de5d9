// Lookup drafting where an answer repeats its prompt: a short program is to be given back with one name changed. The
// same request with and without, in turn; the texts must be equal.
#include <condition_variable>
#include <mutex>

#include <QTest>

#include "engine/runtime/local_engine.h"
#include "tests/support/test_paths.h"

using namespace lemma::engine;

namespace {

constexpr const char* prompt = R"(Repeat this Python program exactly, but rename the function to total:

```python
def add_all(numbers):
    result = 0
    for number in numbers:
        if number is None:
            continue
        result = result + number
    return result


def mean(numbers):
    count = 0
    for number in numbers:
        if number is None:
            continue
        count = count + 1
    if count == 0:
        return 0
    return add_all(numbers) / count


if __name__ == "__main__":
    values = [1, 2, None, 3, 4]
    print("sum", add_all(values))
    print("mean", mean(values))
```
)";

} // namespace

class DraftingBenchmark : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void codeRepair()
    {
        const std::filesystem::path model = lemma::tests::starterModel();
        if (model.empty())
            QSKIP("needs the starter model");
        LocalEngine engine;
        double seconds[2] = {0, 0};
        std::string texts[2];
        Usage usage;
        for (int run = 0; run < 6; ++run) {
            GenerationRequest request;
            request.model = model;
            request.conversation = {{Role::User, prompt, {}}};
            request.sampling = SamplingParameters{.temperature = 0.0F};
            request.limits.maxTokens = 256;
            request.drafting.lookup = run % 2 == 1;
            std::string text;
            std::mutex mutex;
            std::condition_variable done;
            std::optional<Result<GenerationSummary>> result;
            request.onEvent = [&](const Event& event) {
                if (const auto* delta = std::get_if<AnswerDelta>(&event))
                    text += delta->text;
            };
            request.onFinished = [&](Result<GenerationSummary> summary) {
                const std::scoped_lock lock(mutex);
                result = std::move(summary);
                done.notify_all();
            };
            engine.submit(std::move(request));
            std::unique_lock lock(mutex);
            done.wait(lock, [&] { return result.has_value(); });
            QVERIFY(result->has_value());
            if (run < 2) {
                texts[run % 2] = text; // and the caches are warm
                continue;
            }
            QCOMPARE(text, texts[0]);
            seconds[run % 2] += (*result)->usage.decodeTime.count();
            usage = (*result)->usage;
        }
        QCOMPARE(texts[1], texts[0]);
        qInfo("%d tokens of answer, twice: %.3f s without, %.3f s with lookup drafting: %.2f times as fast; %d of %d "
              "guesses "
              "right; identical text",
              usage.answerTokens, seconds[0], seconds[1], seconds[0] / seconds[1], usage.acceptedTokens,
              usage.draftedTokens);
    }
};

QTEST_GUILESS_MAIN(DraftingBenchmark)
#include "drafting_benchmark.moc"
