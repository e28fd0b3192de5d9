#include <fstream>

#include <QTemporaryDir>
#include <QTest>

#include "engine/catalogue/installed_models.h"
#include "tests/support/gguf_writer.h"

using namespace lemma::engine;
using namespace lemma::tests;

class InstalledModelsTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_directory;
    std::filesystem::path m_first, m_second;

    static void write(const std::filesystem::path& path, std::string_view name, std::string_view chatTemplate,
                      std::optional<std::uint32_t> fileType)
    {
        GgufWriter writer;
        writer.string("general.architecture", "llama").integer("llama.context_length", 2048);
        if (!name.empty())
            writer.string("general.name", name);
        if (!chatTemplate.empty())
            writer.string("tokenizer.chat_template", chatTemplate);
        if (fileType)
            writer.integer("general.file_type", *fileType);
        const std::vector<std::byte> small(4 * 8), large(2 * 256);
        writer.tensor("norm.weight", lemma::kernels::TensorType::F32, {8}, small);
        writer.tensor("blk.0.weight", lemma::kernels::TensorType::F16, {32, 8}, large);
        writeFile(path, writer.bytes());
    }

    std::vector<InstalledModel> list() const { return listInstalledModels({m_first, "/nonexistent", m_second}); }

    std::string resolve(std::string_view wanted, const std::filesystem::path& lastUsed = {}) const
    {
        const auto path = resolveModel(wanted, list(), lastUsed);
        return path ? path->filename().string() : std::string(errorCodeName(path.error().code));
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_first = m_directory.filePath("first").toStdString();
        m_second = m_directory.filePath("second").toStdString();
        std::filesystem::create_directories(m_first);
        std::filesystem::create_directories(m_second / "folder.gguf");
        write(m_first / "small-Q4_K_M.gguf", "Small Model", "", 15);
        write(m_first / "deepseek-r1-qwen-1.5b.gguf", "", "", {});
        write(m_second / "small-Q4_K_M.gguf", "Another", "", 15);
        write(m_second / "thinker.GGUF", "Thinker", "{{ '</think>' }}", 1);
        write(m_second / "mr1.gguf", "", "", {});
        write(m_second / "mmproj-thinker.gguf", "", "", {});
        std::ofstream(m_second / "broken.gguf") << "this is no model";
        std::ofstream(m_second / "set-00002-of-00003.gguf") << "second part";
        std::ofstream(m_second / "readme.txt") << "text";
    }

    void listsModelsWithTheirProblems()
    {
        const std::vector<InstalledModel> models = list();
        QStringList names;
        for (const InstalledModel& model : models)
            names << QString::fromStdString(model.name);
        QCOMPARE(names, QStringList({"deepseek-r1-qwen-1.5b", "Small Model", "broken", "mr1", "Another", "Thinker"}));
        const InstalledModel& small = models[1];
        QVERIFY(!small.problem);
        QCOMPARE(small.architecture, std::string("llama"));
        QCOMPARE(small.quantization, std::string("Q4_K_M"));
        QCOMPARE(small.parameters, std::int64_t{8 + 256});
        QCOMPARE(small.contextLength, std::int64_t{2048});
        QCOMPARE(small.bytes, static_cast<std::uint64_t>(std::filesystem::file_size(small.path)));
        QCOMPARE(models[0].quantization, std::string("F16")); // no file type: by the bytes
        QVERIFY(models[0].reasons && !small.reasons && !models[3].reasons && models[5].reasons);
        QVERIFY(models[2].problem && models[2].problem->code == ErrorCode::CorruptFile);
    }

    void anAdapterIsNoModel()
    {
        GgufWriter writer;
        writer.string("general.type", "adapter").string("general.architecture", "llama");
        const std::filesystem::path path = m_directory.filePath("adapter.gguf").toStdString();
        writeFile(path, writer.bytes());
        const InstalledModel model = inspectModel(path);
        QVERIFY(model.problem && model.problem->code == ErrorCode::Unsupported);
    }

    void resolvesNames_data()
    {
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<QString>("found");
        QTest::newRow("file name") << "thinker.GGUF"
                                   << "thinker.GGUF";
        QTest::newRow("without suffix") << "thinker"
                                        << "thinker.GGUF";
        QTest::newRow("model's name") << "small model"
                                      << "small-Q4_K_M.gguf";
        QTest::newRow("part, other case") << "R1-QWEN"
                                          << "deepseek-r1-qwen-1.5b.gguf";
        QTest::newRow("two folders, one name") << "small-q4_k_m"
                                               << "small-Q4_K_M.gguf";
        QTest::newRow("exact before part") << "mr1"
                                           << "mr1.gguf";
        QTest::newRow("ambiguous") << "r1"
                                   << "invalid-argument";
        QTest::newRow("unknown") << "llama-70b"
                                 << "not-found";
    }
    void resolvesNames()
    {
        QFETCH(QString, wanted);
        QFETCH(QString, found);
        QCOMPARE(QString::fromStdString(resolve(wanted.toStdString())), found);
    }

    void resolvesPaths()
    {
        const std::filesystem::path path = m_second / "readme.txt"; // whether it is a model is for the loader to say
        QVERIFY(*resolveModel(path.string(), {}, {}) == path);
    }

    void choosesADefault()
    {
        QCOMPARE(resolve(""), std::string("deepseek-r1-qwen-1.5b.gguf"));
        QCOMPARE(resolve("", m_second / "mr1.gguf"), std::string("mr1.gguf"));
        QCOMPARE(resolve("", m_second / "gone.gguf"), std::string("deepseek-r1-qwen-1.5b.gguf"));
        QCOMPARE(resolve("", m_second / "broken.gguf"), std::string("deepseek-r1-qwen-1.5b.gguf"));
        QVERIFY(resolveModel("", {}, {}).error().code == ErrorCode::NotFound);
        QVERIFY(resolveModel("x", {}, {}).error().message.find("put a GGUF file into") != std::string::npos);
    }

    void foldersFollowTheEnvironment()
    {
        qputenv("LEMMA_MODELS", "/models");
        qputenv("XDG_DATA_HOME", "/data");
        qputenv("XDG_DATA_DIRS", "/usr/share");
        const std::vector<std::filesystem::path> expected{"/models", "/data/lemma/models", "/usr/share/lemma/models"};
        QVERIFY(modelDirectories() == expected);
        QVERIFY(userModelDirectory() == "/models");
    }
};

QTEST_APPLESS_MAIN(InstalledModelsTest)
#include "installed_models_test.moc"
