// JSON schemas: what may be written, and what is refused by name.
#include <memory>

#include <QTest>

#include "engine/grammar/grammar_matcher.h"

using namespace lemma::engine;

class JsonSchemaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void texts_data()
    {
        QTest::addColumn<QString>("schema");
        QTest::addColumn<QStringList>("yes");
        QTest::addColumn<QStringList>("no");
        QTest::newRow("anything") << "true" << QStringList{"{\"a\": [1, null]}", "\"x\"", "-1.5e3"}
                                  << QStringList{"", "01", "{a:1}", "tru"};
        QTest::newRow("object")
            << "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"boolean\"}},"
               "\"required\":[\"b\"],\"additionalProperties\":false}"
            << QStringList{"{\"b\":true}", "{\"a\": 1, \"b\":false}", "{ \"b\": true }"}
            << QStringList{"{}", "{\"a\":1}", "{\"b\":true,\"c\":1}", "{\"b\":1}", "{\"b\":true,}"};
        QTest::newRow("all optional")
            << "{\"properties\":{\"a\":{\"type\":\"null\"},\"b\":{\"type\":\"null\"},\"c\":{\"type\":\"null\"}}}"
            << QStringList{"{}", "{\"a\":null}", "{\"b\":null,\"c\":null}", "{\"a\":null,\"c\":null}"}
            << QStringList{"{\"c\":null,\"a\":null}", "{,\"a\":null}", "{\"a\":null \"b\":null}"};
        QTest::newRow("others")
            << "{\"properties\":{\"ab\":{\"type\":\"integer\"}},\"additionalProperties\":{\"type\":\"string\"}}"
            << QStringList{"{}", "{\"ab\":1}", "{\"ab\":1,\"x\":\"y\"}", "{\"a\":\"y\",\"abc\":\"z\",\"\":\"e\"}"}
            << QStringList{"{\"ab\":\"1\"}", "{\"x\":1}", "{\"ab\":1,\"ab\":\"x\"}", "{\"\\u0061b\":\"x\"}"};
        QTest::newRow("required but not listed")
            << "{\"required\":[\"k\"],\"additionalProperties\":{\"type\":\"integer\"}}"
            << QStringList{"{\"k\":1}", "{\"k\":1,\"l\":2}"} << QStringList{"{}"};
        QTest::newRow("array") << "{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"minItems\":1,\"maxItems\":3}"
                               << QStringList{"[1]", "[1, 2,3]"} << QStringList{"[]", "[1,2,3,4]", "[true]", "[1,]"};
        QTest::newRow("no items") << "{\"type\":\"array\",\"maxItems\":0}" << QStringList{"[]"} << QStringList{"[1]"};
        QTest::newRow("two or more") << "{\"items\":{\"type\":\"null\"},\"minItems\":2}"
                                     << QStringList{"[null,null]", "[null,null,null]"} << QStringList{"[]", "[null]"};
        QTest::newRow("tuple") << "{\"prefixItems\":[{\"type\":\"integer\"},{\"type\":\"string\"}],\"items\":{\"type\":"
                                  "\"null\"},\"maxItems\":3}"
                               << QStringList{"[1,\"a\"]", "[1,\"a\",null]"}
                               << QStringList{"[1]", "[\"a\",1]", "[1,\"a\",null,null]"};
        QTest::newRow("enum") << "{\"enum\":[\"a\\\"b\",1,null,{\"x\":[1]}]}"
                              << QStringList{"\"a\\\"b\"", "1", "null", "{\"x\":[1]}"} << QStringList{"a", "2", "{}"};
        QTest::newRow("enum of a type") << "{\"type\":\"string\",\"enum\":[\"a\",1]}" << QStringList{"\"a\""}
                                        << QStringList{"1"};
        QTest::newRow("const") << "{\"const\":\"\\u00e9\\n\"}" << QStringList{"\"\u00e9\\n\""} << QStringList{"\"e\""};
        QTest::newRow("length") << "{\"type\":\"string\",\"minLength\":2,\"maxLength\":3}"
                                << QStringList{"\"ab\"", "\"\u00e9\u20ac\U0001F600\"", "\"\\n\\u00e9\""}
                                << QStringList{"\"a\"", "\"abcd\"", "\"a\nb\"", "\"\\ud83d!\""};
        QTest::newRow("pattern") << "{\"type\":\"string\",\"pattern\":\"^[A-Z]{2}-\\\\d+(?:\\\\.\\\\d)?$\"}"
                                 << QStringList{"\"AB-12\"", "\"AB-1.5\""}
                                 << QStringList{"\"A-12\"", "\"AB-\"", "\"xAB-12\"", "\"AB-1.\""};
        QTest::newRow("pattern without anchors")
            << "{\"pattern\":\"cat|^dog\"}" << QStringList{"\"cat\"", "\"a cat!\"", "\"dogs\""}
            << QStringList{"\"ct\"", "\"a dog\""};
        QTest::newRow("pattern of what must be escaped")
            << "{\"pattern\":\"^[^a]\\\\\\\\\\\"\\\\n$\"}" << QStringList{"\"b\\\\\\\"\\n\"", "\"\\\"\\\\\\\"\\n\""}
            << QStringList{"\"a\\\\\\\"\\n\"", "\"b\\\"\n\""};
        QTest::newRow("date") << "{\"type\":\"string\",\"format\":\"date\"}" << QStringList{"\"2024-02-29\""}
                              << QStringList{"\"2024-13-01\"", "\"24-01-01\""};
        QTest::newRow("unknown format") << "{\"type\":\"string\",\"format\":\"colour\"}" << QStringList{"\"x\""}
                                        << QStringList{"1"};
        QTest::newRow("types") << "{\"type\":[\"integer\",\"null\"]}" << QStringList{"-3", "null"}
                               << QStringList{"\"a\"", "1.5"};
        QTest::newRow("positive") << "{\"type\":\"number\",\"minimum\":0}" << QStringList{"0", "3.5"}
                                  << QStringList{"-1"};
        QTest::newRow("any of")
            << "{\"anyOf\":[{\"type\":\"boolean\"},{\"type\":\"array\",\"items\":{\"type\":\"boolean\"}}]}"
            << QStringList{"true", "[false]"} << QStringList{"1", "[1]"};
        QTest::newRow("recursion") << "{\"$ref\":\"#/$defs/t\",\"$defs\":{\"t\":{\"type\":\"object\",\"properties\":"
                                      "{\"v\":{\"type\":\"integer\"},\"next\":{\"anyOf\":[{\"$ref\":\"#/$defs/"
                                      "t\"},{\"type\":\"null\"}]}},\"required\":[\"v\",\"next\"]}}}"
                                   << QStringList{"{\"v\":1,\"next\":null}",
                                                  "{\"v\":1,\"next\":{\"v\":2,\"next\":null}}"}
                                   << QStringList{"{\"v\":1}", "{\"v\":1,\"next\":{}}"};
        QTest::newRow("allOf of one") << "{\"allOf\":[{\"type\":\"null\"}],\"title\":\"t\"}" << QStringList{"null"}
                                      << QStringList{"1"};
    }
    void texts()
    {
        QFETCH(QString, schema);
        QFETCH(QStringList, yes);
        QFETCH(QStringList, no);
        Result<Grammar> grammar = Grammar::fromJsonSchema(schema.toStdString());
        QVERIFY2(grammar.has_value(), grammar ? "" : grammar.error().message.c_str());
        GrammarMatcher matcher(std::make_shared<const Grammar>(std::move(*grammar)));
        for (const QString& text : yes)
            QVERIFY2(matcher.mayEnd(matcher.advance(matcher.start(), text.toStdString())), qPrintable(text));
        for (const QString& text : no)
            QVERIFY2(!matcher.mayEnd(matcher.advance(matcher.start(), text.toStdString())), qPrintable(text));
    }

    void integerBounds_data()
    {
        QTest::addColumn<int>("least");
        QTest::addColumn<int>("most");
        for (const auto& [least, most] :
             {std::pair(0, 9), {8, 213}, {-5, -1}, {-120, 37}, {99, 100}, {18, 21}, {0, 0}, {1, 1000}})
            QTest::addRow("%d to %d", least, most) << least << most;
    }
    void integerBounds()
    {
        QFETCH(int, least);
        QFETCH(int, most);
        const std::string schema = "{\"type\":\"integer\",\"exclusiveMinimum\":" + std::to_string(least - 1) +
                                   ",\"maximum\":" + std::to_string(most) + (most < 0 ? "}" : ".5}");
        Result<Grammar> grammar = Grammar::fromJsonSchema(schema);
        QVERIFY(grammar.has_value());
        GrammarMatcher matcher(std::make_shared<const Grammar>(std::move(*grammar)));
        for (int value = -1500; value <= 1500; ++value) {
            const bool fits = matcher.mayEnd(matcher.advance(matcher.start(), std::to_string(value)));
            QVERIFY2(fits == (value >= least && value <= most), std::to_string(value).c_str());
        }
        QCOMPARE(matcher.advance(matcher.start(), "00"), GrammarMatcher::dead);
    }

    void refusals_data()
    {
        QTest::addColumn<QString>("schema");
        QTest::addColumn<bool>("isUnsupported"); // else InvalidArgument
        QTest::addColumn<QString>("message");
        QTest::newRow("keyword") << "{\"properties\":{\"n\":{\"type\":\"number\",\"multipleOf\":2}}}" << true
                                 << "at #/properties/n: 'multipleOf' cannot be put into a grammar";
        QTest::newRow("unique") << "{\"type\":\"array\",\"uniqueItems\":true}" << true << "'uniqueItems'";
        QTest::newRow("not") << "{\"not\":{\"type\":\"null\"}}" << true << "'not'";
        QTest::newRow("number bound") << "{\"type\":\"number\",\"maximum\":3}" << true << "'maximum' of numbers";
        QTest::newRow("two at once") << "{\"type\":\"string\",\"pattern\":\"a\",\"maxLength\":3}" << true
                                     << "more than one of";
        QTest::newRow("siblings") << "{\"anyOf\":[{}],\"properties\":{}}" << true << "'properties' beside 'anyOf'";
        QTest::newRow("all of") << "{\"allOf\":[{},{}]}" << true << "'allOf' with more than one";
        QTest::newRow("far reference") << "{\"$ref\":\"http://example.org/s\"}" << true
                                       << "does not point into this document";
        QTest::newRow("look ahead") << "{\"pattern\":\"(?=a)b\"}" << true << "looks ahead";
        QTest::newRow("word boundary") << "{\"pattern\":\"\\\\bword\"}" << true << "character 2: this escape";
        QTest::newRow("back reference") << "{\"pattern\":\"(a)\\\\1\"}" << true << "this escape";
        QTest::newRow("no JSON") << "{\"type\":" << false << "JSON schema:";
        QTest::newRow("false") << "false" << false << "nothing fits";
        QTest::newRow("type") << "{\"type\":\"int\"}" << false << "unknown type 'int'";
        QTest::newRow("dangling") << "{\"$ref\":\"#/$defs/none\"}" << false << "points at nothing";
        QTest::newRow("endless") << "{\"$ref\":\"#\"}" << false << "left recursion";
        QTest::newRow("bounds") << "{\"type\":\"integer\",\"minimum\":3,\"maximum\":2}" << false << "no whole number";
        QTest::newRow("lengths") << "{\"minLength\":3,\"maxLength\":2}" << false << "below 'minLength'";
        QTest::newRow("no end")
            << "{\"$ref\":\"#/$defs/t\",\"$defs\":{\"t\":{\"type\":\"object\",\"properties\":{\"t\":{\"$ref\":\"#/"
               "$defs/t\"}},\"required\":[\"t\"]}}}"
            << false << "never ends";
    }
    void refusals()
    {
        QFETCH(QString, schema);
        QFETCH(bool, isUnsupported);
        QFETCH(QString, message);
        const Result<Grammar> result = Grammar::fromJsonSchema(schema.toStdString());
        QVERIFY(!result.has_value());
        QVERIFY2(result.error().message.find(message.toStdString()) != std::string::npos,
                 result.error().message.c_str());
        QVERIFY(result.error().code == (isUnsupported ? ErrorCode::Unsupported : ErrorCode::InvalidArgument));
    }
};

QTEST_APPLESS_MAIN(JsonSchemaTest)
#include "json_schema_test.moc"
