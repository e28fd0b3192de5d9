// Masks over a small vocabulary, compared with trying every token by itself.
#include <cmath>
#include <memory>
#include <random>

#include <QTest>

#include "engine/grammar/token_constraint.h"
#include "engine/tokenizer/byte_alphabet.h"

using namespace lemma::engine;

namespace {

// All bytes, some words that cross what a grammar cares about, an end, and a control token.
Tokenizer makeTokenizer()
{
    TokenizerDefinition definition;
    definition.preTokenizer = "gpt-2";
    const auto add = [&](std::string_view bytes, TokenKind kind) {
        std::string spelling;
        for (const char c : bytes)
            spelling += byteSpelling(static_cast<std::uint8_t>(c));
        definition.tokens.push_back(kind == TokenKind::Control ? std::string(bytes) : spelling);
        definition.kinds.push_back(kind);
    };
    for (int byte = 0; byte < 256; ++byte)
        add(std::string(1, static_cast<char>(byte)), TokenKind::Normal);
    for (const char* word :
         {"{\"", "\":", "\", \"", "true", "tru", "name", "\xE2\x82", "\xAC\"", "\xC3\xA9t", "}}", "[[", "]]"})
        add(word, TokenKind::Normal);
    add("<end>", TokenKind::Control);
    definition.eos = static_cast<TokenId>(definition.tokens.size() - 1);
    add("<other>", TokenKind::Control);
    return *Tokenizer::fromDefinition(std::move(definition));
}

constexpr TokenId endToken = 268;
constexpr TokenId otherControl = 269;

class Setup {
public:
    explicit Setup(const char* gbnf)
        : tokenizer(makeTokenizer()),
          grammar(std::make_shared<const Grammar>(*Grammar::fromGbnf(gbnf))),
          constraint(grammar, std::make_shared<const VocabularyTrie>(tokenizer), tokenizer)
    {
    }

    std::vector<TokenId> allowed()
    {
        std::vector<float> logits(static_cast<std::size_t>(tokenizer.vocabularySize()) + 5, 1.0F);
        std::vector<TokenId> tokens;
        if (!constraint.filter(logits))
            return tokens;
        for (std::size_t i = 0; i < logits.size(); ++i)
            if (std::isfinite(logits[i]))
                tokens.push_back(static_cast<TokenId>(i));
        return tokens;
    }

    Tokenizer tokenizer;
    std::shared_ptr<const Grammar> grammar;
    TokenConstraint constraint;
};

} // namespace

class TokenConstraintTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void masksAreWhatSingleTokensGive()
    {
        Setup setup("root ::= \"{\" pair (\",\" \" \"? pair)* \"}\" | \"[\" root* \"]\"\n"
                    "pair ::= \"\\\"\" [a-z\\u20AC\\u00E9\"]* \"\\\":\" (\"true\" | root)");
        std::mt19937 random(5);
        for (int run = 0; run < 30; ++run) {
            setup.constraint.rewind(0);
            GrammarMatcher matcher(setup.grammar);
            GrammarMatcher::State state = matcher.start();
            for (int step = 0; step < 40; ++step) {
                std::vector<TokenId> expected;
                for (TokenId id = 0; id < endToken; ++id)
                    if (matcher.advance(state, setup.tokenizer.bytes(id)) != GrammarMatcher::dead)
                        expected.push_back(id);
                if (matcher.mayEnd(state))
                    expected.push_back(endToken);
                QCOMPARE(setup.allowed(), expected);
                QVERIFY(!setup.constraint.allows(otherControl));
                const TokenId chosen = expected[random() % expected.size()];
                if (chosen == endToken)
                    break;
                QVERIFY(setup.constraint.accept(chosen).has_value());
                state = matcher.advance(state, setup.tokenizer.bytes(chosen));
            }
        }
    }

    void theEndIsAllowedExactlyWhereTheTextIsWhole()
    {
        Setup setup("root ::= \"true\" \"!\"?");
        QVERIFY(!setup.constraint.allows(endToken));
        QVERIFY(setup.constraint.accept(260).has_value()); // "tru"
        QVERIFY(!setup.constraint.mayEnd());
        QVERIFY(setup.constraint.accept('e').has_value());
        QVERIFY(setup.constraint.mayEnd());
        QCOMPARE(setup.allowed(), (std::vector<TokenId>{'!', endToken}));
        QVERIFY(setup.constraint.accept('!').has_value());
        QCOMPARE(setup.allowed(), std::vector<TokenId>{endToken});
    }

    void tokensMayCutCharacters()
    {
        Setup setup("root ::= \"\\\"\" \"\\u20AC\" \"\\\"\"");
        QVERIFY(setup.constraint.accept('"').has_value());
        QCOMPARE(setup.allowed(), (std::vector<TokenId>{0xE2, 262}));
        QVERIFY(setup.constraint.accept(262).has_value());
        QCOMPARE(setup.allowed(), (std::vector<TokenId>{0xAC, 263}));
        QVERIFY(setup.constraint.accept(263).has_value());
        QVERIFY(setup.constraint.mayEnd());
    }

    void rewindGoesBack()
    {
        Setup setup("root ::= [a-c]* \"!\"");
        for (const TokenId token : {'a', 'b', '!'})
            QVERIFY(setup.constraint.accept(token).has_value());
        QCOMPARE(setup.allowed(), std::vector<TokenId>{endToken});
        QVERIFY(!setup.constraint.accept('a').has_value());
        QCOMPARE(setup.constraint.position(), 3);
        setup.constraint.rewind(1);
        QCOMPARE(setup.allowed(), (std::vector<TokenId>{'!', 'a', 'b', 'c'}));
        QVERIFY(setup.constraint.accept('c').has_value());
    }

    void longTextsDoNotFillTheMemory()
    {
        // Every depth is a state of its own, so that old ones are forgotten on the way and read again when asked for.
        Setup setup("root ::= \"[\" root? \"]\"");
        for (int i = 0; i < 20000; ++i) {
            QVERIFY(setup.constraint.accept('[').has_value());
            if (i % 500 == 0)
                QVERIFY(setup.constraint.allows(']'));
        }
        setup.constraint.rewind(5);
        for (int i = 0; i < 5; ++i) {
            QVERIFY(!setup.constraint.mayEnd());
            QVERIFY(setup.constraint.accept(']').has_value());
        }
        QVERIFY(setup.constraint.mayEnd());
    }
};

QTEST_APPLESS_MAIN(TokenConstraintTest)
#include "token_constraint_test.moc"
