// Whole thoughts against the steps and kinds that a person marked in them, and the properties that hold for any text.
#include <algorithm>
#include <random>

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include "tutor/trace/step_splitter.h"

using namespace lemma::tutor;

namespace {

struct MarkedStep {
    std::string kind, text;
};

// «kind»text«kind»text...
std::vector<MarkedStep> readMarked(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    std::vector<MarkedStep> steps;
    const QStringList parts = QString::fromUtf8(file.readAll()).split(QChar(0xAB), Qt::SkipEmptyParts);
    for (const QString& part : parts) {
        const auto end = part.indexOf(QChar(0xBB));
        steps.push_back({part.left(end).toStdString(), part.mid(end + 1).toStdString()});
    }
    return steps;
}

std::string joined(const std::vector<MarkedStep>& steps)
{
    std::string text;
    for (const MarkedStep& step : steps)
        text += step.text;
    return text;
}

std::vector<Step> split(const std::vector<std::string_view>& pieces)
{
    StepSplitter splitter;
    std::vector<Step> steps;
    for (const std::string_view piece : pieces)
        for (Step& step : splitter.push(piece))
            steps.push_back(std::move(step));
    for (Step& step : splitter.finish())
        steps.push_back(std::move(step));
    return steps;
}

// Cuts at the given offsets.
std::vector<std::string_view> divide(std::string_view text, std::vector<std::size_t> offsets)
{
    std::sort(offsets.begin(), offsets.end());
    offsets.push_back(text.size());
    std::vector<std::string_view> pieces;
    std::size_t begin = 0;
    for (const std::size_t end : offsets) {
        pieces.push_back(text.substr(begin, end - begin));
        begin = end;
    }
    return pieces;
}

bool same(const std::vector<Step>& a, const std::vector<Step>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Step& x, const Step& y) {
        return x.text == y.text && x.kind == y.kind && x.begin == y.begin;
    });
}

std::string describe(const std::vector<Step>& steps)
{
    std::string out;
    for (const Step& step : steps)
        out += "\u00AB" + std::string(stepKindName(step.kind)) + "\u00BB" + step.text;
    return out;
}

} // namespace

class ThoughtsTest : public QObject {
    Q_OBJECT

private:
    std::vector<std::pair<QString, std::vector<MarkedStep>>> m_thoughts;

    // The steps joined are the text, whatever the division, and the steps are the same.
    void checkDivisions(std::string_view text, std::mt19937& random, int divisions)
    {
        const std::vector<Step> whole = split({text});
        std::string together;
        for (const Step& step : whole) {
            QCOMPARE(step.begin, together.size());
            QVERIFY(!step.text.empty());
            together += step.text;
        }
        QVERIFY(together == text);
        for (int i = 0; i < divisions; ++i) {
            std::vector<std::size_t> offsets(1 + random() % 40);
            for (std::size_t& offset : offsets)
                offset = random() % (text.size() + 1);
            QVERIFY(same(split(divide(text, std::move(offsets))), whole));
        }
        std::vector<std::size_t> everyByte(text.size());
        for (std::size_t i = 0; i < everyByte.size(); ++i)
            everyByte[i] = i;
        QVERIFY(same(split(divide(text, std::move(everyByte))), whole));
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QDir folder(LEMMA_TEST_DATA_DIR "/trace");
        for (const QString& name : folder.entryList({"*.txt"}))
            m_thoughts.emplace_back(name, readMarked(folder.filePath(name)));
        QVERIFY(m_thoughts.size() >= 12);
    }

    void stepsAreThoseMarked_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < m_thoughts.size(); ++i)
            QTest::newRow(qPrintable(m_thoughts[i].first)) << static_cast<int>(i);
    }
    void stepsAreThoseMarked()
    {
        QFETCH(int, index);
        const std::vector<MarkedStep>& marked = m_thoughts[static_cast<std::size_t>(index)].second;
        const std::vector<Step> steps = split({joined(marked)});
        std::string expected;
        for (const MarkedStep& step : marked)
            expected += "\u00AB" + step.kind + "\u00BB" + step.text;
        QCOMPARE(QString::fromStdString(describe(steps)), QString::fromStdString(expected));
    }

    // Every division into two and every single byte; hundreds of random ones into more.
    void theDivisionDoesNotMatter()
    {
        std::mt19937 random(1);
        int divisions = 0;
        for (const auto& [name, marked] : m_thoughts) {
            const std::string text = joined(marked);
            const std::vector<Step> whole = split({text});
            for (std::size_t i = 0; i <= text.size(); ++i)
                QVERIFY2(same(split(divide(text, {i})), whole), qPrintable(name));
            checkDivisions(text, random, 300);
            divisions += static_cast<int>(text.size()) + 302;
        }
        qInfo("%d divisions of %zu thoughts", divisions, m_thoughts.size());
    }

    // Soups of everything that has a meaning for the splitter.
    void theDivisionOfRandomTextDoesNotMatter()
    {
        const std::vector<std::string> parts{
            "Wait, ",
            "Let me check. ",
            "Alternatively, ",
            "x = 3. ",
            "\n",
            "\n\n",
            " \n \n",
            "$",
            "$$",
            "\\[",
            "\\]",
            "\\(",
            "\\)",
            "\\begin{align}",
            "\\end{align}",
            "\\\\",
            "```",
            "\n```\n",
            "`",
            "- item\n",
            "1. item\n",
            "# Title\n",
            "**Final Answer**",
            "\\boxed{5}",
            "word ",
            "Maybe so. ",
            "\u00e9\u4e2d\U0001F600",
            "\xFF",
            "$5. ",
            "?!\" ",
            "a rather long run of words that fills a paragraph by itself and needs no other. ",
            "\r\n",
            "No, ",
            "~~~\n"};
        std::mt19937 random(2);
        for (int round = 0; round < 400; ++round) {
            std::string text;
            const int count = 1 + static_cast<int>(random() % 80);
            for (int i = 0; i < count; ++i)
                text += parts[random() % parts.size()];
            checkDivisions(text, random, 10);
            if (QTest::currentTestFailed()) {
                qInfo("round %d: %s", round, text.c_str());
                return;
            }
        }
    }

    void fastEnoughForAnyModel()
    {
        std::string text;
        while (text.size() < 4'000'000)
            for (const auto& [name, marked] : m_thoughts)
                text += joined(marked) + "\n\n";
        std::vector<std::string_view> pieces;
        for (std::size_t i = 0; i < text.size(); i += 4) // as tokens arrive
            pieces.push_back(std::string_view(text).substr(i, 4));
        QElapsedTimer timer;
        timer.start();
        const std::size_t tokenSteps = split(pieces).size();
        const double tokenSeconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
        timer.start();
        const std::size_t wholeSteps = split({text}).size();
        const double wholeSeconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
        QCOMPARE(tokenSteps, wholeSteps);
        const double megabytes = static_cast<double>(text.size()) / 1e6;
        qInfo("%zu steps; %.1f MB/s in pieces of 4 bytes, %.1f MB/s at once", wholeSteps, megabytes / tokenSeconds,
              megabytes / wholeSeconds);
        QVERIFY(megabytes / tokenSeconds > 1);
        QVERIFY(megabytes / wholeSeconds > 1);
    }
};

QTEST_APPLESS_MAIN(ThoughtsTest)
#include "thoughts_test.moc"
