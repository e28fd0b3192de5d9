// Loops and texts that are none, as models really write them: tests/data/engine/loops.
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include <QTest>

#include "engine/runtime/loop_guard.h"
#include "engine/tokenizer/pre_tokenizer.h"

using namespace lemma::engine;

namespace {

std::string read(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// Where the guard first speaks, in bytes; npos: never. The pieces of Qwen's pre-tokenizer stand for its tokens.
// `before`: the text that is left when everything that the guard calls repeated is taken away.
std::size_t firstAlarm(const std::string& text, std::string* before = nullptr)
{
    static const PreTokenizer pieces = PreTokenizer::create("qwen2").value();
    LoopGuard guard;
    std::size_t read = 0;
    std::size_t alarm = std::string::npos;
    std::vector<std::size_t> begins; // of the pieces
    pieces.split(text, [&](std::string_view piece) {
        begins.push_back(read);
        read += piece.size();
        const auto token = static_cast<TokenId>(std::hash<std::string_view>()(piece) & 0xFFFFFF);
        if (guard.push(token, piece) && alarm == std::string::npos) {
            alarm = read;
            if (before)
                *before = text.substr(0, begins[begins.size() - static_cast<std::size_t>(guard.loopTokens())]);
        }
    });
    return alarm;
}

std::vector<std::filesystem::path> textsIn(const char* folder)
{
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(LEMMA_TEST_DATA_DIR) / folder))
        if (entry.path().extension() == ".txt")
            paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    return paths;
}

} // namespace

class LoopGuardTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsLoopsFromOrdinaryText()
    {
        int loops = 0, missed = 0, plain = 0, falseAlarms = 0;
        QStringList wrong;
        const auto expect = [&](const QString& name, const std::string& text, bool isLoop) {
            const bool alarm = firstAlarm(text) != std::string::npos;
            ++(isLoop ? loops : plain);
            if (alarm != isLoop) {
                ++(isLoop ? missed : falseAlarms);
                wrong << name;
            }
        };
        for (const auto& path : textsIn("engine/loops")) {
            const QString name = QString::fromStdString(path.stem().string());
            expect(name, read(path), name.startsWith("loop_"));
        }
        std::string all;
        for (const auto& path : textsIn("trace")) {
            const std::string text = read(path);
            const QString name = QString::fromStdString(path.stem().string());
            expect(name, text, false);
            expect(name + " twice", text + "\n\n" + text, false);
            std::string again;
            for (int i = 0; i < 6; ++i)
                again += text + "\n\n";
            if (text.size() < 600 && text.find("```") == std::string::npos && name != "environments")
                expect(name + " again and again", again, true);
            all += text + "\n\n";
        }
        expect("all thoughts in a row", all, false);
        qInfo("%d texts that loop: %d missed; %d that do not: %d false alarms %s", loops, missed, plain, falseAlarms,
              qPrintable(wrong.join(", ")));
        QCOMPARE(wrong, QStringList());
    }

    // Texts that the detector was not made with: figures to be reported, and a bound so that it does not get worse.
    void unseenTexts()
    {
        int loops = 0, missed = 0, plain = 0, falseAlarms = 0;
        QStringList wrong;
        for (const auto& path : textsIn("engine/loops_unseen")) {
            const QString name = QString::fromStdString(path.stem().string());
            const bool isLoop = name.startsWith("loop_");
            ++(isLoop ? loops : plain);
            if ((firstAlarm(read(path)) != std::string::npos) != isLoop) {
                ++(isLoop ? missed : falseAlarms);
                wrong << name;
            }
        }
        qInfo("%d unseen texts that loop: %d missed; %d that do not: %d false alarms %s", loops, missed, plain,
              falseAlarms, qPrintable(wrong.join(", ")));
        QVERIFY(loops >= 15 && plain >= 15);
        QVERIFY(missed <= 2);
        QCOMPARE(falseAlarms, 0);
    }

    // Going back to before a loop leaves its first round and what led to it, and nothing that loops.
    void beforeALoopThereIsNone()
    {
        int loops = 0, looping = 0;
        for (const char* folder : {"engine/loops", "engine/loops_unseen"}) {
            for (const auto& path : textsIn(folder)) {
                std::string before;
                if (firstAlarm(read(path), &before) == std::string::npos)
                    continue;
                ++loops;
                QVERIFY2(!before.empty(), path.c_str());
                looping += firstAlarm(before) != std::string::npos ? 1 : 0;
            }
        }
        qInfo("%d loops gone back from: %d still loop", loops, looping);
        QVERIFY(loops >= 20);
        QCOMPARE(looping, 0);
    }

    void aTableCannotGoOnForEver()
    {
        std::string table = "| a | b |\n| --- | --- |\n";
        for (int i = 0; i < 400; ++i)
            table += "| true | false |\n";
        QVERIFY(firstAlarm(table) != std::string::npos);
    }

    void tellsHowMuchIsRepeated()
    {
        LoopGuard guard;
        int pushed = 0;
        for (int i = 0; i < 50; ++i, ++pushed)
            QVERIFY(!guard.push(1000 + i, "x"));
        while (!guard.push(pushed % 10, "x"))
            ++pushed;
        ++pushed;
        QCOMPARE(guard.period(), 10);
        QCOMPARE(pushed - guard.loopTokens(), 60); // the first period stays
        guard.reset();
        QVERIFY(!guard.push(pushed % 10, "x"));
    }
};

QTEST_APPLESS_MAIN(LoopGuardTest)
#include "loop_guard_test.moc"
