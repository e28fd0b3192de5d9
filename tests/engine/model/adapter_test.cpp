// LoRA adapters: the logits of llama.cpp with the same adapter; both modes over random models of every architecture;
// what does not fit is refused with a name.
#include <functional>
#include <limits>

#include <QTest>

#include "engine/model/adapter.h"
#include "tests/engine/model/model_helpers.h"
#include "tests/engine/model/variants.h"
#include "tests/support/random_adapter.h"

using namespace lemma;
using namespace lemma::engine;
using namespace lemma::tests;

using kernels::KvType;
using kernels::TensorType;

namespace {

using Adapters = std::vector<UsedAdapter>;

GgufFile parsed(std::span<const std::byte> bytes, const std::string& name = "adapter.gguf")
{
    return *GgufFile::parse(bytes, name);
}

UsedAdapter used(std::span<const std::byte> bytes, float scale = 1)
{
    return {*Adapter::fromGguf(parsed(bytes)), scale};
}

} // namespace

class AdapterTest : public QObject {
    Q_OBJECT

private:
    ThreadPool m_pool{2};

    Result<std::vector<float>> logits(GgufFile file, const Adapters& adapters, AdapterMode mode, Precision precision,
                                      const std::vector<TokenId>& tokens, std::size_t chunk = 1000)
    {
        ModelOptions options{.precision = precision, .pool = &m_pool};
        options.adapters = adapters;
        options.adapterMode = mode;
        LEMMA_TRY(const auto model, Model::load(std::make_shared<const GgufFile>(std::move(file)), options));
        return allLogits(*model, tokens, KvType::F32, chunk);
    }

    std::vector<float> run(std::span<const std::byte> model, const Adapters& adapters, AdapterMode mode,
                           Precision precision = Precision::Reference, std::size_t chunk = 1000)
    {
        auto result = logits(parsed(model, "model.gguf"), adapters, mode, precision, randomTokens(20), chunk);
        if (!result)
            qWarning("%s", result.error().message.c_str());
        return result.value_or(std::vector<float>());
    }

    // Of an adapter that does not fit a llama of two blocks.
    Error refused(GgufWriter writer)
    {
        const std::vector<std::byte> model = randomModel({}).bytes(), bytes = writer.bytes();
        auto adapter = Adapter::fromGguf(parsed(bytes));
        if (!adapter)
            return adapter.error();
        const auto result =
            logits(parsed(model, "model.gguf"), {{*adapter, 1.0F}}, AdapterMode::Runtime, Precision::Reference, {1});
        return result ? Error{ErrorCode::Internal, "accepted"} : result.error();
    }
    static GgufWriter fitting(const RandomAdapter& shape = {})
    {
        const std::vector<std::byte> model = randomModel({}).bytes();
        return randomAdapter(parsed(model), shape);
    }

private Q_SLOTS:
    void goldenLogits()
    {
        const std::string folder = LEMMA_TEST_DATA_DIR "/golden/";
        const std::vector<float> expected = readFloats(folder + "tiny-llama-Q4_K_M-adapted.f32");
        const std::vector<float> base = readFloats(folder + "tiny-llama-Q4_K_M.f32");
        QCOMPARE(expected.size(), std::size_t{16 * 512});
        QVERIFY(normalizedError(base, expected) > 0.1); // the adapter has an effect
        AdapterChoices choices;
        choices.files.push_back({folder + "tiny-llama-adapter.gguf", 0.75F, {}});
        const auto adapters = openAdapters(choices);
        QVERIFY(adapters);
        QCOMPARE(choices.files.front().hash.size(), std::size_t{16});
        const auto error = [&](AdapterMode mode, Precision precision) {
            const auto values =
                logits(*GgufFile::open(folder + "tiny-llama-Q4_K_M.gguf"), *adapters, mode, precision, goldenTokens);
            return values ? normalizedError(*values, expected) : 1.0;
        };
        const double runtime = error(AdapterMode::Runtime, Precision::Reference);
        const double merged = error(AdapterMode::Merge, Precision::Reference);
        const double fastRuntime = error(AdapterMode::Runtime, Precision::Fast);
        const double fastMerged = error(AdapterMode::Merge, Precision::Fast);
        qInfo("reference: at run time %.1e, merged %.1e; fast: %.1e, %.1e", runtime, merged, fastRuntime, fastMerged);
        // All in float32, as for the model alone (golden_logits_test).
        QVERIFY(runtime <= 1e-9);
        // Merged weights are F16: each is off by 2^-12 of itself at most, about 2^-24 / 3 = 2e-8 of its square on
        // average; two blocks have some twenty such products.
        QVERIFY(merged <= 1e-6);
        QVERIFY(fastMerged <= 1e-6);
        QVERIFY(fastRuntime <= 2.7e-4); // of the model's own type, Q4_K_M
    }

