// Time of one draw from 152,064 logits (Qwen's vocabulary), on one thread.
//
//     ctest -L bench -R sampling -V

#include <chrono>
#include <cstdio>
#include <random>

#include <QTest>

#include "engine/sampling/sampler.h"

using namespace lemma::engine;

class SamplerBenchmark : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void drawsFast_data()
    {
        QTest::addColumn<float>("temperature");
        QTest::addColumn<int>("topK");
        QTest::addColumn<float>("topP");
        QTest::newRow("greedy") << 0.0f << 0 << 1.0f;
        QTest::newRow("R1: 0.6, top-p 0.95") << 0.6f << 0 << 0.95f;
        QTest::newRow("Qwen3: 0.6, top-k 20, top-p 0.95") << 0.6f << 20 << 0.95f;
        QTest::newRow("temperature 1 alone") << 1.0f << 0 << 1.0f;
    }
    void drawsFast()
    {
        QFETCH(float, temperature);
        QFETCH(int, topK);
        QFETCH(float, topP);
        SamplingParameters parameters;
        parameters.temperature = temperature;
        parameters.topK = topK;
        parameters.topP = topP;
        Sampler sampler = *Sampler::create(parameters, 1);
        std::mt19937 random(1);
        std::normal_distribution<float> normal(0, 3);
        std::vector<float> logits(152064);
        for (float& logit : logits)
            logit = normal(random);
        for (int i = 0; i < 20; ++i) // a few likely tokens, as in text
            logits[random() % logits.size()] = 18 + normal(random);

        constexpr int draws = 50;
        const auto begin = std::chrono::steady_clock::now();
        for (int i = 0; i < draws; ++i)
            sampler.accept(*sampler.sample(logits));
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() / draws;
        std::printf("%-34s %.2f ms\n", QTest::currentDataTag(), seconds * 1e3);
        QVERIFY(seconds < 0.05);
    }
};

QTEST_APPLESS_MAIN(SamplerBenchmark)
#include "sampler_benchmark.moc"
