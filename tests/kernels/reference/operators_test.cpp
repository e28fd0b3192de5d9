#include <QTest>

#include "kernels/reference/attention.h"
#include "kernels/reference/embedding.h"
#include "kernels/reference/matmul.h"
#include "kernels/reference/rms_norm.h"
#include "kernels/reference/rope.h"
#include "kernels/reference/rope_table.h"
#include "kernels/reference/silu_gate.h"
#include "kernels/reference/softmax.h"

#include <cmath>
#include <numbers>

using namespace lemma::kernels;

namespace {

const std::byte* bytes(const float* values) { return reinterpret_cast<const std::byte*>(values); }

bool near(float a, double b) { return std::fabs(static_cast<double>(a) - b) < 1e-6; }

} // namespace

// The definitions themselves, on numbers worked out by hand.
class ReferenceOperatorsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void matmul()
    {
        const float weights[6] = {1, 2, 3, 4, 5, 6}; // [2, 3]
        const float x[6] = {1, 0, -1, 2, 2, 2};      // [2, 3]
        float y[6] = {9, 9, 9, 9, 9, 9};             // [2, 3], one column untouched
        reference::matmul(TensorType::F32, bytes(weights), 2, 3, x, 2, y, 3);
        const float expected[6] = {-2, -2, 9, 12, 30, 9};
        for (int i = 0; i < 6; ++i) {
            QCOMPARE(y[i], expected[i]);
        }
    }

    void embedding()
    {
        const float table[6] = {1, 2, 3, 4, 5, 6};
        const std::int32_t ids[2] = {2, 0};
        float y[4] = {};
        reference::embedding(TensorType::F32, bytes(table), 2, ids, 2, y);
        QVERIFY(y[0] == 5 && y[1] == 6 && y[2] == 1 && y[3] == 2);
    }

    void rmsNorm()
    {
        const float x[2] = {3, 4}; // mean square 12.5
        const float weight[2] = {1, 2};
        float y[2] = {};
        reference::rmsNorm(x, weight, 0.5F, 1, 2, y);
        QVERIFY(near(y[0], 3 / std::sqrt(13.0)) && near(y[1], 8 / std::sqrt(13.0)));
    }

    void softmaxOfEqualsAndOfInfinity()
    {
        float x[3] = {1000, 1000, -std::numeric_limits<float>::infinity()};
        reference::softmax(x, 3);
        QVERIFY(x[0] == 0.5F && x[1] == 0.5F && x[2] == 0.0F);
    }

    void siluGate()
    {
        const float gate[2] = {0, 1};
        const float up[2] = {5, 2};
        float y[2] = {};
        reference::siluGate(gate, up, 2, y);
        QVERIFY(y[0] == 0.0F && near(y[1], 2 / (1 + std::exp(-1.0))));
    }

    void ropeTurnsPairs()
    {
        const float cosine[2] = {0, 1};
        const float sine[2] = {1, 0};
        float adjacent[4] = {1, 2, 3, 4};
        reference::rope(RopePairing::Adjacent, {adjacent, 1, 4, 1, 4, 4}, cosine, sine);
        QVERIFY(adjacent[0] == -2 && adjacent[1] == 1 && adjacent[2] == 3 && adjacent[3] == 4);
        float split[4] = {1, 2, 3, 4};
        reference::rope(RopePairing::HalfSplit, {split, 1, 4, 1, 4, 4}, cosine, sine);
        QVERIFY(split[0] == -3 && split[1] == 2 && split[2] == 1 && split[3] == 4);
    }

    void ropeTable()
    {
        float cosine[4] = {};
        float sine[4] = {};
        fillRopeTable({.dimensions = 4, .base = 100.0F}, 2, 2, cosine, sine);
        QVERIFY(near(cosine[0], std::cos(2.0)) && near(sine[1], std::sin(0.2)) && near(cosine[3], std::cos(0.3)));
        const float factors[2] = {1, 8};
        fillRopeTable({.dimensions = 4, .base = 100.0F, .frequencyFactors = factors}, 2, 1, cosine, sine);
        QVERIFY(near(cosine[0], std::cos(2.0)) && near(sine[1], std::sin(0.2 / 8)));
    }

    // R1 671B: base 10000, 64 dimensions, factor 40 over 4096. Fast pairs are left alone, slow ones slowed down by the
    // factor, all lengthened by 1 + 0.1 ln 40.
    void yarn()
    {
        const RopeParameters parameters{.dimensions = 64,
                                        .base = 10000.0F,
                                        .frequencyScale = 1.0F / 40.0F,
                                        .extrapolationFactor = 1.0F,
                                        .originalContext = 4096};
        float cosine[32] = {};
        float sine[32] = {};
        fillRopeTable(parameters, 100, 1, cosine, sine);
        const double length = 1.0 + 0.1 * std::log(40.0);
        QVERIFY(near(cosine[0], length * std::cos(100.0)));
        const double slowest = 100.0 * std::pow(10000.0, -62.0 / 64.0) / 40.0;
        QVERIFY(near(sine[31], length * std::sin(slowest)));
        // Pairs with 32 and 1 turns over the original context: 32 ln(4096 / 2 pi n) / ln 10000 = 10.47 and 22.5, so the
        // ramp runs from 10 to 23; pair 16 is (16 - 10) / 13 on the way.
        const double ramp = 6.0 / 13.0;
        const double angle = 100.0 * 0.01 * (ramp / 40.0 + 1.0 - ramp);
        QVERIFY(near(cosine[16], length * std::cos(angle)));
    }

    void attentionSeesOnlyThePast()
    {
        // Two query heads on one KV head of dimension 1; keys zero, so that all visible positions weigh the same.
        const float keys[3] = {0, 0, 0};
        const float values[3] = {3, 6, 300};
        const std::byte* keyPages[2] = {bytes(keys), bytes(keys)};
        const std::byte* valuePages[2] = {bytes(values), bytes(values + 2)};
        const KvPages pages{KvType::F32, 2, keyPages, valuePages, 1, 1, 1, 1};
        const float queries[6] = {1, 1, 1, 1, 1, 1}; // [3, 2, 1]
        float output[6] = {};
        reference::attention({2, 1, 1, 1, 1.0F}, pages, queries, 0, 3, output);
        QVERIFY(near(output[0], 3) && near(output[1], 3) && near(output[2], 4.5) && near(output[4], 103));
    }
};

QTEST_APPLESS_MAIN(ReferenceOperatorsTest)
#include "operators_test.moc"
