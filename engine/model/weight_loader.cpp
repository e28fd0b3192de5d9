#include "engine/model/weight_loader.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/model/merged_weights.h"
#include "kernels/quant/dequantize.h"

namespace lemma::engine {

WeightLoader::WeightLoader(const GgufFile& file, Backend& backend, AdaptedWeights& adapted,
                           std::function<void(float)> onProgress, std::stop_token stop)
    : m_file(file), m_backend(backend), m_adapted(adapted), m_onProgress(std::move(onProgress)), m_stop(std::move(stop))
{
    for (const TensorInfo& info : file.tensors())
        m_totalBytes += info.data.size();
}

tl::unexpected<Error> WeightLoader::corrupt(const std::string& reason) const
{
    return fail(ErrorCode::CorruptFile, fmt::format("{}: {}", m_file.path().string(), reason));
}

Result<const TensorInfo*> WeightLoader::tensor(const std::string& name, std::vector<std::int64_t> shape)
{
    const TensorInfo* info = m_file.findTensor(name);
    if (!info)
        return corrupt(fmt::format("the tensor '{}' is missing", name));
    shape.resize(4, 1);
    if (!std::ranges::equal(shape, info->shape))
        return corrupt(fmt::format("the tensor '{}' has the shape {} (expected {})", name,
                                   fmt::join(info->shape, " x "), fmt::join(shape, " x ")));
    m_used.insert(info->name);
    return info;
}

Result<Matrix> WeightLoader::matrix(const std::string& name, std::int64_t columns, std::int64_t rows)
{
    LEMMA_TRY(const TensorInfo* info, tensor(name, {columns, rows}));
    return matrix(*info, 0, rows);
}

Result<Matrix> WeightLoader::matrix(const TensorInfo& tensor, std::int64_t first, std::int64_t count)
{
    const MatrixSource source = rowsOf(tensor, first, count);
    LEMMA_TRY(const std::vector<LowRankSource> changes, m_adapted.changesOf(tensor, first, count));
    if (changes.empty() || m_adapted.mode() == AdapterMode::Runtime) {
        LEMMA_TRY(Matrix made, matrix(source));
        for (const LowRankSource& change : changes)
            m_backend.addUpdate(made, factor(change.a), factor(change.b), change.strength);
        return made;
    }
    LEMMA_CHECK(progress(source));
    return merged(source, changes);
}

Matrix WeightLoader::merged(const MatrixSource& source, const std::vector<LowRankSource>& changes)
{
    std::vector<float> floats(static_cast<std::size_t>(source.rows * source.columns));
    std::mutex mutex;
    std::vector<std::pair<std::int64_t, MergeLoss>> losses; // by their first row: a sum that is always the same
    m_backend.forRanges(source.rows, source.rows * source.columns, [&](Range rows) {
        const MergeLoss loss =
            mergeRows(source, changes, rows.begin, rows.end, floats.data() + rows.begin * source.columns);
        const std::scoped_lock lock(mutex);
        losses.emplace_back(rows.begin, loss);
    });
    std::ranges::sort(losses, {}, &std::pair<std::int64_t, MergeLoss>::first);
    MergeLoss all;
    for (const auto& [row, loss] : losses) {
        all.change += loss.change;
        all.lost += loss.lost;
    }
    MergedWeights packed = packMerged(source, all, floats);
    MatrixSource result = source;
    result.type = packed.type;
    return m_backend.makeMatrix(result, std::move(packed.bytes));
}

// A half of a low-rank change, in a type whose product needs no quantised input: the rank may be any number.
Matrix WeightLoader::factor(const MatrixSource& source)
{
    using kernels::TensorType;
    if (source.type == TensorType::F32 || source.type == TensorType::F16 || source.type == TensorType::BF16)
        return m_backend.makeMatrix(source);
    std::vector<std::byte> bytes(static_cast<std::size_t>(source.rows * source.columns) * sizeof(float));
    std::vector<float> row(static_cast<std::size_t>(source.columns));
    for (std::int64_t r = 0; r < source.rows; ++r) {
        const auto index = static_cast<std::size_t>(r);
        kernels::dequantizeRow(source.type, source.data + index * kernels::rowBytes(source.type, source.columns),
                               row.data(), source.columns);
        std::memcpy(bytes.data() + index * row.size() * sizeof(float), row.data(), row.size() * sizeof(float));
    }
    MatrixSource decoded = source;
    decoded.type = TensorType::F32;
    return m_backend.makeMatrix(decoded, std::move(bytes));
}

Result<Matrix> WeightLoader::matrix(const MatrixSource& source)
{
    LEMMA_CHECK(progress(source));
    return m_backend.makeMatrix(source);
}

// Before the next piece of work.
Result<void> WeightLoader::progress(const MatrixSource& source)
{
    if (m_stop.stop_requested())
        return fail(ErrorCode::Cancelled, "loading the model was stopped");
    m_loadedBytes += source.bytes();
    if (m_onProgress)
        m_onProgress(std::min(1.0f, static_cast<float>(m_loadedBytes) / static_cast<float>(m_totalBytes)));
    return {};
}

Result<std::vector<float>> WeightLoader::vector(const std::string& name, std::int64_t length)
{
    LEMMA_TRY(const TensorInfo* info, tensor(name, {length}));
    std::vector<float> values(static_cast<std::size_t>(length));
    kernels::dequantizeRow(info->type, info->data.data(), values.data(), length);
    return values;
}

Result<std::vector<float>> WeightLoader::optionalVector(const std::string& name, std::int64_t length)
{
    if (!has(name))
        return std::vector<float>{};
    return vector(name, length);
}

std::vector<std::string> WeightLoader::unusedTensors() const
{
    std::vector<std::string> names;
    for (const TensorInfo& info : m_file.tensors()) {
        if (!m_used.contains(info.name))
            names.emplace_back(info.name);
    }
    return names;
}

MatrixSource rowsOf(const TensorInfo& tensor, std::int64_t first, std::int64_t count)
{
    const std::size_t offset = static_cast<std::size_t>(first) * kernels::rowBytes(tensor.type, tensor.columns());
    return {.type = tensor.type, .rows = count, .columns = tensor.columns(), .data = tensor.data.data() + offset};
}

} // namespace lemma::engine
