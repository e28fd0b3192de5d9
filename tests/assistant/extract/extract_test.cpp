#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "assistant/extract/answer_text.h"
#include "assistant/extract/code_blocks.h"
#include "assistant/extract/program.h"

using namespace lemma::assistant;

namespace {

QJsonArray casesIn(const char* name)
{
    QFile file(QStringLiteral(LEMMA_TEST_DATA_DIR "/assistant/extract/") + name);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).array() : QJsonArray();
}

} // namespace

class ExtractTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // research_cases.json: 25 answers in R1's manner, by the study of how other extractors fail; own_cases.json: ours.
    void cases_data()
    {
        QTest::addColumn<QJsonObject>("example");
        for (const char* file : {"research_cases.json", "own_cases.json"}) {
            const QJsonArray cases = casesIn(file);
            QVERIFY(cases.size() >= 25);
            for (const QJsonValue& example : cases)
                QTest::newRow(qPrintable(example["name"].toString())) << example.toObject();
        }
    }
    void cases()
    {
        QFETCH(QJsonObject, example);
        const Extraction found =
            extractProgram(example["answer"].toString().toStdString(),
                           {example["language"].toString().toStdString(), example["entry"].toString().toStdString()});
        if (example["source"].isNull()) {
            QVERIFY2(found.files.empty(), found.files.empty() ? "" : found.files.front().source.c_str());
            QVERIFY(found.status != ExtractionStatus::Found);
            return;
        }
        QCOMPARE(found.status, ExtractionStatus::Found);
        QCOMPARE(QString::fromStdString(found.files.front().source).trimmed(), example["source"].toString().trimmed());
        if (example.contains("files")) {
            QStringList names;
            for (const ProgramFile& file : found.files)
                names << QString::fromStdString(file.path);
            QCOMPARE(names, example["files"].toVariant().toStringList());
        }
        if (example.contains("unclosed"))
            QCOMPARE(found.isUnclosed, example["unclosed"].toBool());
        if (example.contains("tests"))
            QCOMPARE(static_cast<int>(found.tests.size()), example["tests"].toInt());
    }

    void truncatedThoughtSaysSo()
    {
        QCOMPARE(extractProgram("<think>\n```python\nx = 1\n```", {}).status, ExtractionStatus::TruncatedReasoning);
    }

    void blocksKnowTheirPlace()
    {
        const auto blocks = codeBlocks("a\n```c\nx\n```\nb\n~~~\ny\n");
        QCOMPARE(blocks.size(), std::size_t(2));
        QCOMPARE(blocks[0].language, std::string("c"));
        QCOMPARE(blocks[0].firstLine, std::size_t(1));
        QCOMPARE(blocks[0].lastLine, std::size_t(3));
        QVERIFY(blocks[0].isClosed);
        QCOMPARE(blocks[1].language, std::string());
        QCOMPARE(blocks[1].source, std::string("y\n"));
        QVERIFY(!blocks[1].isClosed);
    }

    // While it streams: a block that is closed in front of a finished line stays as it is, whatever comes.
    void everyPrefixIsFine()
    {
        for (const char* file : {"research_cases.json", "own_cases.json"}) {
            for (const QJsonValue& example : casesIn(file)) {
                const std::string text = normalizedAnswer(example["answer"].toString().toStdString());
                const auto whole = codeBlocks(text);
                for (std::size_t length = 0; length <= text.size(); ++length) {
                    const auto part = codeBlocks(std::string_view(text).substr(0, length));
                    QVERIFY(part.size() <= whole.size() + 1);
                    for (const CodeBlock& block : part)
                        QVERIFY(block.firstLine <= block.lastLine);
                }
            }
        }
    }

    // Time grows with the text, not with its square: a model in a loop may write fences for ever.
    void longAnswersAreFast()
    {
        std::string text;
        while (text.size() < 2'000'000)
            text += "```python\n\"\"\"\n```\n> ~~~\n";
        QBENCHMARK_ONCE { QVERIFY(!codeBlocks(text).empty()); }
    }
};

QTEST_APPLESS_MAIN(ExtractTest)
#include "extract_test.moc"
