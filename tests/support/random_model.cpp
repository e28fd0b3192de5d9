#include "tests/support/random_model.h"

#include <cmath>
#include <functional>
#include <random>
#include <utility>

#include <fmt/format.h>

#include "kernels/quant/half.h"

namespace lemma::tests {

using kernels::TensorType;

namespace {

using Floats = std::vector<float>;

std::span<const std::byte> bytesOf(const Floats& values) { return std::as_bytes(std::span(values)); }

// Blocks of 32 weights: a half-float scale and 32 signed bytes.
std::vector<std::byte> quantized(const Floats& values)
{
    std::vector<std::byte> out;
    for (std::size_t first = 0; first < values.size(); first += 32) {
        float largest = 0;
        for (std::size_t i = 0; i < 32; ++i)
            largest = std::max(largest, std::abs(values[first + i]));
        const std::uint16_t scale = kernels::halfFromFloat(largest / 127.0f);
        appendNumber(out, scale);
        const float step = kernels::floatFromHalf(scale);
        for (std::size_t i = 0; i < 32; ++i) {
            const float quant = step == 0 ? 0 : std::round(values[first + i] / step);
            appendNumber(out, static_cast<std::int8_t>(std::min(127.0f, std::max(-127.0f, quant))));
        }
    }
    return out;
}

class Builder {
public:
    explicit Builder(const RandomModel& shape) : m_shape(shape) {}

    GgufWriter take() { return std::move(m_writer); }

    void metadata();
    void tensors();

private:
    std::string key(std::string_view name) const { return m_shape.architecture + "." + std::string(name); }
    void integer(std::string_view name, std::uint32_t value) { m_writer.integer(key(name), value); }
    void number(std::string_view name, float value) { m_writer.number(key(name), value); }

    // Random numbers of their own for each tensor name: variants share the weights they have in common.
    Floats random(const std::string& name, std::size_t count, float deviation, float mean = 0) const
    {
        std::mt19937 generator(m_shape.seed + static_cast<std::uint32_t>(std::hash<std::string>{}(name)));
        std::normal_distribution<float> normal(mean, deviation);
        Floats values(count);
        for (float& value : values)
            value = normal(generator);
        return values;
    }
    Floats weights(const std::string& name, std::uint64_t columns, std::uint64_t rows) const
    {
        return random(name, columns * rows, 1.0f / std::sqrt(static_cast<float>(columns)));
    }
    void matrix(const std::string& name, std::vector<std::uint64_t> shape, const Floats& values)
    {
        if (m_shape.type == TensorType::F32)
            m_writer.tensor(name, TensorType::F32, std::move(shape), bytesOf(values));
        else
            m_writer.tensor(name, TensorType::Q8_0, std::move(shape), quantized(values));
    }
    void matrix(const std::string& name, std::uint64_t columns, std::uint64_t rows)
    {
        matrix(name, {columns, rows}, weights(name, columns, rows));
    }
    void vector(const std::string& name, std::uint64_t length, float deviation, float mean)
    {
        m_writer.tensor(name, TensorType::F32, {length}, bytesOf(random(name, length, deviation, mean)));
    }
    void norm(const std::string& name, std::uint64_t length) { vector(name, length, 0.1f, 1.0f); }

    void latentMetadata();
    void expertMetadata();
    void groupedAttention(const std::string& prefix);
    void latentAttention(const std::string& prefix);
    void latentHeads(const std::string& prefix);
    void feedForward(const std::string& prefix);
    void mixture(const std::string& prefix);

