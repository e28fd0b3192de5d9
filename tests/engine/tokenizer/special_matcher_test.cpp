#include <QTest>

#include "engine/tokenizer/special_matcher.h"

using namespace lemma::engine;

class SpecialMatcherTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsTheLeftmostAndThereTheLongest()
    {
        const SpecialMatcher matcher({{"<a>", 1}, {"<a>b", 2}, {"b<a>", 3}, {"", 4}, {"<", 5}});
        const auto at = [&](std::string_view text, std::size_t from) {
            const auto match = matcher.find(text, from);
            return match ? std::vector<int>{static_cast<int>(match->begin), static_cast<int>(match->end), match->token}
                         : std::vector<int>{};
        };
        QCOMPARE(at("x<a>bc", 0), (std::vector<int>{1, 5, 2}));
        QCOMPARE(at("x<a>c", 0), (std::vector<int>{1, 4, 1}));
        QCOMPARE(at("b<a>b", 0), (std::vector<int>{0, 4, 3}));
        QCOMPARE(at("b<a>b", 1), (std::vector<int>{1, 5, 2}));
        QCOMPARE(at("x<ax", 0), (std::vector<int>{1, 2, 5}));
        QCOMPARE(at("xyz", 0), std::vector<int>{});
        QCOMPARE(at("", 0), std::vector<int>{});
        QCOMPARE(at("<a>", 3), std::vector<int>{});
    }

    void knowsExactSpellings()
    {
        const SpecialMatcher matcher({{"<think>", 1}, {"<｜User｜>", 2}});
        QCOMPARE(matcher.exact("<｜User｜>"), std::optional(2));
        QCOMPARE(matcher.exact("<think> "), std::optional<int>());
        QCOMPARE(matcher.exact("<thin"), std::optional<int>());
        QCOMPARE(matcher.exact(""), std::optional<int>());
        QVERIFY(!SpecialMatcher({}).find("anything", 0));
    }
};

QTEST_APPLESS_MAIN(SpecialMatcherTest)
#include "special_matcher_test.moc"
