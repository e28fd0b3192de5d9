// The parts of the sandbox that are plain functions.
#include <QTest>

#include "assistant/sandbox/display_text.h"
#include "assistant/sandbox/job/job.h"
#include "assistant/sandbox/language.h"
#include "assistant/sandbox/refusal.h"

using namespace lemma::assistant;
using lemma::engine::ErrorCode;

namespace {

Job exampleJob()
{
    Job job;
    job.files = {{"main.py", std::string("a\0\xff\n", 4), false}, {"lib/tool", "x", true}};
    job.command = {"/usr/bin/python3", "main.py", "ü \"quoted\"\n"};
    job.environment = {{"NAME", "value=1"}};
    job.readOnlyPaths = {"/opt/tool"};
    job.input = std::string("in\0put", 6);
    job.artifact = "program";
    job.limits.wall = std::chrono::milliseconds(1234);
    job.limits.processes = 7;
    return job;
}

} // namespace

class SandboxPartsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void displayTextIsSafe_data()
    {
        QTest::addColumn<QByteArray>("raw");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("plain") << QByteArray("a\tb\n") << QByteArray("a\tb\n");
        QTest::newRow("colours") << QByteArray("\x1b[1;31mred\x1b[0m") << QByteArray("red");
        QTest::newRow("cursor and clear") << QByteArray("\x1b[2J\x1b[1;1Hx\x1b[?25l") << QByteArray("x");
        QTest::newRow("window title, BEL") << QByteArray("\x1b]0;owned\x07x") << QByteArray("x");
        QTest::newRow("window title, ST") << QByteArray("\x1b]0;owned\x1b\\x") << QByteArray("x");
        QTest::newRow("title without an end") << QByteArray("\x1b]0;owned\nx") << QByteArray("\nx");
        QTest::newRow("clipboard") << QByteArray("\x1b]52;c;AAAA\x07x") << QByteArray("x");
        QTest::newRow("device control string") << QByteArray("\x1bPabc\x1b\\x") << QByteArray("x");
        QTest::newRow("character set") << QByteArray("\x1b(0x") << QByteArray("x");
        QTest::newRow("reset") << QByteArray("\x1b"
                                             "cx")
                               << QByteArray("x");
        QTest::newRow("escape at the end") << QByteArray("x\x1b") << QByteArray("x");
        QTest::newRow("cut sequence") << QByteArray("x\x1b[12") << QByteArray("x");
        QTest::newRow("C1 control sequence") << QByteArray("\xC2\x9B"
                                                           "31mx")
                                             << QByteArray("31mx");
        QTest::newRow("bell, backspace, null") << QByteArray("a\a\b\0b", 5) << QByteArray("ab");
        QTest::newRow("carriage returns") << QByteArray("a\r\nb\rc") << QByteArray("a\nb\nc");
        QTest::newRow("right-to-left override") << QByteArray("a\xE2\x80\xAE"
                                                              "b")
                                                << QByteArray("ab");
        QTest::newRow("isolates") << QByteArray("\xE2\x81\xA6x\xE2\x81\xA9") << QByteArray("x");
        QTest::newRow("zero width") << QByteArray("a\xE2\x80\x8B"
                                                  "b\xEF\xBB\xBF")
                                    << QByteArray("ab");
        QTest::newRow("emoji with joiner stays") << QByteArray("👩‍🔬") << QByteArray("👩‍🔬");
        QTest::newRow("broken bytes") << QByteArray("\xff\xC3(") << QByteArray("\xEF\xBF\xBD\xEF\xBF\xBD(");
        QTest::newRow("Arabic stays") << QByteArray("سلام") << QByteArray("سلام");
    }
    void displayTextIsSafe()
    {
        QFETCH(QByteArray, raw);
        QTEST(QByteArray::fromStdString(displayText(raw.toStdString())), "shown");
    }

    void displayTextIsCutToLines()
    {
        QCOMPARE(displayText("1\n2\n3\n4\n", 2), std::string("1\n2\n[2 more lines]\n"));
        QCOMPARE(displayText("1\n2\n3\n4", 2), std::string("1\n2\n[2 more lines]\n"));
        QCOMPARE(displayText("1\n2\n", 2), std::string("1\n2\n"));
        QCOMPARE(displayText("1\n2", 2), std::string("1\n2"));
    }

    void jobSurvivesItsJourney()
    {
        const Job job = exampleJob();
        const auto copy = decodeJob(encodeJob(job));
        QVERIFY(copy.has_value());
        QCOMPARE(copy->files.size(), job.files.size());
        QCOMPARE(copy->files[0].bytes, job.files[0].bytes);
        QCOMPARE(copy->files[1].path, job.files[1].path);
        QVERIFY(copy->files[1].executable);
        QVERIFY(copy->command == job.command);
        QVERIFY(copy->environment == job.environment);
        QVERIFY(copy->readOnlyPaths == job.readOnlyPaths);
        QCOMPARE(copy->input, job.input);
        QCOMPARE(copy->artifact, job.artifact);
        QCOMPARE(copy->limits.wall.count(), job.limits.wall.count());
        QCOMPARE(copy->limits.processes, job.limits.processes);
    }

    void cutOrChangedJobsAreErrors()
    {
        const std::string bytes = encodeJob(exampleJob());
        for (std::size_t length = 0; length < bytes.size(); ++length)
            QVERIFY(!decodeJob(std::string_view(bytes).substr(0, length)).has_value());
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            for (const char other : {'\0', '{', '9', '-', '"'}) {
                std::string changed = bytes;
                changed[i] = other;
                static_cast<void>(decodeJob(changed).has_value()); // no crash; some changes are harmless
            }
        }
    }

    void resultSurvivesItsJourney()
    {
        JobResult result;
        result.ending = Ending::Memory;
        result.exitCode = 3;
        result.wall = std::chrono::microseconds(12);
        result.peakMemoryBytes = std::uint64_t{5} << 40;
        result.detail = "broken \xff";
        const auto copy = decodeJobResult(encodeJobResult(result));
        QVERIFY(copy.has_value());
        QCOMPARE(copy->ending, Ending::Memory);
        QCOMPARE(copy->peakMemoryBytes, result.peakMemoryBytes);
        QCOMPARE(copy->detail, std::string("broken \xEF\xBF\xBD"));
        QVERIFY(!decodeJobResult("").has_value());
        QVERIFY(!decodeJobResult("{}").has_value());
        QVERIFY(!decodeJobResult("[1,2").has_value());
    }

    void badJobsAreRefused()
    {
        const auto refused = [](auto change) {
            Job job = exampleJob();
            change(job);
            return !validateJob(job).has_value();
        };
        QVERIFY(!refused([](Job&) {}));
        QVERIFY(refused([](Job& job) { job.command.clear(); }));
        QVERIFY(refused([](Job& job) { job.command[0] = "python3"; })); // PATH is never searched
        QVERIFY(refused([](Job& job) { job.command[1] = std::string("a\0b", 3); }));
        QVERIFY(refused([](Job& job) { job.files[0].path = "/etc/passwd"; }));
        QVERIFY(refused([](Job& job) { job.files[0].path = "a/../../b"; }));
        QVERIFY(refused([](Job& job) { job.files.resize(65, {"a", "", false}); }));
        QVERIFY(refused([](Job& job) { job.artifact = "../out"; }));
        QVERIFY(refused([](Job& job) { job.readOnlyPaths[0] = "opt"; }));
        QVERIFY(refused([](Job& job) { job.environment[0].first = "A=B"; }));
    }

    void languagesAreFound()
    {
        QCOMPARE(findLanguage("Python")->id, std::string_view("python"));
        QCOMPARE(findLanguage("C++")->id, std::string_view("cpp"));
        QVERIFY(findLanguage("brainfuck") == nullptr);
        QCOMPARE(languageOfFile("a/b.CPP")->id, std::string_view("cpp"));
        QCOMPARE(languageOfFile("x.sh")->id, std::string_view("bash"));
        QVERIFY(languageOfFile("Makefile") == nullptr);
        for (const Language& language : languages()) {
            QVERIFY(findLanguage(language.id) == &language);
            QVERIFY(!language.extensions.empty() && !language.tools.empty() && !language.package.empty());
            QVERIFY(language.compile != nullptr || language.run != nullptr);
        }
    }

    void missingToolchainNamesThePackage()
    {
        Language language = *findLanguage("python");
        language.tools = {"no-such-interpreter"};
        const auto tool = findToolchain(language);
        QVERIFY(!tool.has_value());
        QCOMPARE(tool.error().code, ErrorCode::NotFound);
        QVERIFY(tool.error().message.find("apt install python3") != std::string::npos);
    }

    void refusalsSayWhatToDo_data()
    {
        QTest::addColumn<QByteArray>("detail");
        QTest::addColumn<QByteArray>("sentence");
        QTest::newRow("Ubuntu 24.04") << QByteArray("bwrap: setting up uid map: Permission denied\n")
                                      << QByteArray("bwrap-userns-restrict");
        QTest::newRow("Ubuntu 24.04, other")
            << QByteArray("bwrap: loopback: Failed RTM_NEWADDR: Operation not permitted")
            << QByteArray("bwrap-userns-restrict");
        QTest::newRow("Debian's switch") << QByteArray(
                                                "bwrap: No permissions to create new namespace, likely because the "
                                                "kernel does not allow non-privileged user namespaces.")
                                         << QByteArray("unprivileged_userns_clone");
        QTest::newRow("limit") << QByteArray("bwrap: Creating new namespace failed: nesting depth or "
                                             "/proc/sys/user/max_*_namespaces exceeded (ENOSPC)")
                               << QByteArray("max_user_namespaces");
        QTest::newRow("container") << QByteArray("bwrap: Failed to make / slave: Permission denied")
                                   << QByteArray("inside this container");
        QTest::newRow("old bubblewrap") << QByteArray("bwrap: Unknown option --disable-userns") << QByteArray("0.8");
        QTest::newRow("no Landlock") << QByteArray("Landlock: this kernel does not have it")
                                     << QByteArray("Linux 5.13");
        QTest::newRow("anything else") << QByteArray("bwrap: surprise") << QByteArray("cannot be isolated");
    }
    void refusalsSayWhatToDo()
    {
        QFETCH(QByteArray, detail);
        QFETCH(QByteArray, sentence);
        const std::string text = refusalSentence(detail.toStdString());
        QVERIFY2(text.find(sentence.toStdString()) != std::string::npos, text.c_str());
        QVERIFY(text.find(detail.trimmed().toStdString()) != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(SandboxPartsTest)
#include "parts_test.moc"
