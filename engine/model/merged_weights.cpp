#include "engine/model/merged_weights.h"

#include <algorithm>
#include <cstring>
#include <span>

#include "kernels/quant/dequantize.h"
#include "kernels/quant/half.h"

namespace lemma::engine {
namespace {

constexpr double largestLoss = 1.0 / 64; // of the change; root mean square

std::vector<float> decodedRow(const MatrixSource& source, std::int64_t row)
{
    std::vector<float> values(static_cast<std::size_t>(source.columns));
    const std::size_t bytes = kernels::rowBytes(source.type, source.columns);
    kernels::dequantizeRow(source.type, source.data + static_cast<std::size_t>(row) * bytes, values.data(),
                           source.columns);
    return values;
}

} // namespace

MergeLoss mergeRows(const MatrixSource& source, const std::vector<LowRankSource>& changes, std::int64_t begin,
                    std::int64_t end, float* out)
{
    MergeLoss loss;
    std::vector<std::vector<std::vector<float>>> decodedA; // [change][rank]
    for (const LowRankSource& change : changes) {
        auto& ranks = decodedA.emplace_back();
        for (std::int64_t k = 0; k < change.a.rows; ++k)
            ranks.push_back(decodedRow(change.a, k));
    }
    const auto columns = static_cast<std::size_t>(source.columns);
    std::vector<float> delta(columns);
    for (std::int64_t row = begin; row < end; ++row) {
        std::fill(delta.begin(), delta.end(), 0.0F);
        for (std::size_t i = 0; i < changes.size(); ++i) {
            const std::vector<float> b = decodedRow(changes[i].b, row);
            for (std::size_t k = 0; k < b.size(); ++k) {
                const float factor = changes[i].strength * b[k];
                const float* a = decodedA[i][k].data();
                for (std::size_t c = 0; c < columns; ++c)
                    delta[c] += factor * a[c];
            }
        }
        const std::vector<float> weights = decodedRow(source, row);
        float* merged = out + static_cast<std::size_t>(row - begin) * columns;
        for (std::size_t c = 0; c < columns; ++c) {
            merged[c] = weights[c] + delta[c];
            const double lost = double{kernels::floatFromHalf(kernels::halfFromFloat(merged[c]))} - double{merged[c]};
            loss.lost += lost * lost; // infinite where it does not fit into F16
            loss.change += double{delta[c]} * double{delta[c]};
        }
    }
    return loss;
}

MergedWeights packMerged(const MatrixSource& source, const MergeLoss& loss, const std::vector<float>& merged)
{
    const bool fits = loss.lost <= largestLoss * largestLoss * loss.change;
    MergedWeights result;
    if (source.type == kernels::TensorType::F32 || !fits) {
        const auto bytes = std::as_bytes(std::span(merged));
        result.bytes.assign(bytes.begin(), bytes.end());
        return result;
    }
    result.type = kernels::TensorType::F16;
    result.bytes.resize(merged.size() * 2);
    for (std::size_t i = 0; i < merged.size(); ++i) {
        const std::uint16_t half = kernels::halfFromFloat(merged[i]);
        std::memcpy(result.bytes.data() + 2 * i, &half, sizeof half);
    }
    return result;
}

} // namespace lemma::engine
