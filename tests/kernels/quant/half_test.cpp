#include <QTest>

#include "kernels/quant/half.h"

#include <cmath>

using namespace lemma::kernels;

namespace {

// The definition, by the fields of the number.
double valueOf(std::uint16_t half)
{
    const int exponent = (half >> 10) & 31;
    const int mantissa = half & 1023;
    const double sign = (half & 0x8000) != 0 ? -1.0 : 1.0;
    return sign * (exponent == 0 ? std::ldexp(mantissa, -24) : std::ldexp(1024 + mantissa, exponent - 25));
}

bool isFinite(std::uint16_t half) { return (half & 0x7c00) != 0x7c00; }

} // namespace

class HalfTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyHalfHasItsValueAndComesBack()
    {
        for (int bits = 0; bits < 65536; ++bits) {
            const auto half = static_cast<std::uint16_t>(bits);
            const float value = floatFromHalf(half);
            if (isFinite(half)) {
                QCOMPARE(static_cast<double>(value), valueOf(half));
                QCOMPARE(std::signbit(value), (half & 0x8000) != 0);
                QCOMPARE(halfFromFloat(value), half);
            } else {
                QCOMPARE(std::isnan(value), (half & 1023) != 0);
                QCOMPARE(std::isinf(value), (half & 1023) == 0);
                QCOMPARE(halfFromFloat(value) & 0xfc00, half & 0xfc00);
            }
        }
    }

    // Between two neighbours the nearer wins, in the middle the even one.
    void roundsToNearestEven()
    {
        for (std::uint16_t half = 0; half < 0x7bff; ++half) {
            const float low = floatFromHalf(half);
            const float high = floatFromHalf(static_cast<std::uint16_t>(half + 1));
            const float middle = (low + high) / 2; // exact: one more bit than a half has
            const int even = half % 2 == 0 ? half : half + 1;
            QCOMPARE(static_cast<int>(halfFromFloat(middle)), even);
            QCOMPARE(static_cast<int>(halfFromFloat(std::nextafter(middle, low))), static_cast<int>(half));
            QCOMPARE(static_cast<int>(halfFromFloat(std::nextafter(middle, high))), half + 1);
        }
    }

    void overflowBecomesInfinity()
    {
        QCOMPARE(static_cast<int>(halfFromFloat(65519.99F)), 0x7bff);
        QCOMPARE(static_cast<int>(halfFromFloat(65520.0F)), 0x7c00);
        QCOMPARE(static_cast<int>(halfFromFloat(-1e30F)), 0xfc00);
    }

    void bfloatIsTheUpperHalf()
    {
        QCOMPARE(floatFromBfloat(0x3f80), 1.0F);
        QCOMPARE(floatFromBfloat(0xc040), -3.0F);
    }
};

QTEST_APPLESS_MAIN(HalfTest)
#include "half_test.moc"
