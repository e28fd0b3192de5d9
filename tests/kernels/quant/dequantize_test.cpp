#include <QTest>

#include "kernels/quant/dequantize.h"

#include <bit>
#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

using namespace lemma::kernels;

Q_DECLARE_METATYPE(std::vector<float>)

class DequantizeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Blocks and values come from gguf-py: see tests/data/kernels/README.md.
    void goldenBlocks_data()
    {
        QTest::addColumn<unsigned>("number");
        QTest::addColumn<int>("weightsPerBlock");
        QTest::addColumn<int>("bytesPerBlock");
        QTest::addColumn<QByteArray>("blocks");
        QTest::addColumn<std::vector<float>>("values");
        std::ifstream file(LEMMA_TEST_DATA_DIR "/kernels/quant_blocks.json");
        QVERIFY(file.is_open());
        const nlohmann::json document = nlohmann::json::parse(file);
        for (const auto& [name, entry] : document.at("types").items()) {
            QTest::newRow(name.c_str()) << entry.at("ggml_type").get<unsigned>()
                                        << entry.at("weights_per_block").get<int>()
                                        << entry.at("bytes_per_block").get<int>()
                                        << QByteArray::fromBase64(entry.at("blocks_base64").get<std::string>().c_str())
                                        << entry.at("values").get<std::vector<float>>();
        }
    }

    void goldenBlocks()
    {
        QFETCH(unsigned, number);
        QFETCH(int, weightsPerBlock);
        QFETCH(int, bytesPerBlock);
        QFETCH(QByteArray, blocks);
        QFETCH(std::vector<float>, values);
        const TensorTypeInfo* info = findTensorType(number);
        QVERIFY(info != nullptr);
        QCOMPARE(info->weightsPerBlock, weightsPerBlock);
        QCOMPARE(info->bytesPerBlock, bytesPerBlock);
        QCOMPARE(QByteArray(info->name.data(), static_cast<int>(info->name.size())),
                 QByteArray(QTest::currentDataTag()));
        const int blockCount = static_cast<int>(blocks.size()) / bytesPerBlock;
        QCOMPARE(static_cast<int>(values.size()), blockCount * weightsPerBlock);

        for (int shift = 0; shift < 2; ++shift) { // aligned and not
            const QByteArray moved = QByteArray(shift, '\0') + blocks;
            for (int count = 0; count <= blockCount; ++count) {
                std::vector<float> decoded(static_cast<std::size_t>(count * weightsPerBlock) + 1, 4711.0F);
                dequantizeRow(info->type, reinterpret_cast<const std::byte*>(moved.constData() + shift), decoded.data(),
                              count * weightsPerBlock);
                for (std::size_t i = 0; i + 1 < decoded.size(); ++i) {
                    if (std::bit_cast<std::uint32_t>(decoded[i]) != std::bit_cast<std::uint32_t>(values[i])) {
                        QFAIL(qPrintable(QString("weight %1: %2, not %3").arg(i).arg(decoded[i]).arg(values[i])));
                    }
                }
                QCOMPARE(decoded.back(), 4711.0F);
            }
        }
    }

    void floatsAreCopied()
    {
        const float source[3] = {1.5F, -0.0F, 3e38F};
        float decoded[3] = {};
        dequantizeRow(TensorType::F32, reinterpret_cast<const std::byte*>(source), decoded, 3);
        QVERIFY(std::memcmp(source, decoded, sizeof source) == 0);
    }

    void typesAreFoundByNumber()
    {
        int known = 0;
        for (unsigned number = 0; number < 400; ++number) {
            const TensorTypeInfo* info = findTensorType(number);
            if (info != nullptr) {
                QCOMPARE(static_cast<unsigned>(info->type), number);
                ++known;
            }
        }
        QCOMPARE(known, 25);
        QVERIFY(findTensorType(36) == nullptr); // removed from the format
        QVERIFY(findTensorType(0xffffffff) == nullptr);
        QCOMPARE(rowBytes(TensorType::Q4_K, 1536), std::size_t{864});
        QCOMPARE(rowBytes(TensorType::F16, 7), std::size_t{14});
    }
};

QTEST_APPLESS_MAIN(DequantizeTest)
#include "dequantize_test.moc"
