#include "engine/model/weight_loader.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "kernels/quant/dequantize.h"

namespace lemma::engine {

WeightLoader::WeightLoader(const GgufFile& file, Backend& backend, std::function<void(float)> onProgress,
                           std::stop_token stop)
    : m_file(file), m_backend(backend), m_onProgress(std::move(onProgress)), m_stop(std::move(stop))
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
    return matrix(rowsOf(*info, 0, rows));
}

Result<Matrix> WeightLoader::matrix(const MatrixSource& source)
{
    if (m_stop.stop_requested())
        return fail(ErrorCode::Cancelled, "loading the model was stopped");
    Matrix made = m_backend.makeMatrix(source);
    m_loadedBytes += source.bytes();
    if (m_onProgress)
        m_onProgress(std::min(1.0f, static_cast<float>(m_loadedBytes) / static_cast<float>(m_totalBytes)));
    return made;
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