    void bothModesAgree_data()
    {
        QTest::addColumn<int>("variant");
        const auto variants = modelVariants();
        for (std::size_t i = 0; i < variants.size(); ++i)
            QTest::newRow(variants[i].first.c_str()) << static_cast<int>(i);
    }
    void bothModesAgree()
    {
        QFETCH(int, variant);
        const RandomModel shape = modelVariants()[static_cast<std::size_t>(variant)].second;
        const std::vector<std::byte> model = randomModel(shape).bytes();
        GgufWriter writer = randomAdapter(parsed(model), {});
        if (shape.oldLatent)
            for (const std::string& name : writer.tensorNames())
                if (name.find("attn_kv_b") != std::string::npos)
                    writer.remove(name);
        const std::vector<std::byte> bytes = writer.bytes();
        const Adapters adapters{used(bytes, 0.3F)};
        const std::vector<float> base = run(model, {}, AdapterMode::Runtime);
        const std::vector<float> runtime = run(model, adapters, AdapterMode::Runtime);
        QVERIFY(!runtime.empty());
        QVERIFY(normalizedError(base, runtime) > 0.01);
        const std::vector<float> merged = run(model, adapters, AdapterMode::Merge);
        // F32 weights stay F32: sums in another order. Q8_0 becomes F16 (see goldenLogits); with experts, those near
        // the limit of being chosen may change places.
        const bool experts = shape.architecture == "deepseek2" && shape.experts > 0;
        const double limit = shape.type == TensorType::F32 ? 1e-10 : experts ? 4e-3 : 1e-6;
        const double fast = normalizedError(run(model, adapters, AdapterMode::Runtime, Precision::Fast), runtime);
        qInfo("merged %.1e, fast %.1e", normalizedError(merged, runtime), fast);
        QVERIFY(normalizedError(merged, runtime) < limit);
        // As without an adapter (forward_test); with experts, one token of the twenty may be sent to another one, which
        // changes up to about a third of the norm of its logits.
        QVERIFY(fast < (shape.type == TensorType::F32 ? 1e-10 : experts ? 3e-2 : 1e-3));
    }

    void chunksAndThreadsDoNotMatter()
    {
        const std::vector<std::byte> model = randomModel({.type = TensorType::Q8_0}).bytes();
        const std::vector<std::byte> bytes = randomAdapter(parsed(model), {.rank = 7}).bytes();
        for (const AdapterMode mode : {AdapterMode::Runtime, AdapterMode::Merge}) {
            const std::vector<float> once = run(model, {used(bytes)}, mode, Precision::Fast);
            QVERIFY(run(model, {used(bytes)}, mode, Precision::Fast, 1) == once);
            QVERIFY(run(model, {used(bytes)}, mode, Precision::Fast, 3) == once);
            ThreadPool one(1);
            ModelOptions options{.precision = Precision::Fast, .pool = &one};
            options.adapters = {used(bytes)};
            options.adapterMode = mode;
            const auto single = Model::load(std::make_shared<const GgufFile>(parsed(model, "model.gguf")), options);
            QVERIFY(*allLogits(**single, randomTokens(20), KvType::F32) == once);
        }
    }

