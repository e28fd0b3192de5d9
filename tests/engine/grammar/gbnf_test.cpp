// GBNF: what a grammar matches, and what is said about one that is wrong.
#include <memory>

#include <QTest>

#include "engine/grammar/grammar_matcher.h"

using namespace lemma::engine;

namespace {

bool matches(const std::string& gbnf, const std::string& text)
{
    Result<Grammar> grammar = Grammar::fromGbnf(gbnf);
    if (!grammar)
        qFatal("%s", grammar.error().message.c_str());
    GrammarMatcher matcher(std::make_shared<const Grammar>(std::move(*grammar)));
    return matcher.mayEnd(matcher.advance(matcher.start(), text));
}

} // namespace

class GbnfTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void texts_data()
    {
        QTest::addColumn<QString>("grammar");
        QTest::addColumn<QStringList>("yes");
        QTest::addColumn<QStringList>("no");
        QTest::newRow("literal") << "root ::= \"a\\\"b\\x41\\u00e9\"" << QStringList{"a\"bA\u00e9"}
                                 << QStringList{"", "a", "a\"bA\u00e9x"};
        QTest::newRow("alternatives over lines") << "root ::= \"a\" |\n \"b\"\n | \"c\" # end\n"
                                                 << QStringList{"a", "b", "c"} << QStringList{"", "ab", "d"};
        QTest::newRow("an empty alternative")
            << "root ::= \"a\" |\nother ::= \"b\"" << QStringList{"a", ""} << QStringList{"b"};
        QTest::newRow("repetitions") << "root ::= \"a\"* \"b\"+ \"c\"? \"d\"{2} \"e\"{1,} \"f\"{,2} \"g\"{0,1}"
                                     << QStringList{"bdde", "aabbcddeeffg"}
                                     << QStringList{"dde", "bdd", "bde", "bddefff", "bddegg"};
        QTest::newRow("classes") << "root ::= [a-c\\]\\-] [^0-9\\n] ." << QStringList{"ax?", "]\u00e9\U0001F600", "-ab"}
                                 << QStringList{"dxx", "a5x", "a\nx", "ax"};
        QTest::newRow("characters of every length")
            << "root ::= [\\u007f-\\U00010400]+" << QStringList{"\u00e9\u20ac\uffff", QString::fromUcs4(U"\U00010400")}
            << QStringList{"a", QString::fromUcs4(U"\U00010401")};
        QTest::newRow("nested lists") << "root ::= \"[\" (root (\",\" root)*)? \"]\"" << QStringList{"[]", "[[],[[]]]"}
                                      << QStringList{"[", "[,]", "[]]"};
        QTest::newRow("loops of nothing")
            << "root ::= ((\"a\"?)*)* x\nx ::= y?\ny ::= \"b\"?" << QStringList{"", "aaa", "ab"} << QStringList{"ba"};
        QTest::newRow("palindromes") << "root ::= \"a\" root \"a\" | \"b\" root \"b\" | \"c\""
                                     << QStringList{"c", "abacaba"} << QStringList{"abacab", "ab"};
        QTest::newRow("a branch that never ends")
            << "root ::= \"a\" | \"b\" x\nx ::= \"c\" x" << QStringList{"a"} << QStringList{"b", "bc"};
    }
    void texts()
    {
        QFETCH(QString, grammar);
        QFETCH(QStringList, yes);
        QFETCH(QStringList, no);
        for (const QString& text : yes)
            QVERIFY2(matches(grammar.toStdString(), text.toStdString()), qPrintable(text));
        for (const QString& text : no)
            QVERIFY2(!matches(grammar.toStdString(), text.toStdString()), qPrintable(text));
    }

    void errorsNameTheirPlace_data()
    {
        QTest::addColumn<QString>("grammar");
        QTest::addColumn<QString>("message");
        QTest::newRow("undefined") << "root ::= \"a\"\n  b"
                                   << "line 2, column 4: '::=' is expected";
        QTest::newRow("not defined") << "root ::= \"a\" item"
                                     << "line 1, column 14: the rule 'item' is not defined";
        QTest::newRow("twice") << "root ::= \"a\"\nroot ::= \"b\""
                               << "line 2, column 1: the rule 'root' is defined twice";
        QTest::newRow("no root") << "start ::= \"a\""
                                 << "there is no rule 'root'";
        QTest::newRow("empty") << ""
                               << "there is no rule 'root'";
        QTest::newRow("open literal") << "root ::= \"\u00e9a\nb\""
                                      << "line 1, column 13: the line ends";
        QTest::newRow("open parenthesis") << "root ::= (\"a\"\n"
                                          << "the parenthesis of line 1 is not closed";
        QTest::newRow("surplus") << "root ::= \"a\")"
                                 << "line 1, column 13: this does not belong here";
        QTest::newRow("escape") << "root ::= \"\\q\""
                                << "line 1, column 12: unknown escape";
        QTest::newRow("surrogate") << "root ::= \"\\uD800\""
                                   << "U+D800 is no character";
        QTest::newRow("range") << "root ::= [z-a]"
                               << "ends before it begins";
        QTest::newRow("bounds") << "root ::= \"a\"{3,2}"
                                << "{3,2} can never match";
        QTest::newRow("huge bounds") << "root ::= \"a\"{99999}"
                                     << "more than 10000 repetitions";
        QTest::newRow("token") << "root ::= <think>"
                               << "line 1, column 10: references to tokens";
        QTest::newRow("left recursion") << "root ::= \"x\" a\na ::= a \"b\" | \"c\""
                                        << "line 2, column 1: the rule 'a'";
        QTest::newRow("hidden left recursion") << "root ::= ws x\nws ::= \" \"?\nx ::= ws root | \"a\""
                                               << "left recursion";
        QTest::newRow("never ends") << "root ::= \"a\" root"
                                    << "never ends";
        QTest::newRow("too large") << "root ::= (\"abcd\"{100}){100}{100}"
                                   << "too large";
        QTest::newRow("too deep") << "root ::= " + QString(150, '(') + "\"a\"" + QString(150, ')')
                                  << "nested too deeply";
        QTest::newRow("endless repeats") << "root ::= \"a\"" + QString(5000, '*') << "nested too deeply";
    }
    void errorsNameTheirPlace()
    {
        QFETCH(QString, grammar);
        QFETCH(QString, message);
        const Result<Grammar> result = Grammar::fromGbnf(grammar.toStdString());
        QVERIFY(!result.has_value());
        QVERIFY(result.error().code == ErrorCode::InvalidArgument);
        QVERIFY2(result.error().message.find(message.toStdString()) != std::string::npos,
                 result.error().message.c_str());
    }

    void brokenUtf8IsNeverAllowed()
    {
        Result<Grammar> grammar = Grammar::fromGbnf("root ::= .*");
        GrammarMatcher matcher(std::make_shared<const Grammar>(std::move(*grammar)));
        for (const char* bytes : {"\x80", "\xC0\x80", "\xE0\x80", "\xED\xA0", "\xF0\x80", "\xF4\x90", "\xFF"})
            QCOMPARE(matcher.advance(matcher.start(), bytes), GrammarMatcher::dead);
        QVERIFY(!matcher.mayEnd(matcher.advance(matcher.start(), "\xE2\x82")));
        QVERIFY(matcher.mayEnd(matcher.advance(matcher.start(), "\xE2\x82\xAC")));
    }

    void listsOfAnyLengthStayFlat()
    {
        Result<Grammar> grammar = Grammar::fromGbnf("root ::= item | item \",\" root\nitem ::= [0-9]+");
        GrammarMatcher matcher(std::make_shared<const Grammar>(std::move(*grammar)));
        GrammarMatcher::State state = matcher.start();
        for (int i = 0; i < 1000; ++i)
            state = matcher.advance(state, "12,");
        QVERIFY(matcher.stateCount() < 10);
        QVERIFY(!matcher.mayEnd(state));
        QVERIFY(matcher.mayEnd(matcher.advance(state, "3")));
    }

    void compactingKeepsTheState()
    {
        Result<Grammar> grammar = Grammar::fromGbnf("root ::= \"[\" (root (\",\" root)*)? \"]\"");
        GrammarMatcher matcher(std::make_shared<const Grammar>(std::move(*grammar)));
        GrammarMatcher::State state = matcher.advance(matcher.start(), "[[],[[");
        const std::size_t before = matcher.stateCount();
        state = matcher.compact(state);
        QVERIFY(matcher.stateCount() < before);
        QVERIFY(matcher.mayEnd(matcher.advance(state, "]]]")));
        QVERIFY(!matcher.mayEnd(matcher.advance(state, "]]")));
        QCOMPARE(matcher.advance(state, "]]]]"), GrammarMatcher::dead);
        QVERIFY(matcher.mayEnd(matcher.advance(matcher.start(), "[]")));
    }

    // S -> x S S | x has exponentially many ways to read x^n: that ends in a plain refusal, not in a full memory.
    void ambiguityEnds()
    {
        Result<Grammar> grammar = Grammar::fromGbnf("root ::= s\ns ::= \"x\" s s | \"x\"");
        GrammarMatcher matcher(std::make_shared<const Grammar>(std::move(*grammar)));
        const GrammarMatcher::State state = matcher.advance(matcher.start(), std::string(20000, 'x'));
        QVERIFY(state != GrammarMatcher::dead || matcher.failed());
    }
};

QTEST_APPLESS_MAIN(GbnfTest)
#include "gbnf_test.moc"
