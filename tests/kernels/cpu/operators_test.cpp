#include <QTest>

#include "kernels/cpu/cpu_kernels.h"
#include "kernels/quant/half.h"
#include "kernels/reference/add.h"
#include "kernels/reference/rms_norm.h"
#include "kernels/reference/rope_table.h"
#include "kernels/reference/silu_gate.h"
#include "kernels/reference/softmax.h"
#include "tests/kernels/support/random_weights.h"

#include <cmath>
#include <cstring>
#include <limits>

using namespace lemma::kernels;
using lemma::kernels::cpu::CpuKernels;
using lemma::tests::randomFloats;

Q_DECLARE_METATYPE(const CpuKernels*)

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();
constexpr double unit = 0x1p-24; // one rounding, relative

void closeTo(const std::vector<float>& actual, const std::vector<float>& expected, double relative,
             double absolute = 0.0)
{
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double difference = std::fabs(static_cast<double>(actual[i]) - static_cast<double>(expected[i]));
        if (!(difference <= relative * std::fabs(static_cast<double>(expected[i])) + absolute)) {
            QFAIL(qPrintable(
                QString("[%1] of %2: %3, not %4").arg(i).arg(expected.size()).arg(actual[i]).arg(expected[i])));
        }
    }
}

const std::size_t lengths[] = {1, 3, 7, 8, 9, 15, 16, 17, 31, 64, 576, 1000};

} // namespace

class OperatorsTest : public QObject {
    Q_OBJECT

    static void everySet()
    {
        QTest::addColumn<const CpuKernels*>("kernels");
        for (const CpuKernels* kernels : cpu::runnableKernels()) {
            QTest::newRow(std::string(kernels->name).c_str()) << kernels;
        }
    }

private Q_SLOTS:
    // The sum of n squares in at least 16 running sums errs by at most (n / 16 + 5) roundings, all terms positive; half
    // of that reaches the result, which has about four roundings of its own.
    void rmsNorm_data() { everySet(); }
    void rmsNorm()
    {
        QFETCH(const CpuKernels*, kernels);
        for (const std::size_t n : lengths) {
            const std::vector<float> x = randomFloats(3 * n, static_cast<unsigned>(n));
            const std::vector<float> weight = randomFloats(n, 7);
            std::vector<float> y(3 * n);
            std::vector<float> expected(3 * n);
            kernels->rmsNorm(x.data(), weight.data(), 1e-5F, 3, static_cast<std::int64_t>(n), y.data());
            reference::rmsNorm(x.data(), weight.data(), 1e-5F, 3, static_cast<std::int64_t>(n), expected.data());
            closeTo(y, expected, (static_cast<double>(n) / 32.0 + 8.0) * unit);
            std::vector<float> inPlace = x;
            kernels->rmsNorm(inPlace.data(), weight.data(), 1e-5F, 3, static_cast<std::int64_t>(n), inPlace.data());
            QVERIFY(inPlace == y);
        }
    }

    void rmsNormOfZeroIsZero_data() { everySet(); }
    void rmsNormOfZeroIsZero()
    {
        QFETCH(const CpuKernels*, kernels);
        const std::vector<float> zero(20);
        const std::vector<float> weight(20, 1.0F);
        std::vector<float> y(20, 1.0F);
        kernels->rmsNorm(zero.data(), weight.data(), 1e-6F, 1, 20, y.data());
        QVERIFY(y == zero);
    }

    // exp errs by 2.5e-7 (exponential.h), the argument x - max by a rounding of up to 30; the sum of n by n / 8 + 8
    // roundings.
    void softmax_data() { everySet(); }
    void softmax()
    {
        QFETCH(const CpuKernels*, kernels);
        for (const std::size_t n : lengths) {
            std::vector<float> x = randomFloats(n, static_cast<unsigned>(n), 5.0F);
            if (n > 3) {
                x[2] = -infinity;
                x[n - 1] = -infinity;
            }
            std::vector<float> expected = x;
            kernels->softmax(x.data(), static_cast<std::int64_t>(n));
            reference::softmax(expected.data(), static_cast<std::int64_t>(n));
            closeTo(x, expected, 2 * 2.5e-7 + 2 * 30 * unit + (static_cast<double>(n) / 8.0 + 10.0) * unit, 1e-37);
        }
    }

