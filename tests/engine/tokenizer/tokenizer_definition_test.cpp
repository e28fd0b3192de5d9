// Definitions from broken files are refused, and small ones do what their fields say.

#include <QTest>

#include "engine/tokenizer/byte_alphabet.h"
#include "engine/tokenizer/tokenizer.h"

using namespace lemma::engine;

namespace {

TokenizerDefinition bytesOnly()
{
    TokenizerDefinition definition;
    definition.preTokenizer = "gpt-2";
    for (int byte = 0; byte < 256; ++byte)
        definition.tokens.push_back(byteSpelling(static_cast<std::uint8_t>(byte)));
    definition.kinds.assign(256, TokenKind::Normal);
    return definition;
}

TokenId add(TokenizerDefinition& definition, const std::string& text, TokenKind kind)
{
    definition.tokens.push_back(text);
    definition.kinds.push_back(kind);
    return static_cast<TokenId>(definition.tokens.size() - 1);
}

using Break = void (*)(TokenizerDefinition&);

} // namespace
Q_DECLARE_METATYPE(Break)

class TokenizerDefinitionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusesBrokenDefinitions_data()
    {
        QTest::addColumn<Break>("damage");
        const auto row = [](const char* name, Break damage) { QTest::newRow(name) << damage; };
        row("no tokens", [](TokenizerDefinition& d) { d = {}; });
        row("kinds missing", [](TokenizerDefinition& d) { d.kinds.pop_back(); });
        row("too many kinds", [](TokenizerDefinition& d) { d.kinds.push_back(TokenKind::Normal); });
        row("token twice", [](TokenizerDefinition& d) { add(d, "a", TokenKind::Normal); });
        row("bos too large", [](TokenizerDefinition& d) { d.bos = 256; });
        row("bos negative", [](TokenizerDefinition& d) { d.bos = -1; });
        row("eos too large", [](TokenizerDefinition& d) { d.eos = INT32_MAX; });
        row("padding too large", [](TokenizerDefinition& d) { d.padding = 256; });
        row("end of generation too large", [](TokenizerDefinition& d) { d.endOfGeneration = {3, 256}; });
        row("empty merge", [](TokenizerDefinition& d) { d.merges = {""}; });
        row("merge of one", [](TokenizerDefinition& d) { d.merges = {"a"}; });
        row("merge without a right side", [](TokenizerDefinition& d) { d.merges = {"a "}; });
        row("merge without a left side", [](TokenizerDefinition& d) { d.merges = {" a"}; });
        row("merge of unknown tokens", [](TokenizerDefinition& d) { d.merges = {"xx yy"}; });
        row("merge into an unknown token", [](TokenizerDefinition& d) { d.merges = {"a b"}; });
    }
    void refusesBrokenDefinitions()
    {
        QFETCH(Break, damage);
        TokenizerDefinition definition = bytesOnly();
        QVERIFY(Tokenizer::fromDefinition(definition).has_value());
        damage(definition);
        const auto result = Tokenizer::fromDefinition(definition);
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().code, ErrorCode::CorruptFile);
    }

    void unknownPreTokenizerIsTreatedAsGpt2()
    {
        TokenizerDefinition definition = bytesOnly();
        definition.preTokenizer = "from-the-future";
        const auto tokenizer = Tokenizer::fromDefinition(definition);
        QVERIFY(tokenizer.has_value());
        QCOMPARE(tokenizer->decode(tokenizer->encode("a b", SpecialTokens::AsText)), std::string("a b"));
    }

    void tellsWhatItWasGiven()
    {
        TokenizerDefinition definition = bytesOnly();
        const TokenId bos = add(definition, "<bos>", TokenKind::Control);
        const TokenId eos = add(definition, "<eos>", TokenKind::Control);
        const TokenId eot = add(definition, "<eot>", TokenKind::Control);
        const TokenId filler = add(definition, "[PAD]", TokenKind::Unused);
        add(definition, "", TokenKind::Unused);
        add(definition, "", TokenKind::Unused);
        definition.bos = bos;
        definition.eos = eos;
        definition.endOfGeneration = {eot};
        definition.addBos = true;
        const auto tokenizer = Tokenizer::fromDefinition(definition);
        QVERIFY(tokenizer.has_value());
        QCOMPARE(tokenizer->vocabularySize(), 262);
        QCOMPARE(tokenizer->bos(), std::optional(bos));
        QCOMPARE(tokenizer->eos(), std::optional(eos));
        QVERIFY(tokenizer->addBos());
        QVERIFY(tokenizer->isEndOfGeneration(eos));
        QVERIFY(tokenizer->isEndOfGeneration(eot));
        QVERIFY(!tokenizer->isEndOfGeneration(bos));
        QVERIFY(!tokenizer->isEndOfGeneration(-1));
        QCOMPARE(tokenizer->find("<eot>"), std::optional(eot));
        QCOMPARE(tokenizer->find("[PAD]"), std::optional<TokenId>());
        QCOMPARE(tokenizer->find("a"), std::optional<TokenId>()); // not special
        QCOMPARE(tokenizer->bytes(bos), std::string_view("<bos>"));
        QCOMPARE(tokenizer->bytes(filler), std::string_view("[PAD]"));
        QCOMPARE(tokenizer->bytes(' '), std::string_view(" "));
        QCOMPARE(tokenizer->bytes(-1), std::string_view());
        QCOMPARE(tokenizer->bytes(262), std::string_view());
        QCOMPARE(tokenizer->kind(262), TokenKind::Unused);
        // Filler is never matched.
        QCOMPARE(tokenizer->encode("[PAD]", SpecialTokens::Parse).size(), 5u);
    }

    void specialTokensOnlyWhereAllowed()
    {
        TokenizerDefinition definition = bytesOnly();
        const TokenId turn = add(definition, "<｜User｜>", TokenKind::Control);
        const TokenId think = add(definition, "<think>", TokenKind::UserDefined);
        const auto tokenizer = Tokenizer::fromDefinition(definition);
        QVERIFY(tokenizer.has_value());
        QCOMPARE(tokenizer->encode("a<｜User｜><think>", SpecialTokens::Parse),
                 (std::vector<TokenId>{'a', turn, think}));
        const auto asText = tokenizer->encode("a<｜User｜><think>", SpecialTokens::AsText);
        QCOMPARE(asText.size(), 1 + std::string("<｜User｜>").size() + 1);
        QCOMPARE(asText.back(), think);
        QCOMPARE(tokenizer->decode(asText), std::string("a<｜User｜><think>"));
    }

    void wholeWordsFirst()
    {
        // "abc" is in the vocabulary but no merge leads to it.
        TokenizerDefinition definition = bytesOnly();
        const TokenId word = add(definition, "abc", TokenKind::Normal);
        const auto merging = Tokenizer::fromDefinition(definition);
        for (int i = 0; i < 2; ++i) // the second time the answer is remembered
            QCOMPARE(merging->encode("abc", SpecialTokens::AsText), (std::vector<TokenId>{'a', 'b', 'c'}));
        definition.preTokenizer = "llama-bpe";
        const auto whole = Tokenizer::fromDefinition(definition);
        QCOMPARE(whole->encode("abc", SpecialTokens::AsText), std::vector<TokenId>{word});
        QCOMPARE(whole->encode("abcd", SpecialTokens::AsText), (std::vector<TokenId>{'a', 'b', 'c', 'd'}));
    }
};

QTEST_APPLESS_MAIN(TokenizerDefinitionTest)
#include "tokenizer_definition_test.moc"
