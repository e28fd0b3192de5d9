#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <random>

#include <QTest>

#include "engine/sampling/sampler.h"

using namespace lemma::engine;

namespace {

constexpr float inf = std::numeric_limits<float>::infinity();
constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();

SamplingParameters plain()
{
    SamplingParameters parameters;
    parameters.temperature = 1;
    parameters.topP = 1;
    return parameters;
}

Sampler make(const SamplingParameters& parameters, std::uint64_t seed = 1)
{
    return *Sampler::create(parameters, seed);
}

// The definition: sorts everything and follows the steps of sampler.h one by one.
std::map<std::int32_t, double> slow(std::vector<float> logits, const SamplingParameters& p,
                                    const std::vector<std::int32_t>& recent)
{
    const auto windowBegin =
        recent.size() - std::min<std::size_t>(recent.size(), static_cast<std::size_t>(p.penaltyWindow));
    std::map<std::int32_t, int> counts;
    for (std::size_t i = windowBegin; i < recent.size(); ++i)
        ++counts[recent[i]];
    for (const auto& [token, count] : counts) {
        float& logit = logits[static_cast<std::size_t>(token)];
        logit = logit > 0 ? logit / p.repetitionPenalty : logit * p.repetitionPenalty;
        logit -= static_cast<float>(count) * p.frequencyPenalty + p.presencePenalty;
    }
    std::vector<std::pair<double, std::int32_t>> order; // minus the scaled logit, so that equal ones sort by id
    for (std::size_t i = 0; i < logits.size(); ++i)
        order.emplace_back(-static_cast<double>(logits[i]) / static_cast<double>(p.temperature), i);
    std::sort(order.begin(), order.end());
    if (p.topK > 0)
        order.resize(std::min<std::size_t>(order.size(), static_cast<std::size_t>(p.topK)));
    const auto total = [&] {
        return std::accumulate(order.begin(), order.end(), 0.0, [&](double sum, const auto& entry) {
            return sum + std::exp(order.front().first - entry.first);
        });
    };
    double sum = 0;
    std::size_t kept = 0;
    for (const double all = total(); kept < order.size() && (kept == 0 || sum < static_cast<double>(p.topP) * all);)
        sum += std::exp(order.front().first - order[kept++].first);
    if (p.topP < 1)
        order.resize(kept);
    std::erase_if(order, [best = order.front().first, &p](const auto& entry) {
        return std::exp(best - entry.first) < static_cast<double>(p.minP) || best - entry.first < -30;
    });
    std::map<std::int32_t, double> result;
    for (const double all = total(); const auto& entry : order)
        result[entry.second] = std::exp(order.front().first - entry.first) / all;
    return result;
}

} // namespace

class SamplerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void probabilitiesAreThoseOfTheDefinition()
    {
        std::mt19937 random(11);
        std::normal_distribution<float> normal(0, 3);
        const auto pick = [&](auto... values) {
            const std::array choices{values...};
            return choices[random() % choices.size()];
        };
        for (int round = 0; round < 2000; ++round) {
            std::vector<float> logits(1 + random() % 60);
            for (float& logit : logits)
                logit = random() % 4 == 0 ? std::round(normal(random)) : normal(random); // some equal ones
            SamplingParameters p;
            p.temperature = pick(0.3f, 0.6f, 1.0f, 2.5f);
            p.topK = pick(0, 1, 5, 40);
            p.topP = pick(1.0f, 0.95f, 0.5f, 0.0f);
            p.minP = pick(0.0f, 0.05f, 0.5f, 1.0f);
            p.repetitionPenalty = pick(1.0f, 1.3f, 0.8f);
            p.presencePenalty = pick(0.0f, 0.5f);
            p.frequencyPenalty = pick(0.0f, 0.4f, -0.2f);
            p.penaltyWindow = pick(0, 3, 64);
            Sampler sampler = make(p);
            std::vector<std::int32_t> recent(random() % 20);
            for (std::int32_t& token : recent) {
                token = static_cast<std::int32_t>(random() % logits.size());
                sampler.accept(token);
            }
            const auto expected = slow(logits, p, recent);
            const auto actual = sampler.distribution(logits);
            QVERIFY(actual.has_value());
            QCOMPARE(actual->size(), expected.size());
            double sum = 0;
            for (std::size_t i = 0; i < actual->size(); ++i) {
                const auto& [token, probability] = (*actual)[i];
                // Ours computes in float: the exponent, at most 30 (the cut), is off by three roundings of 6e-8 of its
                // value, and its power by as much relative to itself.
                QVERIFY(expected.contains(token) && std::abs(expected.at(token) - probability) < 30 * 3 * 6e-8);
                QVERIFY(i == 0 || probability <= (*actual)[i - 1].probability);
                sum += probability;
            }
            QVERIFY(std::abs(sum - 1) < 1e-13);
        }
    }

    // Pearson's test of the drawn tokens against the distribution, with fixed seeds.
    void drawsInProportion_data()
    {
        QTest::addColumn<float>("topP");
        QTest::addColumn<int>("topK");
        QTest::newRow("all") << 1.0f << 0;
        QTest::newRow("top-p") << 0.9f << 0;
        QTest::newRow("top-k") << 1.0f << 12;
    }
    void drawsInProportion()
    {
        QFETCH(float, topP);
        QFETCH(int, topK);
        SamplingParameters p = plain();
        p.topP = topP;
        p.topK = topK;
        std::vector<float> logits(40);
        for (std::size_t i = 0; i < logits.size(); ++i)
            logits[i] = static_cast<float>(i % 7) * 0.5f;
        Sampler sampler = make(p, 99);
        const auto distribution = *sampler.distribution(logits);
        constexpr int draws = 100000;
        std::map<std::int32_t, int> counts;
        for (int i = 0; i < draws; ++i)
            ++counts[*sampler.sample(logits)];
        double chiSquare = 0;
        int seen = 0;
        for (const auto& [token, probability] : distribution) {
            const double expected = probability * draws;
            chiSquare += (counts[token] - expected) * (counts[token] - expected) / expected;
            seen += counts[token];
        }
        QCOMPARE(seen, draws); // nothing from outside
        // Five standard deviations above the mean of a chi-square distribution.
        const double freedom = static_cast<double>(distribution.size()) - 1;
        QVERIFY2(chiSquare < freedom + 5 * std::sqrt(2 * freedom), qPrintable(QString::number(chiSquare)));
    }

    void greedyTakesTheLowestIdAmongEquals()
    {
        SamplingParameters p;
        p.temperature = 0;
        Sampler sampler = make(p);
        const auto before = sampler.state();
        QCOMPARE(*sampler.sample(std::vector<float>{1, 3, 3, 2}), 1);
        QCOMPARE(*sampler.sample(std::vector<float>{-5}), 0);
        QCOMPARE(*sampler.sample(std::vector<float>{notANumber, -inf, -1000, notANumber}), 2);
        QVERIFY(sampler.state() == before); // no random number was used
    }

    void penaltiesApplyToGreedyToo()
    {
        SamplingParameters p;
        p.temperature = 0;
        p.repetitionPenalty = 2;
        p.penaltyWindow = 2;
        Sampler sampler = make(p);
        const std::vector<float> logits{4, 3, -1};
        QCOMPARE(*sampler.sample(logits), 0);
        sampler.accept(0);
        QCOMPARE(*sampler.sample(logits), 1);
        sampler.accept(1);
        QCOMPARE(*sampler.sample(logits), 0); // 2 against 1.5
        sampler.accept(2);                    // 0 leaves the window
        QCOMPARE(*sampler.sample(logits), 0);
        sampler.accept(-1); // tokens that are none do no harm
        sampler.accept(1000);
        QCOMPARE(*sampler.sample(logits), 0);
    }

    void numbersThatAreNone()
    {
        Sampler sampler = make(plain());
        for (int i = 0; i < 50; ++i) {
            QCOMPARE(*sampler.sample(std::vector<float>{notANumber, 1, notANumber, -inf}), 1);
            const auto infinite = *sampler.sample(std::vector<float>{inf, 1e30f, inf, notANumber});
            QVERIFY(infinite == 0 || infinite == 2);
        }
        for (const float temperature : {0.0f, 1.0f}) {
            SamplingParameters p = plain();
            p.temperature = temperature;
            Sampler broken = make(p);
            for (const std::vector<float>& logits : {std::vector<float>{notANumber, notANumber},
                                                     std::vector<float>{-inf, notANumber}, std::vector<float>{}}) {
                const auto result = broken.sample(logits);
                QVERIFY(!result.has_value());
                QCOMPARE(result.error().code, ErrorCode::Internal);
            }
        }
    }

    void extremeParametersKeepOneToken()
    {
        SamplingParameters p = plain();
        p.temperature = 1e-38f;
        QCOMPARE(*make(p).sample(std::vector<float>{1, 1.000001f, 0}), 1);
        p.temperature = 1e38f;
        QCOMPARE(make(p).distribution(std::vector<float>{1, 5, -1e9f})->size(), 3u);
        p = plain();
        p.topP = 0;
        QCOMPARE(make(p).distribution(std::vector<float>{1, 5, 5})->size(), 1u);
        p.topP = 1;
        p.minP = 1;
        QCOMPARE(make(p).distribution(std::vector<float>{1, 5, 5})->size(), 2u);
        p.topK = INT32_MAX;
        QCOMPARE(make(p).distribution(std::vector<float>{1})->size(), 1u);
        p = plain();
        p.presencePenalty = 3e38f;
        p.frequencyPenalty = 3e38f;
        Sampler sampler = make(p);
        sampler.accept(0);
        QCOMPARE(*sampler.sample(std::vector<float>{5, 1}), 1); // 0 is at -infinity
    }

    void refusesParametersWithoutSense_data()
    {
        QTest::addColumn<std::function<void(SamplingParameters&)>>("damage");
        using Damage = std::function<void(SamplingParameters&)>;
        const auto row = [](const char* name, Damage damage) { QTest::newRow(name) << damage; };
        row("temperature below 0", [](SamplingParameters& p) { p.temperature = -1; });
        row("temperature no number", [](SamplingParameters& p) { p.temperature = notANumber; });
        row("temperature infinite", [](SamplingParameters& p) { p.temperature = inf; });
        row("top-k below 0", [](SamplingParameters& p) { p.topK = -1; });
        row("top-p above 1", [](SamplingParameters& p) { p.topP = 1.5f; });
        row("top-p no number", [](SamplingParameters& p) { p.topP = notANumber; });
        row("min-p below 0", [](SamplingParameters& p) { p.minP = -0.1f; });
        row("repetition 0", [](SamplingParameters& p) { p.repetitionPenalty = 0; });
        row("presence infinite", [](SamplingParameters& p) { p.presencePenalty = inf; });
        row("frequency no number", [](SamplingParameters& p) { p.frequencyPenalty = notANumber; });
        row("window below 0", [](SamplingParameters& p) { p.penaltyWindow = -1; });
    }
    void refusesParametersWithoutSense()
    {
        QFETCH(std::function<void(SamplingParameters&)>, damage);
        SamplingParameters parameters;
        QVERIFY(Sampler::create(parameters, 1).has_value());
        damage(parameters);
        const auto sampler = Sampler::create(parameters, 1);
        QVERIFY(!sampler.has_value());
        QCOMPARE(sampler.error().code, ErrorCode::InvalidArgument);
    }

    void theSameSeedGivesTheSameTokens()
    {
        std::mt19937 random(2);
        std::vector<std::vector<float>> steps(200, std::vector<float>(500));
        for (auto& logits : steps)
            for (float& logit : logits)
                logit = static_cast<float>(random() % 1000) / 100;
        const auto run = [&](Sampler& sampler, std::size_t from) {
            std::vector<std::int32_t> tokens;
            for (std::size_t i = from; i < steps.size(); ++i) {
                tokens.push_back(*sampler.sample(steps[i]));
                sampler.accept(tokens.back());
            }
            return tokens;
        };
        SamplingParameters p;
        p.repetitionPenalty = 1.1f;
        Sampler first = make(p, 42);
        Sampler second = make(p, 42);
        Sampler other = make(p, 43);
        const auto tokens = run(first, 0);
        QCOMPARE(run(second, 0), tokens);
        QVERIFY(run(other, 0) != tokens);

        // Saved in the middle and gone on with by another sampler.
        Sampler third = make(p, 42);
        for (std::size_t i = 0; i < 100; ++i)
            third.accept(*third.sample(steps[i]));
        Sampler fourth = make(p, 7);
        fourth.accept(3);
        fourth.restore(third.state());
        QVERIFY(fourth.state() == third.state());
        QCOMPARE(run(fourth, 100), std::vector<std::int32_t>(tokens.begin() + 100, tokens.end()));
    }
};

QTEST_APPLESS_MAIN(SamplerTest)
#include "sampler_test.moc"