    void scalesAndSeveral()
    {
        const std::vector<std::byte> model = randomModel({}).bytes();
        const std::vector<std::byte> first = fitting().bytes(), second = fitting({.rank = 3, .seed = 2}).bytes();
        const std::vector<float> base = run(model, {}, AdapterMode::Runtime);
        QVERIFY(run(model, {used(first, 0)}, AdapterMode::Runtime) == base);
        const std::vector<float> whole = run(model, {used(first)}, AdapterMode::Runtime);
        const std::vector<float> halves = run(model, {used(first, 0.5F), used(first, 0.5F)}, AdapterMode::Runtime);
        QVERIFY(normalizedError(halves, whole) < 1e-10);
        const std::vector<float> both = run(model, {used(first), used(second)}, AdapterMode::Runtime);
        QVERIFY(normalizedError(both, whole) > 0.01);
        QVERIFY(normalizedError(run(model, {used(first), used(second)}, AdapterMode::Merge), both) < 1e-10);
        // Without alpha the user's scale is all: here alpha / rank is 2.
        GgufWriter writer = fitting();
        writer.remove("adapter.lora.alpha");
        const std::vector<std::byte> plain = writer.bytes();
        QVERIFY(run(model, {used(plain, 2)}, AdapterMode::Runtime) == whole);
    }

    void everyTypeOfAdapter()
    {
        const std::vector<std::byte> model = randomModel({}).bytes();
        for (const TensorType type : {TensorType::F32, TensorType::F16, TensorType::BF16, TensorType::Q8_0}) {
            const std::vector<std::byte> bytes = fitting({.rank = 32, .type = type}).bytes();
            const std::vector<float> merged = run(model, {used(bytes, 0.2F)}, AdapterMode::Merge);
            const std::vector<float> runtime = run(model, {used(bytes, 0.2F)}, AdapterMode::Runtime);
            const std::vector<float> fast = run(model, {used(bytes, 0.2F)}, AdapterMode::Runtime, Precision::Fast);
            QVERIFY(normalizedError(runtime, merged) < 1e-10);
            QVERIFY(normalizedError(fast, merged) < 1e-10);
        }
    }

    // Changes so small that F16 would lose them are kept in F32.
    void smallChangesAreNotLost()
    {
        const std::vector<std::byte> model = randomModel({.type = TensorType::Q8_0}).bytes();
        const std::vector<std::byte> bytes = randomAdapter(parsed(model), {}).bytes();
        const std::vector<float> base = run(model, {}, AdapterMode::Runtime);
        for (const float scale : {1e-3F, 1e-1F}) {
            const std::vector<float> runtime = run(model, {used(bytes, scale)}, AdapterMode::Runtime);
            const std::vector<float> merged = run(model, {used(bytes, scale)}, AdapterMode::Merge);
            const double effect = normalizedError(base, runtime);
            qInfo("scale %g: an effect of %.1e, merged off by %.1e", static_cast<double>(scale), effect,
                  normalizedError(merged, runtime));
            QVERIFY(normalizedError(merged, runtime) < effect / 1000); // (1/64)^2 = 1/4096 in each product
        }
    }

