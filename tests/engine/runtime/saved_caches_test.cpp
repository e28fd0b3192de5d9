// Caches kept in files: logits after reading one are those of a run that nobody broke, bit for bit; what is damaged or
// somebody else's is never used.
#include <fstream>
#include <iterator>

#include <QTemporaryDir>
#include <QTest>

#include "engine/kv_cache/sequence_file.h"
#include "engine/runtime/local_engine.h"
#include "engine/runtime/saved_caches.h"
#include "tests/engine/model/model_helpers.h"
#include "tests/support/asked_engine.h"
#include "tests/support/random_adapter.h"
#include "tests/support/random_model.h"
#include "tests/support/tiny_chat_model.h"

using namespace lemma::engine;
using namespace lemma::tests;

namespace {

namespace fs = std::filesystem;

constexpr int readBefore = 100; // tokens, then the program ends
constexpr int readAfter = 40;

std::vector<TokenId> someTokens(int count, int seed = 0)
{
    std::vector<TokenId> tokens;
    for (int i = 0; i < count; ++i)
        tokens.push_back((i * 37 + i * i * 11 + seed * 7) % 96);
    return tokens;
}

std::vector<char> bytesOf(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& path, const std::vector<char>& bytes)
{
    std::ofstream(path, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

int filesIn(const fs::path& directory)
{
    return static_cast<int>(std::distance(fs::directory_iterator(directory), fs::directory_iterator()));
}

} // namespace

class SavedCachesTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    fs::path m_model, m_otherModel, m_adapter;
    ThreadPool m_pool{2};

    fs::path path(const char* name) const { return m_dir.filePath(name).toStdString(); }

    GenerationRequest request(const fs::path& model, int question = 0) const
    {
        GenerationRequest request;
        request.model = model;
        const std::string text = ": a question that is long enough to be worth keeping, with many words in it.";
        request.conversation = {{Role::User, std::to_string(question) + text, {}}};
        request.limits.maxTokens = 120;
        request.seed = 3;
        return request;
    }

    Outcome ask(const std::optional<SavedCacheOptions>& saved, const GenerationRequest& request) const
    {
        LocalEngine engine({.threads = 1, .savedCaches = saved});
        return askEngine(engine, request);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_model = path("tiny.gguf");
        m_otherModel = path("other.gguf");
        m_adapter = path("adapter.gguf");
        TinyChatModel model;
        model.contextLength = 1024;
        model.write(m_model);
        const auto file = GgufFile::open(m_model);
        writeFile(m_adapter, randomAdapter(*file, {}).bytes());
        model.seed = 2;
        model.write(m_otherModel);
    }

    void logitsAreThoseOfAnUnbrokenRun_data()
    {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<bool>("half");
        for (const char* architecture : {"llama", "qwen3", "deepseek2"})
            for (const bool half : {true, false})
                QTest::addRow("%s, %s", architecture, half ? "F16" : "F32") << QString(architecture) << half;
    }
    void logitsAreThoseOfAnUnbrokenRun()
    {
        QFETCH(QString, architecture);
        QFETCH(bool, half);
        const std::vector<std::byte> bytes = randomModel({.architecture = architecture.toStdString()}).bytes();
        const auto model = loadModel(bytes, m_pool, Precision::Fast);
        const KvCacheOptions options{.type = half ? lemma::kernels::KvType::F16 : lemma::kernels::KvType::F32,
                                     .pageTokens = 16};
        const std::vector<TokenId> tokens = someTokens(readBefore + readAfter);
        const auto forward = [&](Sequence& sequence, int begin, int end) {
            std::vector<float> logits;
            const auto part =
                std::span(tokens).subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
            const Model::BatchItem item{&sequence, part, true};
            return (*model)->forward({&item, 1}, logits) ? logits : std::vector<float>();
        };
        const auto cache = KvCache::create((*model)->config(), options);
        Sequence sequence = (*cache)->newSequence();
        QVERIFY(!forward(sequence, 0, readBefore).empty());
        QVERIFY(writeSequence(path("one.kv"), "key", sequence));
        const std::vector<float> expected = forward(sequence, readBefore, readBefore + readAfter);

        const auto fresh = KvCache::create((*model)->config(), options);
        const auto head = readSequenceHead(path("one.kv"));
        QVERIFY(head);
        QCOMPARE(head->key, std::string("key"));
        QCOMPARE(head->tokens.size(), std::size_t{96}); // whole pages
        QCOMPARE(std::filesystem::file_size(path("one.kv")), sequenceFileBytes(head->layout, "key", 96));
        for (const int count : {96, 90, 1, 0}) {
            auto again = readSequence(path("one.kv"), *head, count, **fresh);
            QVERIFY(again);
            QCOMPARE(again->length(), count);
            QVERIFY(count == readBefore || !forward(*again, count, readBefore).empty());
            QVERIFY(forward(*again, readBefore, readBefore + readAfter) == expected);
        }
    }

    void damageIsNoticed()
    {
        const std::vector<std::byte> bytes = randomModel({}).bytes();
        const auto model = loadModel(bytes, m_pool, Precision::Fast);
        const auto cache = KvCache::create((*model)->config(), {});
        Sequence sequence = (*cache)->newSequence();
        const std::vector<TokenId> tokens = someTokens(96);
        const Model::BatchItem item{&sequence, tokens};
        std::vector<float> logits;
        QVERIFY((*model)->forward({&item, 1}, logits));
        const fs::path file = path("damaged.kv");
        QVERIFY(writeSequence(file, "key", sequence));
        const std::vector<char> whole = bytesOf(file);
        const auto readable = [&] {
            const auto head = readSequenceHead(file);
            return head && head->layout == (*cache)->layout() &&
                   readSequence(file, *head, static_cast<int>(head->tokens.size()), **cache).has_value();
        };
        QVERIFY(readable());
        int flipped = 0;
        for (std::size_t at = 0; at < whole.size(); at += at < 600 ? 1 : 997, ++flipped) {
            std::vector<char> broken = whole;
            broken[at] = static_cast<char>(broken[at] ^ 0x10);
            write(file, broken);
            QVERIFY2(!readable(), std::to_string(at).c_str());
        }
        for (std::size_t size = 0; size < whole.size(); size += size < 600 ? 7 : 997) {
            write(file, {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
            QVERIFY2(!readable(), std::to_string(size).c_str());
        }
        qInfo("%d flipped bits noticed", flipped);
        write(file, whole);
        const auto head = readSequenceHead(file);
        const auto other = KvCache::create((*model)->config(), {.pageTokens = 16});
        QVERIFY(readSequence(file, *head, 96, **other).error().code == ErrorCode::InvalidArgument);
        QVERIFY(readSequence(file, *head, 97, **cache).error().code == ErrorCode::InvalidArgument);
        const auto small = KvCache::create((*model)->config(), {.maxTokens = 64});
        QVERIFY(readSequence(file, *head, 96, **small).error().code == ErrorCode::OutOfMemory);
        QVERIFY(writeSequence(path("nowhere/x.kv"), "key", sequence).error().code == ErrorCode::Io);
    }

    void aSessionIsReopenedWithoutPrefill()
    {
        const SavedCacheOptions saved{.directory = path("session")};
        const Outcome first = ask(saved, request(m_model));
        QCOMPARE(first.result->usage.reusedTokens, 0);
        QCOMPARE(filesIn(saved.directory), 1);
        GenerationRequest next = request(m_model);
        next.conversation.push_back({Role::Assistant, first.answer, first.thought});
        next.conversation.push_back({Role::User, "And now?", {}});
        const Outcome reopened = ask(saved, next);
        const Outcome plain = ask({}, next);
        QCOMPARE(plain.result->usage.reusedTokens, 0);
        const int prompt = first.result->usage.promptTokens;
        qInfo("reused %d of %d tokens; the first prompt had %d", reopened.result->usage.reusedTokens,
              reopened.result->usage.promptTokens, prompt);
        QVERIFY(reopened.result->usage.reusedTokens >= prompt - 34); // but its end, and less than a page
        QCOMPARE(reopened.thought + "|" + reopened.answer, plain.thought + "|" + plain.answer);
        QVERIFY(reopened.run.tokens == plain.run.tokens);
        // The same question again: all but what does not fill a page.
        QVERIFY(ask(saved, next).result->usage.reusedTokens >= reopened.result->usage.promptTokens - 32);
    }

    void othersFilesAreNotUsed()
    {
        const SavedCacheOptions saved{.directory = path("others")};
        ask(saved, request(m_model));
        const auto reused = [&](const GenerationRequest& request) {
            const fs::path copy = path("copy");
            fs::remove_all(copy);
            fs::copy(saved.directory, copy);
            const Outcome outcome = ask(SavedCacheOptions{.directory = copy}, request);
            const Outcome plain = ask({}, request);
            return outcome.run.tokens == plain.run.tokens ? outcome.result->usage.reusedTokens : -1;
        };
        QVERIFY(reused(request(m_model)) > 60);
        QCOMPARE(reused(request(m_otherModel)), 0);
        GenerationRequest adapted = request(m_model);
        adapted.adapters.files.push_back({m_adapter.string(), 1.0F, {}});
        QCOMPARE(reused(adapted), 0);
        const fs::path file = fs::directory_iterator(saved.directory)->path();
        std::vector<char> bytes = bytesOf(file);
        bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
        write(file, bytes);
        QCOMPARE(reused(request(m_model)), 0); // its page is damaged: the text is right all the same
        write(file, {'L', 'E', 'M'});
        QCOMPARE(reused(request(m_model)), 0);
    }

    void theLeastUsedGoFirst()
    {
        SavedCacheOptions saved{.directory = path("limited")};
        ask(saved, request(m_model, 1));
        const auto one = static_cast<std::int64_t>(fs::file_size(fs::directory_iterator(saved.directory)->path()));
        saved.maxBytes = one * 5 / 2;
        ask(saved, request(m_model, 2));
        QCOMPARE(filesIn(saved.directory), 2);
        QTest::qSleep(20); // so that the times differ
        QVERIFY(ask(saved, request(m_model, 1)).result->usage.reusedTokens > 60);
        QTest::qSleep(20);
        ask(saved, request(m_model, 3)); // the second one has to go
        QCOMPARE(filesIn(saved.directory), 2);
        QTest::qSleep(20);
        QVERIFY(ask(saved, request(m_model, 1)).result->usage.reusedTokens > 60);
        QTest::qSleep(20);
        QVERIFY(ask(saved, request(m_model, 2)).result->usage.reusedTokens < 60);
        saved.maxBytes = 10; // nothing fits
        saved.directory = path("nothing");
        ask(saved, request(m_model, 1));
        QVERIFY(!fs::exists(saved.directory));
    }
};

QTEST_GUILESS_MAIN(SavedCachesTest)
#include "saved_caches_test.moc"
