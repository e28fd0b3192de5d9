#include <QTest>

#include "kernels/cpu/matmul.h"
#include "kernels/quant/dequantize.h"
#include "kernels/reference/matmul.h"
#include "tests/kernels/support/random_weights.h"
#include "tests/kernels/support/tested_kernels.h"

#include <cmath>
#include <limits>

using namespace lemma::kernels;
using lemma::kernels::cpu::Activations;
using lemma::kernels::cpu::CpuKernels;
using lemma::kernels::cpu::PackedMatrix;
using lemma::tests::randomFloats;
using lemma::tests::randomWeights;

namespace {

struct Case {
    TensorType type = TensorType::F32;
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    std::int64_t tokens = 0;
    std::vector<std::byte> weights;
    std::vector<float> x;
};

Case makeCase(TensorType type, std::int64_t rows, std::int64_t columns, std::int64_t tokens, float deviation = 1.0F)
{
    const auto seed = static_cast<unsigned>(rows * 1000 + columns + tokens);
    return {type,
            rows,
            columns,
            tokens,
            randomWeights(type, rows, columns, seed),
            randomFloats(static_cast<std::size_t>(tokens * columns), seed + 1, deviation)};
}

PackedMatrix pack(const CpuKernels& kernels, const Case& c, const std::byte* weights)
{
    PackedMatrix matrix(kernels, c.type, weights, c.rows, c.columns);
    const std::int64_t half = matrix.tileCount() / 2;
    matrix.packTiles(half, matrix.tileCount());
    matrix.packTiles(0, half);
    return matrix;
}

constexpr float untouched = 4711.0F;

std::vector<float> multiply(const PackedMatrix& matrix, const CpuKernels& kernels, const Case& c)
{
    Activations activations;
    activations.reset(c.x.data(), c.tokens, c.columns);
    if (cpu::needsQuantizedActivations(c.type)) {
        activations.quantize(kernels, 0, c.tokens);
    }
    std::vector<float> y(static_cast<std::size_t>(c.tokens * (c.rows + 3)), untouched);
    cpu::matmul(matrix, activations, 0, c.tokens, 0, c.rows, y.data(), c.rows + 3);
    return y;
}

// The activations that the integer kernels really multiply with.
std::vector<float> quantizedActivations(const CpuKernels& kernels, const Case& c)
{
    Activations activations;
    activations.reset(c.x.data(), c.tokens, c.columns);
    activations.quantize(kernels, 0, c.tokens);
    std::vector<float> result(c.x.size());
    for (std::size_t i = 0; i < result.size(); ++i) {
        result[i] = static_cast<float>(activations.quants()[i]) * activations.scales()[i / 32];
    }
    return result;
}

// Sum over c of the magnitudes of everything that is added up for one y[t, r]: with unsigned values (zero points are at
// most 64) and minima the parts are larger than their sum.
double magnitude(const Case& c, std::int64_t row, const float* x)
{
    const TensorTypeInfo& info = tensorTypeInfo(c.type);
    const std::byte* source = c.weights.data() + static_cast<std::size_t>(row) * rowBytes(c.type, c.columns);
    double sum = 0.0;
    if (info.weightsPerBlock == 1) {
        std::vector<float> weights(static_cast<std::size_t>(c.columns));
        dequantizeRow(c.type, source, weights.data(), c.columns);
        for (std::size_t i = 0; i < weights.size(); ++i) {
            sum += std::fabs(static_cast<double>(weights[i]) * static_cast<double>(x[i]));
        }
        return sum;
    }
    UnpackedBlock block;
    for (std::int64_t start = 0; start < c.columns; start += info.weightsPerBlock) {
        unpackBlock(c.type, source, block);
        source += info.bytesPerBlock;
        for (int i = 0; i < info.weightsPerBlock; ++i) {
            const int group = i / weightsPerGroup;
            const double scale = std::fabs(static_cast<double>(block.scale) * block.groupScales[group]);
            const double minimum = std::fabs(static_cast<double>(block.minimum) * block.groupMinima[group]);
            sum += (scale * (std::abs(block.values[i]) + 64) + minimum) * std::fabs(static_cast<double>(x[start + i]));
        }
    }
    return sum;
}

// A sum of n floats errs by at most n 2^-24 of the sum of magnitudes. A block of 32 columns adds at most three numbers,
// each with four roundings of its own (scale times group scale, times the activation's scale, conversion of the integer
// sum, block sum); float products add columns / 8 numbers a lane and then eight lanes.
double tolerance(const Case& c) { return (3.0 * static_cast<double>(c.columns) / 32.0 + 16.0) * 0x1p-24; }

void compare(const Case& c, const std::vector<float>& y, const std::vector<float>& activations)
{
    std::vector<float> expected(y.size(), untouched);
    reference::matmul(c.type, c.weights.data(), c.rows, c.columns, activations.data(), c.tokens, expected.data(),
                      c.rows + 3);
    for (std::int64_t t = 0; t < c.tokens; ++t) {
        for (std::int64_t r = 0; r < c.rows + 3; ++r) {
            const auto i = static_cast<std::size_t>(t * (c.rows + 3) + r);
            const double allowed =
                r < c.rows ? tolerance(c) * magnitude(c, r, activations.data() + t * c.columns) + 1e-37 : 0.0;
            const double difference = std::fabs(static_cast<double>(y[i]) - static_cast<double>(expected[i]));
            if (!(difference <= allowed)) {
                QFAIL(qPrintable(QString("%1x%2, %3 tokens: y[%4, %5] = %6, not %7 (allowed %8)")
                                     .arg(c.rows)
                                     .arg(c.columns)
                                     .arg(c.tokens)
                                     .arg(t)
                                     .arg(r)
                                     .arg(y[i])
                                     .arg(expected[i])
                                     .arg(allowed)));
            }
        }
    }
}

bool sameBits(const std::vector<float>& a, const std::vector<float>& b)
{
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

} // namespace

Q_DECLARE_METATYPE(const CpuKernels*)

class MatmulTest : public QObject {
    Q_OBJECT