    const RandomModel& m_shape;
    GgufWriter m_writer;
};

void Builder::metadata()
{
    m_writer.string("general.architecture", m_shape.architecture).string("general.name", "random");
    integer("block_count", m_shape.blocks);
    integer("context_length", 4096);
    integer("embedding_length", m_shape.embedding);
    integer("feed_forward_length", m_shape.feedForward);
    integer("attention.head_count", m_shape.heads);
    number("attention.layer_norm_rms_epsilon", 1e-6f);
    number("rope.freq_base", 10000.0f);
    if (m_shape.architecture == "deepseek2") {
        latentMetadata();
        if (m_shape.experts > 0)
            expertMetadata();
        return;
    }
    integer("attention.head_count_kv", m_shape.kvHeads);
    integer("attention.key_length", m_shape.headLength);
    integer("attention.value_length", m_shape.headLength);
    integer("rope.dimension_count", m_shape.headLength);
}

void Builder::latentMetadata()
{
    const RandomModel& s = m_shape;
    if (s.queryRank > 0)
        integer("attention.q_lora_rank", s.queryRank);
    integer("attention.kv_lora_rank", s.latentRank);
    integer("rope.dimension_count", s.ropeLength);
    integer("attention.head_count_kv", s.oldLatent ? s.heads : 1);
    integer("attention.key_length", s.oldLatent ? s.nopeLength + s.ropeLength : s.latentRank + s.ropeLength);
    integer("attention.value_length", s.oldLatent ? s.valueLength : s.latentRank);
    if (!s.oldLatent) {
        integer("attention.key_length_mla", s.nopeLength + s.ropeLength);
        integer("attention.value_length_mla", s.valueLength);
    }
    if (s.yarn) {
        m_writer.string(key("rope.scaling.type"), "yarn");
        number("rope.scaling.factor", 40);
        integer("rope.scaling.original_context_length", 4096);
        number("rope.scaling.yarn_log_multiplier", 0.1f);
    }
}

void Builder::expertMetadata()
{
    integer("leading_dense_block_count", m_shape.denseBlocks);
    integer("expert_count", m_shape.experts);
    integer("expert_used_count", m_shape.expertsUsed);
    integer("expert_shared_count", m_shape.sharedExperts);
    integer("expert_feed_forward_length", m_shape.feedForward);
    if (m_shape.groups > 1) {
        integer("expert_group_count", m_shape.groups);
        integer("expert_group_used_count", m_shape.groupsUsed);
    }
    if (m_shape.sigmoidGating) {
        number("expert_weights_scale", 2.5f);
        m_writer.boolean(key("expert_weights_norm"), true);
        integer("expert_gating_func", 2);
    }
}

void Builder::tensors()
{
    const RandomModel& s = m_shape;
    matrix("token_embd.weight", s.embedding, s.vocabulary);
    for (std::uint32_t block = 0; block < s.blocks; ++block) {
        const std::string prefix = fmt::format("blk.{}.", block);
        norm(prefix + "attn_norm.weight", s.embedding);
        if (s.architecture == "deepseek2")
            latentAttention(prefix);
        else
            groupedAttention(prefix);
        norm(prefix + "ffn_norm.weight", s.embedding);
        if (s.architecture == "deepseek2" && s.experts > 0 && block >= s.denseBlocks)
            mixture(prefix);
        else
            feedForward(prefix);
    }
    norm("output_norm.weight", s.embedding);
    if (!s.tiedEmbedding)
        matrix("output.weight", s.embedding, s.vocabulary);
    if (s.ropeFactors)
        m_writer.tensor("rope_freqs.weight", TensorType::F32, {s.headLength / 2},
                        bytesOf(Floats(s.headLength / 2, 3.5f)));
}

void Builder::groupedAttention(const std::string& prefix)
{
    const RandomModel& s = m_shape;
    const std::uint64_t queries = s.heads * s.headLength;
    const std::uint64_t keys = s.kvHeads * s.headLength;
    if (s.fusedQkv) {
        Floats all = weights(prefix + "attn_q.weight", s.embedding, queries);
        for (const char* part : {"attn_k.weight", "attn_v.weight"}) {
            const Floats more = weights(prefix + part, s.embedding, keys);
            all.insert(all.end(), more.begin(), more.end());
        }
        matrix(prefix + "attn_qkv.weight", {s.embedding, queries + 2 * keys}, all);
    } else {
        matrix(prefix + "attn_q.weight", s.embedding, queries);
        matrix(prefix + "attn_k.weight", s.embedding, keys);
        matrix(prefix + "attn_v.weight", s.embedding, keys);
    }
    if (s.architecture == "qwen2" && s.fusedQkv) {
        Floats all = random(prefix + "attn_q.bias", queries, 0.2f);
        for (const char* part : {"attn_k.bias", "attn_v.bias"}) {
            const Floats more = random(prefix + part, keys, 0.2f);
            all.insert(all.end(), more.begin(), more.end());
        }
        m_writer.tensor(prefix + "attn_qkv.bias", TensorType::F32, {all.size()}, bytesOf(all));
    } else if (s.architecture == "qwen2") {
        vector(prefix + "attn_q.bias", queries, 0.2f, 0);
        vector(prefix + "attn_k.bias", keys, 0.2f, 0);
        vector(prefix + "attn_v.bias", keys, 0.2f, 0);
    }
    if (s.architecture == "qwen3") {
        norm(prefix + "attn_q_norm.weight", s.headLength);
        norm(prefix + "attn_k_norm.weight", s.headLength);
    }
    matrix(prefix + "attn_output.weight", queries, s.embedding);
}

void Builder::latentAttention(const std::string& prefix)
{
    const RandomModel& s = m_shape;
    const std::uint64_t queries = s.heads * (s.nopeLength + s.ropeLength);
    if (s.queryRank > 0) {
        matrix(prefix + "attn_q_a.weight", s.embedding, s.queryRank);
        norm(prefix + "attn_q_a_norm.weight", s.queryRank);
        matrix(prefix + "attn_q_b.weight", s.queryRank, queries);
    } else {
        matrix(prefix + "attn_q.weight", s.embedding, queries);
    }
    matrix(prefix + "attn_kv_a_mqa.weight", s.embedding, s.latentRank + s.ropeLength);
    norm(prefix + "attn_kv_a_norm.weight", s.latentRank);
    latentHeads(prefix);
    matrix(prefix + "attn_output.weight", s.heads * s.valueLength, s.embedding);
}

// Rows [nopeLength + valueLength] of each head as the model was trained; split and transposed in newer files.
void Builder::latentHeads(const std::string& prefix)
{
    const RandomModel& s = m_shape;
    const std::size_t headRows = s.nopeLength + s.valueLength;
    const Floats both = weights(prefix + "attn_kv_b.weight", s.latentRank, s.heads * headRows);
    if (s.oldLatent) {
        matrix(prefix + "attn_kv_b.weight", {s.latentRank, s.heads * headRows}, both);
        return;
    }
    Floats keys;
    Floats values;
    for (std::size_t head = 0; head < s.heads; ++head) {
        const float* rows = both.data() + head * headRows * s.latentRank;
        for (std::size_t column = 0; column < s.latentRank; ++column) {
            for (std::size_t row = 0; row < s.nopeLength; ++row)
                keys.push_back(rows[row * s.latentRank + column]);
        }
        values.insert(values.end(), rows + s.nopeLength * s.latentRank, rows + headRows * s.latentRank);
    }
    matrix(prefix + "attn_k_b.weight", {s.nopeLength, s.latentRank, s.heads}, keys);
    matrix(prefix + "attn_v_b.weight", {s.latentRank, s.valueLength, s.heads}, values);
}

void Builder::feedForward(const std::string& prefix)
{
    matrix(prefix + "ffn_gate.weight", m_shape.embedding, m_shape.feedForward);
    matrix(prefix + "ffn_up.weight", m_shape.embedding, m_shape.feedForward);
    matrix(prefix + "ffn_down.weight", m_shape.feedForward, m_shape.embedding);
}

void Builder::mixture(const std::string& prefix)
{
    const RandomModel& s = m_shape;
    const std::string router = prefix + "ffn_gate_inp.weight";
    m_writer.tensor(router, TensorType::F32, {s.embedding, s.experts},
                    bytesOf(weights(router, s.embedding, s.experts)));
    if (s.sigmoidGating)
        vector(prefix + "exp_probs_b.bias", s.experts, 0.1f, 0);
    const std::uint64_t rows = s.experts * s.feedForward;
    const Floats gate = weights(prefix + "ffn_gate_exps.weight", s.embedding, rows);
    const Floats up = weights(prefix + "ffn_up_exps.weight", s.embedding, rows);
    if (s.fusedGateUp) {
        Floats both;
        const auto size = static_cast<std::ptrdiff_t>(s.feedForward * s.embedding); // of one expert
        for (std::ptrdiff_t expert = 0; expert < static_cast<std::ptrdiff_t>(s.experts); ++expert) {
            both.insert(both.end(), gate.begin() + expert * size, gate.begin() + (expert + 1) * size);
            both.insert(both.end(), up.begin() + expert * size, up.begin() + (expert + 1) * size);
        }
        matrix(prefix + "ffn_gate_up_exps.weight", {s.embedding, 2 * s.feedForward, s.experts}, both);
    } else {
        matrix(prefix + "ffn_gate_exps.weight", {s.embedding, s.feedForward, s.experts}, gate);
        matrix(prefix + "ffn_up_exps.weight", {s.embedding, s.feedForward, s.experts}, up);
    }
    matrix(prefix + "ffn_down_exps.weight", {s.feedForward, s.embedding, s.experts},
           weights(prefix + "ffn_down_exps.weight", s.feedForward, s.experts * s.embedding));
    if (s.sharedExperts > 0) {
        matrix(prefix + "ffn_gate_shexp.weight", s.embedding, s.sharedExperts * s.feedForward);
        matrix(prefix + "ffn_up_shexp.weight", s.embedding, s.sharedExperts * s.feedForward);
        matrix(prefix + "ffn_down_shexp.weight", s.sharedExperts * s.feedForward, s.embedding);
    }
}

} // namespace

GgufWriter randomModel(const RandomModel& shape)
{
    Builder builder(shape);
    builder.metadata();
    builder.tensors();
    return builder.take();
}

} // namespace lemma::tests
