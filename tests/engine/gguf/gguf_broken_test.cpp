// Broken files: each gives a clear error, none crashes. LEMMA_WRITE_BROKEN_FILES=<dir> writes the table as files, which
// is how tests/data/gguf/broken was made.
#include <filesystem>
#include <random>

#include <QTest>

#include "engine/base/mapped_file.h"
#include "engine/gguf/gguf_file.h"
#include "tests/engine/gguf/broken_files.h"

using namespace lemma::engine;
using namespace lemma::tests;

namespace {

// Reads everything that the file offers: under the sanitizers an access outside the bytes ends the test.
std::size_t touchEverything(const GgufFile& file)
{
    std::size_t sum = 0;
    for (const TensorInfo& tensor : file.tensors()) {
        sum += tensor.name.size() + static_cast<std::size_t>(tensor.rows());
        if (!tensor.data.empty())
            sum += std::to_integer<std::size_t>(tensor.data.front()) + std::to_integer<std::size_t>(tensor.data.back());
    }
    for (const auto& [key, value] : file.metadata()) {
        sum += static_cast<std::size_t>(file.integer(key).value_or(0) & 1) + file.string(key).value_or("").size();
        const GgufArray* array = file.array(key);
        if (!array)
            continue;
        for (const std::string_view text : array->strings)
            sum += text.size();
        for (std::uint64_t i = 0; array->bytes.data() && i < array->count; ++i)
            sum += array->number(i) > 0 && array->integer(i) > 0 ? 1 : 0;
    }
    return sum;
}

} // namespace

class GgufBrokenTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void table_data()
    {
        QTest::addColumn<int>("index");
        m_files = brokenFiles();
        QVERIFY(m_files.size() >= 40);
        for (std::size_t i = 0; i < m_files.size(); ++i)
            QTest::newRow(m_files[i].name.c_str()) << static_cast<int>(i);
        const QByteArray folder = qgetenv("LEMMA_WRITE_BROKEN_FILES");
        if (folder.isEmpty())
            return;
        const std::filesystem::path broken(folder.toStdString());
        for (const BrokenFile& file : m_files)
            writeFile(broken / (file.name + ".gguf"), file.bytes);
        writeFile(broken.parent_path() / "valid.gguf", sampleWriter().bytes()); // a seed for the fuzzer
    }

    void table()
    {
        QFETCH(int, index);
        const BrokenFile& broken = m_files[static_cast<std::size_t>(index)];
        const Result<GgufFile> file = GgufFile::parse(broken.bytes, "broken.gguf");
        QVERIFY(!file);
        const std::string& message = file.error().message;
        QVERIFY2(message.find(broken.expected) != std::string::npos, message.c_str());
        QVERIFY2(message.starts_with("broken.gguf: "), message.c_str());
        QVERIFY2(file.error().code == broken.code, message.c_str());
    }

    // What was once broken stays refused, whatever becomes of the table.
    void committedFiles()
    {
        int count = 0;
        for (const auto& entry : std::filesystem::directory_iterator(LEMMA_TEST_DATA_DIR "/gguf/broken")) {
            const Result<GgufFile> file = GgufFile::open(entry.path());
            QVERIFY2(!file, entry.path().c_str());
            QVERIFY2(file.error().message.find(entry.path().filename().string()) != std::string::npos,
                     file.error().message.c_str());
            ++count;
        }
        QVERIFY(count >= 40);
    }

    void everyTruncation()
    {
        std::vector<std::byte> bytes = sampleWriter().bytes();
        while (!bytes.empty()) {
            bytes.pop_back();
            bytes.shrink_to_fit(); // so that the sanitizer sees a read past the end
            if (const Result<GgufFile> file = GgufFile::parse(bytes, "cut"))
                touchEverything(*file); // only padding was cut off
        }
    }

    void randomFlips()
    {
        const std::vector<std::byte> valid = sampleWriter().bytes();
        std::mt19937 random(20240711);
        int refused = 0;
        constexpr int rounds = 20000;
        for (int round = 0; round < rounds; ++round) {
            std::vector<std::byte> bytes = valid;
            for (unsigned flips = 1 + random() % 4; flips > 0; --flips)
                bytes[random() % bytes.size()] = static_cast<std::byte>(random());
            const Result<GgufFile> file = GgufFile::parse(bytes, "flipped");
            if (file)
                touchEverything(*file);
            else
                ++refused;
        }
        qInfo("%d of %d flipped files refused", refused, rounds);
        QVERIFY(refused > rounds / 4);
    }

private:
    std::vector<BrokenFile> m_files;
};

QTEST_APPLESS_MAIN(GgufBrokenTest)
#include "gguf_broken_test.moc"