    static void everySetAndType(const std::vector<TensorType>& types)
    {
        QTest::addColumn<const CpuKernels*>("kernels");
        QTest::addColumn<unsigned>("number");
        for (const CpuKernels* kernels : lemma::tests::kernelsWithMatmul()) {
            for (const TensorType type : types) {
                const std::string name = std::string(kernels->name) + " " + std::string(tensorTypeInfo(type).name);
                QTest::newRow(name.c_str()) << kernels << static_cast<unsigned>(type);
            }
        }
    }

private Q_SLOTS:
    void oddShapes_data() { everySetAndType(lemma::tests::allTypes()); }
    void oddShapes()
    {
        QFETCH(const CpuKernels*, kernels);
        QFETCH(unsigned, number);
        const TensorTypeInfo& info = *findTensorType(number);
        const bool quantized = cpu::needsQuantizedActivations(info.type);
        const std::int64_t wide = info.weightsPerBlock == 256 ? 1024 : info.weightsPerBlock == 32 ? 576 : 101;
        for (const std::int64_t rows : {1, 3, 5, 16, 17, 33}) {
            for (const std::int64_t columns : {static_cast<std::int64_t>(info.weightsPerBlock), wide}) {
                for (const std::int64_t tokens : {1, 2, 3, 4, 5, 6, 7, 8, 9, 33}) {
                    const Case c = makeCase(info.type, rows, columns, tokens);
                    const PackedMatrix matrix = pack(*kernels, c, c.weights.data());
                    compare(c, multiply(matrix, *kernels, c), quantized ? quantizedActivations(*kernels, c) : c.x);
                    if (QTest::currentTestFailed()) {
                        return;
                    }
                }
            }
        }
    }

    // Quantising normal activations in blocks of 32 to 127 steps leaves an error of (amax / 127)^2 / 12, amax about 2.1
    // deviations: 2.3e-5 of the square. Twice that is allowed.
    void quantizedActivationsAreClose_data() { everySetAndType(lemma::tests::quantizedTypes()); }
    void quantizedActivationsAreClose()
    {
        QFETCH(const CpuKernels*, kernels);
        QFETCH(unsigned, number);
        const Case c = makeCase(findTensorType(number)->type, 64, 2048, 8);
        const std::vector<float> y = multiply(pack(*kernels, c, c.weights.data()), *kernels, c);
        std::vector<float> expected(y.size(), untouched);
        reference::matmul(c.type, c.weights.data(), c.rows, c.columns, c.x.data(), c.tokens, expected.data(),
                          c.rows + 3);
        double error = 0.0;
        double square = 0.0;
        for (std::int64_t i = 0; i < static_cast<std::int64_t>(y.size()); ++i) {
            if (i % (c.rows + 3) < c.rows) {
                const auto k = static_cast<std::size_t>(i);
                error += std::pow(static_cast<double>(y[k]) - static_cast<double>(expected[k]), 2);
                square += std::pow(static_cast<double>(expected[k]), 2);
            }
        }
        QVERIFY2(error <= 5e-5 * square, qPrintable(QString::number(error / square)));
    }

