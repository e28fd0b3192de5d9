// Loading: what is missing or makes no sense gives an error with a name; progress and stop work.
#include <cmath>
#include <limits>
#include <random>

#include <QTest>

#include "tests/engine/model/model_helpers.h"
#include "tests/engine/model/variants.h"

using namespace lemma;
using namespace lemma::engine;
using namespace lemma::tests;

class LoadTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTensorIsNeeded()
    {
        for (const auto& [name, shape] : modelVariants()) {
            for (const std::string& tensor : randomModel(shape).tensorNames()) {
                if (tensor == "output.weight" || tensor == "rope_freqs.weight" ||
                    tensor.ends_with("exp_probs_b.bias") || tensor.ends_with("attn_qkv.bias"))
                    continue; // tied, not scaled, not biased: other models, but possible ones
                GgufWriter writer = randomModel(shape);
                writer.remove(tensor);
                const std::string message = errorOf(writer);
                const std::string stem = tensor.substr(0, tensor.rfind('.'));
                const bool kin = tensor.find("attn_kv_b") != std::string::npos // the newer pair is looked for instead
                                 || tensor.find("attn_qkv") != std::string::npos ||
                                 tensor.find("_gate_up_") != std::string::npos;
                QVERIFY2(message.find(kin ? "' is missing" : stem) != std::string::npos,
                         (name + ", " + tensor + ": " + message).c_str());
            }
        }
    }

    void misshapenTensors()
    {
        for (const char* tensor : {"blk.1.attn_k.weight", "blk.0.ffn_down.weight", "output_norm.weight"}) {
            GgufWriter writer = randomModel({});
            writer.remove(tensor);
            const std::vector<float> data(64 * 63);
            writer.tensor(tensor, kernels::TensorType::F32, {64, 63}, std::as_bytes(std::span(data)));
            const std::string message = errorOf(writer);
            QVERIFY2(message.find(std::string("'") + tensor + "' has the shape 64 x 63 x 1 x 1") != std::string::npos,
                     message.c_str());
        }
    }

    void metadata_data()
    {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<QString>("key");
        QTest::addColumn<double>("value"); // NaN: the key is left out
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* architecture, const char* key, double value, const char* expected) {
            const std::string name = std::string(architecture) + " " + key + " " + std::to_string(value);
            QTest::newRow(name.c_str()) << QString(architecture) << QString(key) << value << QString(expected);
        };
        const double none = std::nan("");
        for (const char* key : {"block_count", "context_length", "embedding_length", "feed_forward_length",
                                "attention.head_count", "attention.layer_norm_rms_epsilon"}) {
            row("llama", key, none, "is missing");
            row("llama", key, -1, "expected");
        }
        for (const char* key :
             {"attention.kv_lora_rank", "rope.dimension_count", "expert_used_count", "expert_feed_forward_length"})
            row("deepseek2", key, none, "is missing");
        row("llama", "block_count", 0, "expected 1 to");
        row("llama", "block_count", 3, "'blk.2.attn_norm.weight' is missing");
        row("llama", "block_count", 1e9, "expected 1 to");
        row("llama", "attention.head_count_kv", 3, "cannot share 3 key-value heads");
        row("llama", "attention.head_count_kv", 5, "expected 1 to 4");
        row("llama", "attention.key_length", 20, "only 32 of the 20 dimensions");
        row("llama", "rope.dimension_count", 16, "only 16 of the 32 dimensions");
        row("llama", "rope.freq_base", 0, "expected");
        row("llama", "attention.layer_norm_rms_epsilon", 2, "expected 0 to 1");
        row("llama", "expert_count", 8, "mixtures of experts of architecture 'llama'");
        row("llama", "embedding_length", 128, "has the shape");
        row("deepseek2", "expert_used_count", 9, "expected 1 to 8");
        row("deepseek2", "expert_group_count", 3, "cannot be chosen");
        row("deepseek2", "expert_group_used_count", 1, "cannot be chosen");
        row("deepseek2", "expert_gating_func", 3, "gating function 3");
        row("deepseek2", "attention.key_length_mla", 32, "expected 33 to");
        row("deepseek2", "rope.dimension_count", 31, "do not form pairs");
        row("deepseek2", "rope.scaling.factor", 0.5, "expected at least 1");
        row("deepseek2", "rope.scaling.yarn_log_multiplier", 1e9, "expected");
        row("deepseek2", "attention.kv_lora_rank", 72, "multiples of 16");
    }

    void metadata()
    {
        QFETCH(QString, architecture);
        QFETCH(QString, key);
        QFETCH(double, value);
        QFETCH(QString, expected);
        GgufWriter writer = randomModel({.architecture = architecture.toStdString()});
        const std::string fullKey = architecture.toStdString() + "." + key.toStdString();
        writer.remove(fullKey);
        if (value == std::floor(value) && value >= 0)
            writer.integer(fullKey, static_cast<std::uint32_t>(value));
        else if (!std::isnan(value))
            setNumber(writer, fullKey, value);
        const std::string message = errorOf(writer);
        QVERIFY2(message.find(expected.toStdString()) != std::string::npos, message.c_str());
        QVERIFY2(message.find("random.gguf") != std::string::npos, message.c_str());
    }

    void unsupported()
    {
        GgufWriter mamba = randomModel({.architecture = "mamba"});
        const std::vector<std::byte> bytes = mamba.bytes();
        const auto model = loadModel(bytes, m_pool, Precision::Fast);
        QVERIFY(model.error().code == ErrorCode::Unsupported);
        QVERIFY(model.error().message.find("'mamba'") != std::string::npos);
        GgufWriter scaled = randomModel({});
        scaled.string("llama.rope.scaling.type", "longrope");
        QVERIFY(errorOf(scaled).find("'longrope'") != std::string::npos);
        GgufWriter uneven = randomModel({});
        uneven.remove("llama.attention.head_count_kv");
        uneven.integers("llama.attention.head_count_kv", {2, 4});
        QVERIFY(errorOf(uneven).find("differs from block to block") != std::string::npos);
        uneven.remove("llama.attention.head_count_kv");
        uneven.integers("llama.attention.head_count_kv", {2, 2});
        QCOMPARE(errorOf(uneven), std::string());
        GgufWriter vocabulary = randomModel({});
        vocabulary.strings("tokenizer.ggml.tokens", std::vector<std::string>(97, "x"));
        QVERIFY(errorOf(vocabulary).find("has 97 tokens") != std::string::npos);
    }

    // Whatever the weights hold, a pass ends and gives numbers or NaN.
    void weightsThatAreNotNumbers()
    {
        for (const float value :
             {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), 1e38f}) {
            GgufWriter writer = randomModel({.architecture = "deepseek2"});
            writer.remove("blk.1.ffn_gate_inp.weight");
            const std::vector<float> data(64 * 8, value);
            writer.tensor("blk.1.ffn_gate_inp.weight", kernels::TensorType::F32, {64, 8},
                          std::as_bytes(std::span(data)));
            const std::vector<std::byte> bytes = writer.bytes();
            for (const Precision precision : {Precision::Reference, Precision::Fast}) {
                const auto model = loadModel(bytes, m_pool, precision);
                QVERIFY(model);
                QVERIFY(allLogits(**model, randomTokens(5), kernels::KvType::F32));
            }
        }
    }

    // Damaged headers: an error or a model that runs, never a crash.
    void randomFlips()
    {
        std::mt19937 random(7);
        int refused = 0;
        constexpr int rounds = 300;
        for (const char* architecture : {"llama", "qwen3", "deepseek2"}) {
            GgufWriter writer = randomModel({.architecture = architecture, .blocks = 2});
            const std::vector<std::byte> valid = writer.bytes();
            const std::vector<std::string> keys = writer.keys();
            for (int round = 0; round < rounds; ++round) {
                std::vector<std::byte> bytes = valid;
                const std::string& key = keys[random() % keys.size()];
                const std::size_t value = writer.offsetOf(key) + 8 + key.size() + 4;
                // Anywhere in the header, or in one number of the metadata: the latter more often gives a model.
                const std::size_t place = round % 2 == 0 ? random() % writer.dataOffset() : value + random() % 4;
                bytes[place] = static_cast<std::byte>(random());
                const auto model = loadModel(bytes, m_pool, Precision::Fast);
                if (!model)
                    ++refused;
                else
                    QVERIFY(allLogits(**model, {1, 2, 3}, kernels::KvType::F16));
            }
        }
        qInfo("%d of %d damaged models refused", refused, 3 * rounds);
        QVERIFY(refused > rounds);
    }

    void progressAndStop()
    {
        const std::vector<std::byte> bytes = randomModel({.blocks = 6}).bytes();
        auto parsed = GgufFile::parse(bytes, "random.gguf");
        const auto file = std::make_shared<const GgufFile>(*std::move(parsed));
        std::vector<float> fractions;
        const auto note = [&](float fraction) { fractions.push_back(fraction); };
        QVERIFY(Model::load(file, {.pool = &m_pool, .onProgress = note}));
        QVERIFY(std::ranges::is_sorted(fractions));
        QVERIFY(fractions.size() > 20);
        QVERIFY(fractions.back() > 0.95f && fractions.back() <= 1.0f);

        std::stop_source stop;
        const auto stopInTheMiddle = [&](float fraction) {
            if (fraction > 0.5f)
                stop.request_stop();
        };
        const auto stopped =
            Model::load(file, {.pool = &m_pool, .onProgress = stopInTheMiddle, .stop = stop.get_token()});
        QVERIFY(stopped.error().code == ErrorCode::Cancelled);
        QVERIFY(Model::load(file, {.pool = nullptr}).error().code == ErrorCode::InvalidArgument);
    }

private:
    std::string errorOf(GgufWriter& writer)
    {
        const std::vector<std::byte> bytes = writer.bytes();
        const auto model = loadModel(bytes, m_pool, Precision::Fast);
        return model ? std::string() : model.error().message;
    }

    // Integer keys get a negative integer, numbers a float.
    static void setNumber(GgufWriter& writer, const std::string& key, double value)
    {
        if (value != std::floor(value) || key.ends_with("epsilon")) {
            writer.number(key, static_cast<float>(value));
            return;
        }
        std::vector<std::byte> bytes;
        appendNumber(bytes, static_cast<std::int64_t>(value));
        writer.value(key, GgufValueType::Int64, bytes);
    }

    ThreadPool m_pool{2};
};

QTEST_APPLESS_MAIN(LoadTest)
#include "load_test.moc"
