#pragma once
// RMS norm and softmax. Included after a SIMD class `Simd`.

#include "kernels/cpu/elementwise_kernels.h"
#include "kernels/cpu/simd.h"

#include <cmath>
#include <limits>

namespace lemma::kernels::cpu {
namespace {

// Two running sums, so that the latency of one addition is hidden behind the other.
LEMMA_INLINE float sumOfSquares(const float* x, std::int64_t count)
{
    Simd::Floats sums[2] = {Simd::zero(), Simd::zero()};
    std::int64_t i = 0;
    for (; i + 2 * Simd::lanes <= count; i += 2 * Simd::lanes) {
        for (int k = 0; k < 2; ++k) {
            const Simd::Floats values = Simd::load(x + i + k * Simd::lanes);
            sums[k] = Simd::multiplyAdd(values, values, sums[k]);
        }
    }
    for (; i < count; i += Simd::lanes) {
        const std::int64_t left = count - i;
        const Simd::Floats values = left < Simd::lanes ? loadFirst(x + i, left) : Simd::load(x + i);
        sums[0] = Simd::multiplyAdd(values, values, sums[0]);
    }
    return Simd::sum(Simd::add(sums[0], sums[1]));
}

void rmsNorm(const float* x, const float* weight, float epsilon, std::int64_t rows, std::int64_t columns, float* y)
{
    for (std::int64_t r = 0; r < rows; ++r) {
        const float* source = x + r * columns;
        float* target = y + r * columns;
        const float mean = sumOfSquares(source, columns) / static_cast<float>(columns);
        const Simd::Floats factor = Simd::set(1.0F / std::sqrt(mean + epsilon));
        std::int64_t c = 0;
        for (; c + Simd::lanes <= columns; c += Simd::lanes) {
            const Simd::Floats scaled = Simd::multiply(Simd::load(source + c), factor);
            Simd::store(target + c, Simd::multiply(scaled, Simd::load(weight + c)));
        }
        if (c < columns) {
            const Simd::Floats scaled = Simd::multiply(loadFirst(source + c, columns - c), factor);
            storeFirst(target + c, Simd::multiply(scaled, loadFirst(weight + c, columns - c)), columns - c);
        }
    }
}

LEMMA_INLINE float largestOf(const float* x, std::int64_t count)
{
    float result = -std::numeric_limits<float>::infinity();
    Simd::Floats largest = Simd::set(result);
    std::int64_t i = 0;
    for (; i + Simd::lanes <= count; i += Simd::lanes) {
        largest = Simd::maximum(largest, Simd::load(x + i));
    }
    result = Simd::largest(largest);
    for (; i < count; ++i) {
        result = x[i] > result ? x[i] : result;
    }
    return result;
}

// x[i] -> exp(x[i] - maximum); the sum of them.
LEMMA_INLINE float exponentials(float* x, std::int64_t count, float maximum)
{
    Simd::Floats sums = Simd::zero();
    const Simd::Floats shift = Simd::set(maximum);
    std::int64_t i = 0;
    for (; i + Simd::lanes <= count; i += Simd::lanes) {
        const Simd::Floats values = exponential(Simd::subtract(Simd::load(x + i), shift));
        Simd::store(x + i, values);
        sums = Simd::add(sums, values);
    }
    float result = Simd::sum(sums);
    if (i < count) {
        float buffer[Simd::lanes];
        Simd::store(buffer, exponential(Simd::subtract(loadFirst(x + i, count - i), shift)));
        for (std::int64_t k = 0; k < count - i; ++k) {
            x[i + k] = buffer[k];
            result += buffer[k];
        }
    }
    return result;
}

void softmax(float* x, std::int64_t count)
{
    const float sum = exponentials(x, count, largestOf(x, count));
    const Simd::Floats factor = Simd::set(1.0F / sum);
    std::int64_t i = 0;
    for (; i + Simd::lanes <= count; i += Simd::lanes) {
        Simd::store(x + i, Simd::multiply(Simd::load(x + i), factor));
    }
    for (; i < count; ++i) {
        x[i] *= 1.0F / sum;
    }
}

} // namespace
} // namespace lemma::kernels::cpu
