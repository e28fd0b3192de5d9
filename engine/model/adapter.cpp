#include "engine/model/adapter.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/fnv.h"
#include "kernels/quant/dequantize.h"

namespace lemma::engine {
namespace {

constexpr std::string_view suffixA = ".lora_a";
constexpr std::string_view suffixB = ".lora_b";

bool isFinite(const TensorInfo& tensor)
{
    std::vector<float> row(static_cast<std::size_t>(tensor.columns()));
    const std::size_t bytes = kernels::rowBytes(tensor.type, tensor.columns());
    for (std::int64_t r = 0; r < tensor.rows(); ++r) {
        kernels::dequantizeRow(tensor.type, tensor.data.data() + static_cast<std::size_t>(r) * bytes, row.data(),
                               tensor.columns());
        if (!std::ranges::all_of(row, [](float value) { return std::isfinite(value); }))
            return false;
    }
    return true;
}

} // namespace

Result<std::shared_ptr<const Adapter>> Adapter::open(const std::filesystem::path& path)
{
    LEMMA_TRY(GgufFile file, GgufFile::open(path));
    return fromGguf(std::move(file));
}

Result<std::shared_ptr<const Adapter>> Adapter::fromGguf(GgufFile file)
{
    std::shared_ptr<Adapter> adapter(new Adapter(std::move(file)));
    const GgufFile& opened = adapter->m_file;
    const std::string path = opened.path().string();
    if (opened.string("general.type") != "adapter")
        return fail(ErrorCode::InvalidArgument, fmt::format("{} is no adapter", path));
    LEMMA_TRY(const std::string_view kind, opened.requireString("adapter.type"));
    if (kind != "lora")
        return fail(ErrorCode::Unsupported, fmt::format("{}: an adapter of the kind '{}'", path, kind));
    LEMMA_TRY(adapter->m_architecture, opened.requireString("general.architecture"));
    if (const auto alpha = opened.number("adapter.lora.alpha")) {
        if (!std::isfinite(*alpha))
            return adapter->corrupt("adapter.lora.alpha is no number");
        adapter->m_alpha = static_cast<float>(*alpha);
    }
    LEMMA_CHECK(adapter->readPairs());
    return std::shared_ptr<const Adapter>(std::move(adapter));
}

Result<void> Adapter::readPairs()
{
    Fnv fnv;
    fnv.add(m_alpha ? static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(*m_alpha)) : ~std::uint64_t{0});
    for (const TensorInfo& tensor : m_file.tensors()) {
        const bool isA = tensor.name.ends_with(suffixA);
        if (!isA && !tensor.name.ends_with(suffixB))
            return fail(ErrorCode::Unsupported, fmt::format("{}: the tensor '{}' is no part of a LoRA pair",
                                                            m_file.path().string(), tensor.name));
        Pair& pair = m_pairs[tensor.name.substr(0, tensor.name.size() - suffixA.size())];
        (isA ? pair.a : pair.b) = &tensor;
        if (!isFinite(tensor))
            return corrupt(fmt::format("the tensor '{}' holds something else than numbers", tensor.name));
        fnv.add(std::as_bytes(std::span(tensor.name)));
        fnv.add(static_cast<std::uint64_t>(tensor.type));
        fnv.addWords(tensor.data);
    }
    if (m_pairs.empty())
        return corrupt("there is nothing in it");
    for (const auto& [name, pair] : m_pairs) {
        if (!pair.a || !pair.b)
            return corrupt(fmt::format("the tensor '{}{}' is missing", name, pair.a ? suffixB : suffixA));
        if (name == "token_embd.weight")
            continue; // of a table, which has its own convention; no model takes it (load_weights.cpp)
        const auto& a = pair.a->shape;
        const auto& b = pair.b->shape;
        if (a[1] != b[0] || a[2] != b[2] || a[3] != 1 || b[3] != 1)
            return corrupt(fmt::format("'{}.lora_a' has the shape {} and '.lora_b' {}: these are no [inputs, rank] and "
                                       "[rank, outputs]",
                                       name, fmt::join(a, " x "), fmt::join(b, " x ")));
    }
    m_hash = fmt::format("{:016x}", fnv.hash());
    return {};
}

float Adapter::strength(const Pair& pair, float scale) const
{
    return m_alpha ? scale * *m_alpha / static_cast<float>(pair.rank()) : scale;
}

tl::unexpected<Error> Adapter::corrupt(const std::string& reason) const
{
    return fail(ErrorCode::CorruptFile, fmt::format("{}: {}", m_file.path().string(), reason));
}

Result<std::vector<UsedAdapter>> openAdapters(AdapterChoices& choices)
{
    std::vector<UsedAdapter> adapters;
    for (AdapterChoice& choice : choices.files) {
        if (!std::isfinite(choice.scale))
            return fail(ErrorCode::InvalidArgument, fmt::format("{}: a scale that is no number", choice.file));
        LEMMA_TRY(std::shared_ptr<const Adapter> adapter, Adapter::open(choice.file));
        choice.hash = adapter->hash();
        adapters.push_back({std::move(adapter), choice.scale});
    }
    return adapters;
}

} // namespace lemma::engine
