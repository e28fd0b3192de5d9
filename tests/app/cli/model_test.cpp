// lemma-cli on real models: the starter model, and the golden ones of the shared folder.
#include <csignal>
#include <cstring>
#include <vector>

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "tests/app/cli/cli_fixture.h"
#include "tests/support/test_paths.h"

using namespace lemma::tests;

namespace {

std::vector<float> readFloats(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray bytes = file.readAll();
    std::vector<float> values(static_cast<std::size_t>(bytes.size()) / sizeof(float));
    std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
    return values;
}

double normalizedError(const std::vector<float>& actual, const std::vector<float>& expected)
{
    double error = 0, scale = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double difference = static_cast<double>(actual[i]) - static_cast<double>(expected[i]);
        error += difference * difference;
        scale += static_cast<double>(expected[i]) * static_cast<double>(expected[i]);
    }
    return error / scale;
}

} // namespace

class ModelTest : public QObject {
    Q_OBJECT

private:
    CliFixture m_cli{QString(LEMMA_BINARY_DIR "/lemma-cli")};
    QString m_starter;

private Q_SLOTS:
    void initTestCase()
    {
        m_starter = QString::fromStdString(starterModel().string());
        if (!QFile::exists(m_starter))
            QSKIP("there is no starter model (LEMMA_STARTER_MODEL)");
    }

    void tokenizes()
    {
        const CliResult result =
            m_cli.run({"tokenize", "--model", m_starter, "--json"}, QByteArray("x \xF0\x9F\x99\x83 = 5"));
        QCOMPARE(result.exitCode, 0);
        const QJsonObject object = QJsonDocument::fromJson(result.output).object();
        QCOMPARE(object.keys(), QStringList({"ids", "pieces"}));
        QCOMPARE(object["ids"].toArray().size(), object["pieces"].toArray().size());
        QVERIFY(object["ids"].toArray().size() >= 4);
        QVERIFY(QString::fromUtf8(result.output).contains(QChar(0xFFFD))); // a part of the emoji
    }

    void greedyAnswersRepeat()
    {
        const QStringList arguments{"ask", "--json",       "--model", m_starter,          "--temperature",
                                    "0",   "--max-tokens", "24",      "Solve 3x + 5 = 20"};
        QStringList answers;
        for (int i = 0; i < 2; ++i) {
            const CliResult result = m_cli.run(arguments);
            QVERIFY2(result.exitCode == 0, result.errors.constData());
            QString text;
            QJsonObject last;
            for (const QByteArray& line : result.output.split('\n')) {
                if (line.isEmpty())
                    continue;
                last = QJsonDocument::fromJson(line).object();
                if (last["event"] == "answer")
                    text += last["text"].toString();
            }
            QCOMPARE(last["event"].toString(), QString("finished"));
            QVERIFY(last["usage"].toObject()["answerTokens"].toInt() > 0);
            answers << text;
        }
        QCOMPARE(answers[0], answers[1]);
        QVERIFY(!answers[0].isEmpty());
    }

    void interruptEndsWithinAStep()
    {
        QProcess process;
        m_cli.start(process, {"ask", "--json", "--model", m_starter, "--temperature", "0", "--max-tokens", "4000",
                              "Count from one to a thousand, in words, one number a line."});
        QByteArray output;
        while (output.count("\"answer\"") < 5 && process.waitForReadyRead(30'000))
            output += process.readAllStandardOutput();
        QElapsedTimer timer;
        timer.start();
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(10'000));
        qInfo("ended %lld ms after the signal, model unloaded and history closed", timer.elapsed());
        output += process.readAllStandardOutput();
        QCOMPARE(process.exitCode(), 130);
        QVERIFY(output.contains("\"reason\":\"cancelled\""));
    }

    void logitsAreGolden_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("precision");
        QTest::addColumn<double>("limit");
        for (const char* model : {"tiny-llama-Q4_K_M", "tiny-llama-Q6_K"}) {
            // The golden values are exact up to float rounding; 5e-3 only tells a fast path from nonsense (the model's
            // own tests have the tight limits).
            QTest::addRow("%s reference", model) << QString(model) << QString("reference") << 1e-9;
            QTest::addRow("%s fast", model) << QString(model) << QString("fast") << 5e-3;
        }
    }
    void logitsAreGolden()
    {
        QFETCH(QString, model);
        QFETCH(QString, precision);
        QFETCH(double, limit);
        const QString golden = QString::fromStdString((sharedDirectory() / "data/golden").string());
        const QString file = golden + "/models/" + model + ".gguf";
        if (!QFile::exists(file))
            QSKIP("the golden models are not here (LEMMA_SHARED_DIR)");
        const QString output = m_cli.directory() + "/logits.f32";
        const CliResult result =
            m_cli.run({"logits", "--model", file, "--tokens", "5,17,42,99,3,250,128,7,256,300,301,12,12,12,77,410",
                       "--output", output, "--precision", precision});
        QVERIFY2(result.exitCode == 0, result.errors.constData());
        const std::vector<float> actual = readFloats(output),
                                 expected = readFloats(golden + "/logits/" + model + ".f32");
        QCOMPARE(actual.size(), expected.size());
        const double error = normalizedError(actual, expected);
        qInfo("normalised error %.2g", error);
        QVERIFY(error <= limit);
    }

    void theVocabularyIsTheLimit()
    {
        const CliResult result =
            m_cli.run({"logits", "--model", m_starter, "--tokens", "5,99999999", "--output", "/dev/null"});
        QCOMPARE(result.exitCode, 2);
        QVERIFY(result.errors.contains("99999999"));
        QCOMPARE(m_cli.run({"logits", "--model", m_starter, "--tokens", "5", "--output", "/nowhere/x"}).exitCode, 8);
    }

    void theEngineIsMeasured()
    {
        const CliResult result = m_cli.run({"bench", "engine", "--model", m_starter, "--prompt", "32", "--generate",
                                            "8", "--repetitions", "1", "--json"});
        QVERIFY2(result.exitCode == 0, result.errors.constData());
        const QJsonObject speeds = QJsonDocument::fromJson(result.output).object();
        QVERIFY(speeds["prefillTokensPerSecond"].toDouble() > 0);
        QVERIFY(speeds["decodeTokensPerSecond"].toDouble() > 0);
    }
};

QTEST_GUILESS_MAIN(ModelTest)
#include "model_test.moc"