    void otherModelsAdaptersAreRefused()
    {
        QVERIFY(refused(fitting()).message == "accepted");
        const auto expect = [&](GgufWriter writer, ErrorCode code, const char* words) {
            const Error error = refused(std::move(writer));
            QVERIFY2(error.code == code && error.message.find(words) != std::string::npos, error.message.c_str());
        };
        const auto change = [](const std::function<void(GgufWriter&)>& how) {
            GgufWriter writer = fitting();
            how(writer);
            return writer;
        };
        const auto zeros = [](GgufWriter& writer, const char* name, std::vector<std::uint64_t> shape) {
            writer.remove(name);
            const std::vector<float> data(shape[0] * shape[1]);
            writer.tensor(name, TensorType::F32, std::move(shape), std::as_bytes(std::span(data)));
        };
        expect(randomModel({}), ErrorCode::InvalidArgument, "is no adapter");
        expect(change([](GgufWriter& w) {
                   w.remove("general.architecture");
                   w.string("general.architecture", "qwen2");
               }),
               ErrorCode::InvalidArgument, "architecture qwen2, but this one is llama");
        expect(change([](GgufWriter& w) {
                   w.remove("adapter.type");
                   w.string("adapter.type", "ia3");
               }),
               ErrorCode::Unsupported, "'ia3'");
        expect(change([](GgufWriter& w) { w.remove("adapter.type"); }), ErrorCode::CorruptFile, "adapter.type");
        expect(change([](GgufWriter& w) { w.remove("blk.0.attn_q.weight.lora_b"); }), ErrorCode::CorruptFile,
               "'blk.0.attn_q.weight.lora_b' is missing");
        expect(change([](GgufWriter& w) { w.remove("blk.1.ffn_up.weight.lora_a"); }), ErrorCode::CorruptFile,
               "'blk.1.ffn_up.weight.lora_a' is missing");
        expect(change([&](GgufWriter& w) {
                   zeros(w, "blk.0.attn_q.weight.lora_b", {5, 128});
               }),
               ErrorCode::CorruptFile, "'blk.0.attn_q.weight.lora_a' has the shape 64 x 4 x 1 x 1");
        expect(change([&](GgufWriter& w) {
                   zeros(w, "blk.0.attn_q.weight.lora_b", {4, 127});
               }),
               ErrorCode::InvalidArgument, "'blk.0.attn_q.weight' has the shape");
        expect(change([&](GgufWriter& w) {
                   zeros(w, "blk.0.attn_q.weight.lora_a", {63, 4});
               }),
               ErrorCode::InvalidArgument, "'blk.0.attn_q.weight' has the shape");
        expect(change([&](GgufWriter& w) {
                   zeros(w, "blk.2.attn_q.weight.lora_a", {64, 4});
                   zeros(w, "blk.2.attn_q.weight.lora_b", {4, 128});
               }),
               ErrorCode::InvalidArgument, "'blk.2.attn_q.weight', and there is no such matrix");
        expect(change([&](GgufWriter& w) {
                   zeros(w, "token_embd.weight.lora_a", {4, 96});
                   zeros(w, "token_embd.weight.lora_b", {4, 64});
               }),
               ErrorCode::Unsupported, "'token_embd.weight'");
        expect(change([&](GgufWriter& w) {
                   zeros(w, "blk.0.attn_norm.weight", {64, 1});
               }),
               ErrorCode::Unsupported, "'blk.0.attn_norm.weight' is no part of a LoRA pair");
        expect(change([](GgufWriter& w) {
                   w.remove("blk.0.attn_q.weight.lora_a");
                   const std::vector<float> data(64 * 4, std::numeric_limits<float>::infinity());
                   w.tensor("blk.0.attn_q.weight.lora_a", TensorType::F32, {64, 4}, std::as_bytes(std::span(data)));
               }),
               ErrorCode::CorruptFile, "something else than numbers");
        GgufWriter empty;
        empty.string("general.type", "adapter").string("general.architecture", "llama").string("adapter.type", "lora");
        expect(empty, ErrorCode::CorruptFile, "nothing in it");
        const std::vector<std::byte> old = randomModel({.architecture = "deepseek2", .oldLatent = true}).bytes();
        const std::vector<std::byte> latent = randomAdapter(parsed(old), {}).bytes();
        const auto unsplit =
            logits(parsed(old, "model.gguf"), {used(latent)}, AdapterMode::Merge, Precision::Reference, {1});
        QVERIFY(!unsplit && unsplit.error().message.find("attn_kv_b") != std::string::npos);
    }

    void theHashIsOfWhatHasAnEffect()
    {
        const auto hash = [](GgufWriter writer) {
            const std::vector<std::byte> bytes = writer.bytes();
            return (*Adapter::fromGguf(parsed(bytes)))->hash();
        };
        GgufWriter named = fitting();
        named.string("general.name", "another name");
        QCOMPARE(hash(named), hash(fitting()));
        QVERIFY(hash(fitting({.seed = 3})) != hash(fitting()));
        QVERIFY(hash(fitting({.alpha = 9})) != hash(fitting()));
    }
};

QTEST_APPLESS_MAIN(AdapterTest)
#include "adapter_test.moc"