    void rangesAndBatchesDoNotChangeBits_data() { everySetAndType(lemma::tests::allTypes()); }
    void rangesAndBatchesDoNotChangeBits()
    {
        QFETCH(const CpuKernels*, kernels);
        QFETCH(unsigned, number);
        const TensorTypeInfo& info = *findTensorType(number);
        const Case c = makeCase(info.type, 75, info.weightsPerBlock == 1 ? 77 : 512, 71);
        const PackedMatrix matrix = pack(*kernels, c, c.weights.data());
        const std::vector<float> whole = multiply(matrix, *kernels, c);
        Activations activations;
        activations.reset(c.x.data(), c.tokens, c.columns);
        if (cpu::needsQuantizedActivations(info.type)) {
            activations.quantize(*kernels, 40, c.tokens);
            activations.quantize(*kernels, 0, 40);
        }
        for (const std::int64_t tokenStep : {1, 3, 13, 70}) {
            for (const std::int64_t rowStep : {16, 48}) {
                std::vector<float> y(whole.size(), untouched);
                for (std::int64_t t = 0; t < c.tokens; t += tokenStep) {
                    for (std::int64_t r = 0; r < c.rows; r += rowStep) {
                        cpu::matmul(matrix, activations, t, std::min(t + tokenStep, c.tokens), r,
                                    std::min(r + rowStep, c.rows), y.data(), c.rows + 3);
                    }
                }
                QVERIFY(sameBits(y, whole));
            }
        }
    }

    void unalignedWeights_data() { everySetAndType(lemma::tests::allTypes()); }
    void unalignedWeights()
    {
        QFETCH(const CpuKernels*, kernels);
        QFETCH(unsigned, number);
        const TensorTypeInfo& info = *findTensorType(number);
        const Case c = makeCase(info.type, 21, info.weightsPerBlock == 1 ? 39 : 256, 5);
        const std::vector<float> expected = multiply(pack(*kernels, c, c.weights.data()), *kernels, c);
        std::vector<std::byte> moved(c.weights.size() + 1);
        std::copy(c.weights.begin(), c.weights.end(), moved.begin() + 1);
        QVERIFY(sameBits(multiply(pack(*kernels, c, moved.data() + 1), *kernels, c), expected));
    }

    // The largest codes and activations: integer sums must not overflow.
    void extremeValues_data() { everySetAndType(lemma::tests::quantizedTypes()); }
    void extremeValues()
    {
        QFETCH(const CpuKernels*, kernels);
        QFETCH(unsigned, number);
        for (const int fill : {0x00, 0xff, 0x80, 0x7f, 0x88, 0x77}) {
            Case c = makeCase(findTensorType(number)->type, 17, 512, 5);
            fillCodes(c, static_cast<std::byte>(fill));
            for (std::size_t i = 0; i < c.x.size(); ++i) {
                c.x[i] = (i / 512) % 2 == 0 ? 1.0F : i % 2 == 0 ? -1.0F : 1.0F;
            }
            compare(c, multiply(pack(*kernels, c, c.weights.data()), *kernels, c), quantizedActivations(*kernels, c));
            if (QTest::currentTestFailed()) {
                return;
            }
        }
    }

    void zerosGiveZero_data() { everySetAndType(lemma::tests::allTypes()); }
    void zerosGiveZero()
    {
        QFETCH(const CpuKernels*, kernels);
        QFETCH(unsigned, number);
        Case c = makeCase(findTensorType(number)->type, 5, 256, 3);
        std::fill(c.x.begin(), c.x.end(), 0.0F);
        for (const float value : multiply(pack(*kernels, c, c.weights.data()), *kernels, c)) {
            QVERIFY(value == 0.0F || value == untouched);
        }
    }

    void notANumberStaysWithItsToken_data() { everySetAndType(lemma::tests::allTypes()); }
    void notANumberStaysWithItsToken()
    {
        QFETCH(const CpuKernels*, kernels);
        QFETCH(unsigned, number);
        Case c = makeCase(findTensorType(number)->type, 17, 512, 3);
        for (const float poison : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
            c.x[512 + 100] = poison;
            const std::vector<float> y = multiply(pack(*kernels, c, c.weights.data()), *kernels, c);
            for (std::int64_t t = 0; t < 3; ++t) {
                for (std::int64_t r = 0; r < c.rows; ++r) {
                    QCOMPARE(std::isfinite(y[static_cast<std::size_t>(t * (c.rows + 3) + r)]), t != 1);
                }
            }
        }
    }

    void tinyActivationsBecomeZero()
    {
        for (const CpuKernels* kernels : lemma::tests::kernelsWithMatmul()) {
            const Case c = makeCase(TensorType::Q8_0, 3, 64, 2, 1e-35F);
            for (const float value : multiply(pack(*kernels, c, c.weights.data()), *kernels, c)) {
                QVERIFY(value == 0.0F || value == untouched);
            }
        }
    }

private:
    static void fillCodes(Case& c, std::byte fill)
    {
        const TensorTypeInfo& info = tensorTypeInfo(c.type);
        const std::vector<std::byte> sane = c.weights;
        std::fill(c.weights.begin(), c.weights.end(), fill);
        for (std::size_t block = 0; block < c.weights.size(); block += static_cast<std::size_t>(info.bytesPerBlock)) {
            for (const int offset : lemma::tests::scaleBytes(c.type)) {
                c.weights[block + static_cast<std::size_t>(offset)] = sane[block + static_cast<std::size_t>(offset)];
            }
        }
    }
};

QTEST_APPLESS_MAIN(MatmulTest)
#include "matmul_test.moc"
