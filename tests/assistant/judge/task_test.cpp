// Task files, and the values in them.
#include <QTest>

#include <nlohmann/json.hpp>

#include "assistant/judge/protocol.h"
#include "assistant/judge/task.h"

using namespace lemma::assistant;
using nlohmann::json;

class TaskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTaskIsRead()
    {
        const auto task = taskFromJson(R"({"name": "sum", "language": "cpp", "text": "Add.",
            "comparator": {"kind": "numbers", "absolute": 0.5}, "limits": {"seconds": 1.5, "memory_mib": 64},
            "cases": [{"input": "1 2", "output": "3"},
                      {"name": "large", "input": "9 9", "output": "18", "visible": false}]})");
        QVERIFY2(task.has_value(), task ? "" : task.error().message.c_str());
        QCOMPARE(task->cases.size(), std::size_t{2});
        QCOMPARE(task->cases[0].name, std::string("case 1"));
        QVERIFY(task->cases[0].isVisible && !task->cases[1].isVisible);
        QCOMPARE(task->comparator.absolute, 0.5);
        QCOMPARE(task->limits.time->count(), 1500);
        QCOMPARE(*task->limits.memoryBytes, std::uint64_t{64} << 20);
    }

    void badTasksAreRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* text, const char* message) {
            QTest::newRow(text) << QByteArray(text) << message;
        };
        row("", "the task is no JSON");
        row("[]", "the task: an object is expected");
        row("{}", "the task: either \"cases\" or \"tests\" must be there");
        row(R"({"cases": {}})", "cases: an array is expected");
        row(R"({"cases": [7]})", "cases[0]: an object is expected");
        row(R"({"cases": [{"outptu": "7"}]})", "cases[0]: there is no member \"outptu\"");
        row(R"({"cases": [{"input": "7"}]})", "cases[0]: one of \"output\" and \"arguments\" must be there");
        row(R"({"cases": [{"output": 7}]})", "cases[0]: \"output\" is no text");
        row(R"({"cases": [{"output": "7"}], "comparator": "near"})", "comparator: there is no comparator \"near\"");
        row(R"({"cases": [{"output": "7"}], "comparator": "checker"})", "comparator: a checker needs a \"source\"");
        row(R"({"cases": [{"output": "7"}], "limits": {"seconds": -1}})", "limits: \"seconds\" is no number from 0");
        row(R"({"cases": [{"arguments": [], "result": 1}]})",
            "the task: \"entry_point\", the function that is called, is missing");
        row(R"({"entry_point": "f", "cases": [{"arguments": []}]})",
            "cases[0]: one of \"result\" and \"raises\" must be there");
        row(R"({"entry_point": "f", "cases": [{"arguments": [], "result": 1}, {"output": "1"}]})",
            "cases: cases that call a function and cases with outputs cannot be mixed");
        row("{\"tests\": \"assert f()\"}", "the task: \"entry_point\", the function that is called, is missing");
    }
    void badTasksAreRefused()
    {
        QFETCH(QByteArray, text);
        const auto task = taskFromJson(text.toStdString());
        QVERIFY(!task);
        QTEST(QString::fromStdString(task.error().message), "message");
    }

    void values_data()
    {
        QTest::addColumn<QByteArray>("expected"); // as in a task file
        QTest::addColumn<QByteArray>("got");      // as from a driver
        QTest::addColumn<bool>("same");
        const auto row = [](const char* expected, const char* got, bool same) {
            QTest::addRow("%s and %s", expected, got) << QByteArray(expected) << QByteArray(got) << same;
        };
        row("5", "5", true);
        row("5", R"({"t":"float","v":"5.0"})", true); // as Python's ==
        row("1", "true", true);
        row("1", R"("1")", false);
        row("0.1", R"({"t":"float","v":"0.1"})", true);
        row("0.3", R"({"t":"float","v":"0.30000000000000004"})", false);
        row(R"({"t":"int","v":"123456789012345678901"})", R"({"t":"int","v":"123456789012345678901"})", true);
        row(R"({"t":"int","v":"123456789012345678901"})", R"({"t":"int","v":"123456789012345678902"})", false);
        row("[1, [2]]", R"({"t":"list","v":[1,{"t":"list","v":[2]}]})", true);
        row("[1, 2]", R"({"t":"list","v":[2,1]})", false);
        row("[1, 2]", R"({"t":"tuple","v":[1,2]})", false);
        row(R"({"t":"tuple","v":[1,2]})", R"({"t":"tuple","v":[1,2]})", true);
        row(R"({"t":"set","v":[1,2]})", R"({"t":"set","v":[2,{"t":"float","v":"1.0"}]})", true);
        row(R"({"t":"set","v":[1,2]})", R"({"t":"frozenset","v":[1,2]})", true);
        row(R"({"a": 1, "b": [2]})", R"({"t":"dict","v":[["b",{"t":"list","v":[2]}],["a",1]]})", true);
        row(R"({"a": 1})", R"({"t":"dict","v":[["a",2]]})", false);
        row("null", "null", true);
        row("null", "false", false);
        row("0", "null", false);
        row(R"({"t":"float","v":"nan"})", R"({"t":"float","v":"nan"})", false);
        row(R"({"t":"!T","v":"5"})", R"({"t":"!T","v":"5"})", false); // equal to nothing
        row("5", R"({"t":"!T","v":"5"})", false);
        row("[]", R"({"t":"list"})", false);
        row("[]", R"({"t":"list","v":7})", false);
        row("[]", R"({"t":7,"v":[]})", false);
    }
    void values()
    {
        QFETCH(QByteArray, expected);
        QFETCH(QByteArray, got);
        QTEST(sameValue(wireValue(json::parse(expected.toStdString())), json::parse(got.toStdString())), "same");
    }

    void policies()
    {
        const json list = wireValue(json::parse("[1, 2]"));
        QVERIFY(sameValue(list, json::parse(R"({"t":"tuple","v":[1,2]})"), {0, 0, true, false}));
        QVERIFY(sameValue(list, json::parse(R"({"t":"list","v":[2,1]})"), {0, 0, false, true}));
        QVERIFY(sameValue(wireValue(0.3), json::parse(R"({"t":"float","v":"0.30000000000000004"})"),
                          {1e-9, 0, false, false}));
        QVERIFY(!sameValue(wireValue(0.3), json::parse(R"({"t":"float","v":"nan"})"), {1e-9, 0, false, false}));
    }

    void valuesAreWrittenAsPythonDoes()
    {
        const json value = json::array({1, 2.5, "it's\n", nullptr, true, json({{"a", json::array()}})});
        QCOMPARE(valueText(wireValue(value)), std::string("[1, 2.5, 'it\\'s\\n', None, True, {'a': []}]"));
        const json one = {{"t", "tuple"}, {"v", json::array({1})}};
        QCOMPARE(valueText(wireValue(one)), std::string("(1,)"));
    }

    void hostileLinesAreNotRead()
    {
        QVERIFY(!parseProtocolLine("5"));
        QVERIFY(!parseProtocolLine("{\"i\": "));
        QVERIFY(!parseProtocolLine("{\"r\": " + std::string(100'000, '[') + std::string(100'000, ']') + "}"));
        QVERIFY(parseProtocolLine("{\"r\": \"" + std::string(100'000, '[') + "\"}"));

        ProtocolLines lines;
        lines.add("{\"i\"");
        QVERIFY(!lines.next());
        lines.add(":0}\n{}\n");
        QCOMPARE(*lines.next(), std::string("{\"i\":0}"));
        QCOMPARE(*lines.next(), std::string("{}"));
        QVERIFY(!lines.next() && !lines.isBroken());
        lines.add(std::string(maxProtocolLine + 1, 'x'));
        QVERIFY(!lines.next());
        QVERIFY(lines.isBroken());
        lines.add("\n{}\n");
        QVERIFY(!lines.next());
    }

    void membersOfTheWrongKindAreEmpty()
    {
        const json message = json::parse(R"({"text": 7, "number": "x", "object": []})");
        QCOMPARE(textMember(message, "text"), std::string());
        QCOMPARE(numberMember(message, "number"), 0);
        QVERIFY(objectMember(message, "object").empty());
        QCOMPARE(textMember(json(3), "text"), std::string());
    }
};

QTEST_GUILESS_MAIN(TaskTest)
#include "task_test.moc"
