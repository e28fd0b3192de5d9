#include "tests/support/tiny_chat_model.h"

#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "engine/tokenizer/byte_alphabet.h"
#include "tests/support/gguf_writer.h"

namespace lemma::tests {
namespace {

constexpr std::uint64_t width = 64;
constexpr std::uint64_t headLength = 16;
constexpr std::uint64_t queryHeads = 4;
constexpr std::uint64_t kvHeads = 2;
constexpr std::uint64_t feedForward = 96;
constexpr std::uint64_t vocabulary = 262;
constexpr std::uint32_t blocks = 2;

std::string chatTemplate()
{
    std::ifstream file(std::filesystem::path(LEMMA_TEST_DATA_DIR) /
                       "chat/templates/deepseek-ai-DeepSeek-R1-Distill-Qwen-32B.jinja");
    return {std::istreambuf_iterator<char>(file), {}};
}

void addTokenizer(GgufWriter& writer)
{
    std::vector<std::string> tokens;
    for (int byte = 0; byte < 256; ++byte)
        tokens.push_back(engine::byteSpelling(static_cast<std::uint8_t>(byte)));
    for (const char* special :
         {"<｜begin▁of▁sentence｜>", "<｜end▁of▁sentence｜>", "<｜User｜>", "<｜Assistant｜>", "<think>", "</think>"})
        tokens.push_back(special);
    std::vector<std::int32_t> kinds(tokens.size(), 1);
    std::fill(kinds.begin() + 256, kinds.end(), 3);
    writer.string("tokenizer.ggml.model", "gpt2").string("tokenizer.ggml.pre", "deepseek-r1-qwen");
    writer.strings("tokenizer.ggml.tokens", tokens).integers("tokenizer.ggml.token_type", kinds);
    writer.strings("tokenizer.ggml.merges", {});
    writer.integer("tokenizer.ggml.bos_token_id", TinyChatModel::bos);
    writer.integer("tokenizer.ggml.eos_token_id", TinyChatModel::eos);
}

class RandomTensors {
public:
    RandomTensors(GgufWriter& writer, std::uint32_t seed) : m_writer(writer), m_random(seed) {}

    void matrix(const std::string& name, std::uint64_t columns, std::uint64_t rows)
    {
        // Fan-in scaling keeps the activations of a random network near one.
        add(name, {columns, rows}, 1.0F / std::sqrt(static_cast<float>(columns)), 0);
    }
    void norm(const std::string& name, std::uint64_t length) { add(name, {length}, 0, 1); }

private:
    void add(const std::string& name, const std::vector<std::uint64_t>& shape, float deviation, float mean)
    {
        std::uint64_t count = 1;
        for (const std::uint64_t n : shape)
            count *= n;
        std::normal_distribution<float> normal(0, 1);
        std::vector<float> values(count);
        for (float& value : values)
            value = mean + deviation * normal(m_random);
        m_writer.tensor(name, kernels::TensorType::F32, shape, std::as_bytes(std::span(values)));
    }

    GgufWriter& m_writer;
    std::mt19937 m_random;
};

void addBlock(RandomTensors& tensors, const std::string& prefix)
{
    tensors.norm(prefix + "attn_norm.weight", width);
    tensors.matrix(prefix + "attn_q.weight", width, queryHeads * headLength);
    tensors.matrix(prefix + "attn_k.weight", width, kvHeads * headLength);
    tensors.matrix(prefix + "attn_v.weight", width, kvHeads * headLength);
    tensors.matrix(prefix + "attn_output.weight", queryHeads * headLength, width);
    tensors.norm(prefix + "ffn_norm.weight", width);
    tensors.matrix(prefix + "ffn_gate.weight", width, feedForward);
    tensors.matrix(prefix + "ffn_up.weight", width, feedForward);
    tensors.matrix(prefix + "ffn_down.weight", feedForward, width);
}

} // namespace

void TinyChatModel::write(const std::filesystem::path& file) const
{
    GgufWriter writer;
    writer.string("general.architecture", "llama").string("general.name", "tiny");
    writer.integer("llama.block_count", blocks).integer("llama.context_length", contextLength);
    writer.integer("llama.embedding_length", width).integer("llama.feed_forward_length", feedForward);
    writer.integer("llama.attention.head_count", queryHeads).integer("llama.attention.head_count_kv", kvHeads);
    writer.integer("llama.rope.dimension_count", headLength).number("llama.attention.layer_norm_rms_epsilon", 1e-5F);
    writer.integer("llama.vocab_size", vocabulary);
    addTokenizer(writer);
    if (withTemplate)
        writer.string("tokenizer.chat_template", chatTemplate());

    RandomTensors tensors(writer, seed);
    tensors.matrix("token_embd.weight", width, vocabulary);
    for (std::uint32_t block = 0; block < blocks; ++block)
        addBlock(tensors, "blk." + std::to_string(block) + ".");
    tensors.norm("output_norm.weight", width);
    tensors.matrix("output.weight", width, vocabulary);

    const std::vector<std::byte> bytes = writer.bytes();
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

} // namespace lemma::tests
