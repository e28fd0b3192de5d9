#include "tests/support/random_adapter.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <random>
#include <string>

#include "kernels/quant/half.h"

namespace lemma::tests {
namespace {

using kernels::TensorType;

std::vector<std::byte> encoded(TensorType type, const std::vector<float>& values)
{
    std::vector<std::byte> out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (type == TensorType::F32) {
            appendNumber(out, values[i]);
        } else if (type == TensorType::F16) {
            appendNumber(out, kernels::halfFromFloat(values[i]));
        } else if (type == TensorType::BF16) {
            appendNumber(out, static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(values[i]) >> 16));
        } else { // Q8_0: a half-float scale and 32 signed bytes
            constexpr float scale = 1.0F / 32;
            if (i % 32 == 0)
                appendNumber(out, kernels::halfFromFloat(scale));
            appendNumber(out, static_cast<std::int8_t>(std::clamp(std::round(values[i] / scale), -127.0F, 127.0F)));
        }
    }
    return out;
}

} // namespace

GgufWriter randomAdapter(const engine::GgufFile& model, const RandomAdapter& shape)
{
    GgufWriter writer;
    writer.string("general.type", "adapter").string("general.architecture", *model.string("general.architecture"));
    writer.string("adapter.type", "lora").number("adapter.lora.alpha", shape.alpha);
    std::mt19937 random(shape.seed);
    const auto add = [&](const std::string& name, const std::vector<std::uint64_t>& extents, float deviation) {
        std::normal_distribution<float> normal(0, deviation);
        std::vector<float> values(extents[0] * extents[1] * extents[2]);
        for (float& value : values)
            value = normal(random);
        writer.tensor(name, shape.type, extents, encoded(shape.type, values));
    };
    for (const engine::TensorInfo& tensor : model.tensors()) {
        if (tensor.dimensions < 2 || tensor.name == "token_embd.weight")
            continue;
        const auto columns = static_cast<std::uint64_t>(tensor.shape[0]);
        const auto rows = static_cast<std::uint64_t>(tensor.shape[1]);
        const auto experts = static_cast<std::uint64_t>(tensor.shape[2]);
        const std::string name(tensor.name);
        add(name + ".lora_a", {columns, shape.rank, experts}, 1 / std::sqrt(static_cast<float>(columns)));
        add(name + ".lora_b", {shape.rank, rows, experts}, 1 / std::sqrt(static_cast<float>(shape.rank)));
    }
    return writer;
}

} // namespace lemma::tests
