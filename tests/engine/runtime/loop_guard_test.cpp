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
std::size_t firstAlarm(const std::string& text)
{
    static const PreTokenizer pieces = PreTokenizer::create("qwen2").value();
    LoopGuard guard;
    std::size_t read = 0;
    std::size_t alarm = std::string::npos;
    pieces.split(text, [&](std::string_view piece) {
        read += piece.size();
        const auto token = static_cast<TokenId>(std::hash<std::string_view>()(piece) & 0xFFFFFF);
        if (guard.push(token, piece) && alarm == std::string::npos)
            alarm = read;
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
