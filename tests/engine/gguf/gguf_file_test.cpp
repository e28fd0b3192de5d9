#include <QTemporaryDir>
#include <QTest>

#include "engine/gguf/gguf_file.h"
#include "engine/gguf/split_name.h"
#include "tests/engine/gguf/broken_files.h"

using namespace lemma;
using namespace lemma::engine;
using namespace lemma::tests;

class GgufFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryMetadataType()
    {
        const std::vector<std::byte> bytes = sampleWriter().bytes();
        const Result<GgufFile> file = GgufFile::parse(bytes, "sample");
        QVERIFY2(file, file ? "" : file.error().message.c_str());
        QCOMPARE(file->version(), 3u);
        QVERIFY(file->string("general.architecture") == "llama");
        QVERIFY(file->integer("test.u8") == 200);
        QVERIFY(file->integer("test.i8") == -100);
        QVERIFY(file->integer("test.u16") == 60000);
        QVERIFY(file->integer("test.i16") == -30000);
        QVERIFY(file->integer("test.u32") == 4000000000);
        QVERIFY(file->integer("test.i32") == -2000000000);
        QVERIFY(file->integer("test.u64") == std::nullopt); // does not fit
        QVERIFY(file->integer("test.i64") == -5000000000);
        QVERIFY(file->number("test.f32") == 0.5);
        QVERIFY(file->number("test.f64") == 1e300);
        QVERIFY(file->number("test.u8") == 200.0);
        QVERIFY(file->boolean("test.bool") == true);
        QVERIFY(file->array("test.strings")->strings.at(2) == "\xE2\x96\x81token");
        QCOMPARE(file->array("test.integers")->integer(1), -2);
        QCOMPARE(file->array("test.bools")->integer(0), 1);
        QCOMPARE(file->array("test.nested")->arrays.at(1).number(0), 8.0);
        QVERIFY(file->integer("general.architecture") == std::nullopt);
        QVERIFY(file->requireString("absent").error().message.find("'absent'") != std::string::npos);
        QCOMPARE(file->metadata().size(), std::size_t{16});
    }

    void readsTensors()
    {
        for (const std::uint32_t version : {2u, 3u}) {
            GgufWriter writer = sampleWriter();
            writer.version = version;
            writer.alignment = 64;
            writer.integer("general.alignment", 64);
            const std::vector<std::byte> bytes = writer.bytes();
            const Result<GgufFile> file = GgufFile::parse(bytes, "sample");
            QVERIFY2(file, file ? "" : file.error().message.c_str());
            QCOMPARE(file->tensors().size(), std::size_t{3});
            const TensorInfo* tensor = file->findTensor("b.weight");
            QVERIFY(tensor);
            QVERIFY(tensor->type == kernels::TensorType::Q8_0);
            QCOMPARE(tensor->columns(), 64);
            QCOMPARE(tensor->rows(), 3);
            QCOMPARE(tensor->data.size(), std::size_t{204});
            QCOMPARE(tensor->data.data() - bytes.data(), static_cast<std::ptrdiff_t>(writer.dataOffset() + 128));
            QVERIFY(!file->findTensor("d.weight"));
        }
    }

    void fileWithoutTensors()
    {
        GgufWriter writer;
        writer.string("general.architecture", "llama");
        const std::vector<std::byte> bytes = writer.bytes();
        QVERIFY(GgufFile::parse(bytes, "vocabulary"));
    }

    void splitNames()
    {
        const auto name = parseSplitName("/m/r1-00002-of-00011.gguf");
        QVERIFY(name);
        QCOMPARE(name->number, 2);
        QCOMPARE(name->part(11).string(), std::string("/m/r1-00011-of-00011.gguf"));
        for (const char* other : {"r1.gguf", "-00001-of-00002.gguf", "r1-00003-of-00002.gguf", "r1-0000x-of-00002.gguf",
                                  "r1-00000-of-00002.gguf", "r1-00001-of-00002.ggu", "r1-+0001-of-00002.gguf"})
            QVERIFY2(!parseSplitName(other), other);
    }

    void splitSet()
    {
        const QTemporaryDir dir;
        writeSet(dir, 3);
        for (const char* given : {"m-00001-of-00003.gguf", "m-00003-of-00003.gguf"}) {
            const Result<GgufFile> file = GgufFile::open(dir.filePath(given).toStdString());
            QVERIFY2(file, file ? "" : file.error().message.c_str());
            QCOMPARE(file->tensors().size(), std::size_t{3});
            QVERIFY(file->string("general.name") == "set"); // stands in the first part only
            QCOMPARE(std::to_integer<int>(file->findTensor("t2")->data[0]), 2);
            QVERIFY(file->path().string().find("00001-of") != std::string::npos);
            QCOMPARE(file->fileSize(), std::uint64_t(partBytes(0, 3).size() + 2 * partBytes(1, 3).size()));
        }
    }

    void brokenSplitSets()
    {
        const QTemporaryDir dir;
        const auto open = [&](const char* name) { return GgufFile::open(dir.filePath(name).toStdString()); };
        const auto says = [](const Result<GgufFile>& file, const char* words) {
            return !file && file.error().message.find(words) != std::string::npos;
        };
        writeSet(dir, 3);
        writeFile(dir.filePath("renamed.gguf").toStdString(), partBytes(1, 3));
        QVERIFY(says(open("renamed.gguf"), "others cannot be found"));
        writeFile(dir.filePath("m-00002-of-00003.gguf").toStdString(), partBytes(2, 3));
        QVERIFY(says(open("m-00001-of-00003.gguf"), "part 3 of 3, but part 2 of 3 belongs here"));
        writeFile(dir.filePath("m-00002-of-00003.gguf").toStdString(), partBytes(1, 4));
        QVERIFY(says(open("m-00001-of-00003.gguf"), "part 2 of 4"));
        writeFile(dir.filePath("m-00002-of-00003.gguf").toStdString(), partBytes(1, 3, "t0"));
        QVERIFY(says(open("m-00001-of-00003.gguf"), "'t0' occurs twice"));
        writeFile(dir.filePath("m-00002-of-00003.gguf").toStdString(), {});
        QVERIFY(says(open("m-00001-of-00003.gguf"), "m-00002-of-00003.gguf: at byte 0"));
        QVERIFY(QFile::remove(dir.filePath("m-00002-of-00003.gguf")));
        QVERIFY(says(open("m-00001-of-00003.gguf"), "part 2 of 3"));
        QVERIFY(open("m-00001-of-00003.gguf").error().code == ErrorCode::NotFound);
        GgufWriter wrongTotal = sampleWriter();
        wrongTotal.integer("split.tensors.count", 9);
        writeFile(dir.filePath("total.gguf").toStdString(), wrongTotal.bytes());
        QVERIFY(says(open("total.gguf"), "should hold 9 tensors"));
    }

private:
    static std::vector<std::byte> partBytes(int number, int count, const char* name = nullptr)
    {
        GgufWriter writer;
        if (number == 0)
            writer.string("general.name", "set").integer("split.tensors.count", static_cast<std::uint32_t>(count));
        writer.integer("split.no", static_cast<std::uint32_t>(number));
        writer.integer("split.count", static_cast<std::uint32_t>(count));
        const std::vector<std::byte> data(16, static_cast<std::byte>(number));
        writer.tensor(name ? name : "t" + std::to_string(number), kernels::TensorType::F32, {4}, data);
        return writer.bytes();
    }

    static void writeSet(const QTemporaryDir& dir, int count)
    {
        const SplitName name{dir.filePath("m").toStdString(), 1, count};
        for (int i = 0; i < count; ++i)
            writeFile(name.part(i + 1), partBytes(i, count));
    }
};

QTEST_APPLESS_MAIN(GgufFileTest)
#include "gguf_file_test.moc"