    // One exp (2.5e-7), four roundings. Where exp(-gate) is above its limit e^88.3 the result is below 1e-36.
    void siluGate_data() { everySet(); }
    void siluGate()
    {
        QFETCH(const CpuKernels*, kernels);
        for (const std::size_t n : lengths) {
            std::vector<float> gate = randomFloats(n, static_cast<unsigned>(n), 20.0F);
            gate[0] = n % 2 == 0 ? -200.0F : 200.0F;
            const std::vector<float> up = randomFloats(n, 3);
            std::vector<float> y(n);
            std::vector<float> expected(n);
            kernels->siluGate(gate.data(), up.data(), static_cast<std::int64_t>(n), y.data());
            reference::siluGate(gate.data(), up.data(), static_cast<std::int64_t>(n), expected.data());
            closeTo(y, expected, 2.5e-7 + 5 * unit, 1e-35);
        }
        const float gates[2] = {notANumber, 1.0F};
        const float ups[2] = {1.0F, notANumber};
        float y[2] = {};
        kernels->siluGate(gates, ups, 2, y);
        QVERIFY(std::isnan(y[0]) && std::isnan(y[1]));
    }

    void addIsExact_data() { everySet(); }
    void addIsExact()
    {
        QFETCH(const CpuKernels*, kernels);
        for (const std::size_t n : lengths) {
            const std::vector<float> x = randomFloats(n, 1);
            std::vector<float> y = randomFloats(n, 2);
            std::vector<float> expected = y;
            kernels->add(x.data(), static_cast<std::int64_t>(n), y.data());
            reference::add(x.data(), static_cast<std::int64_t>(n), expected.data());
            QVERIFY(y == expected);
        }
    }

    void storeHalfIsExact_data() { everySet(); }
    void storeHalfIsExact()
    {
        QFETCH(const CpuKernels*, kernels);
        for (const std::size_t n : lengths) {
            std::vector<float> x = randomFloats(n, 1, n % 2 == 0 ? 1e5F : 1e-5F); // overflowing and subnormal ones too
            std::vector<std::byte> y(2 * n + 1, std::byte{77});
            kernels->storeHalf(x.data(), static_cast<std::int64_t>(n), y.data());
            for (std::size_t i = 0; i < n; ++i) {
                std::uint16_t bits = 0;
                std::memcpy(&bits, y.data() + 2 * i, 2);
                QCOMPARE(bits, halfFromFloat(x[i]));
            }
            QCOMPARE(static_cast<int>(y[2 * n]), 77);
        }
    }

    // Two products and a sum: three roundings of at most |a| + |b|.
    void rope_data() { everySet(); }
    void rope()
    {
        QFETCH(const CpuKernels*, kernels);
        for (const RopePairing pairing : {RopePairing::Adjacent, RopePairing::HalfSplit}) {
            for (const int dimensions : {2, 6, 8, 20, 64, 128}) {
                const int tokens = 3;
                const int heads = 2;
                const std::int64_t headStride = dimensions + 5;
                const std::int64_t tokenStride = heads * headStride + 1;
                std::vector<float> cosine(static_cast<std::size_t>(tokens * dimensions / 2));
                std::vector<float> sine(cosine.size());
                fillRopeTable({.dimensions = dimensions}, 1000, tokens, cosine.data(), sine.data());
                std::vector<float> x = randomFloats(static_cast<std::size_t>(tokens * tokenStride), 5);
                std::vector<float> expected = x;
                kernels->rope(pairing, {x.data(), tokens, tokenStride, heads, headStride, dimensions}, cosine.data(),
                              sine.data());
                reference::rope(pairing, {expected.data(), tokens, tokenStride, heads, headStride, dimensions},
                                cosine.data(), sine.data());
                closeTo(x, expected, 0.0, 3 * unit * 10.0);
            }
        }
    }
};

QTEST_APPLESS_MAIN(OperatorsTest)
#include "operators_test.moc"
