// What a grammar costs a token, with the vocabulary of the starter model: the first mask of each state of the grammar
// (a walk over the vocabulary) and every further one.
#include <algorithm>
#include <chrono>
#include <memory>

#include <QTest>

#include "engine/gguf/gguf_file.h"
#include "engine/grammar/token_constraint.h"
#include "tests/support/test_paths.h"

using namespace lemma::engine;
using Clock = std::chrono::steady_clock;

class GrammarBenchmark : public QObject {
    Q_OBJECT

private:
    std::filesystem::path m_model;

private Q_SLOTS:
    void initTestCase()
    {
        m_model = lemma::tests::starterModel();
        if (m_model.empty())
            QSKIP("needs the starter model");
    }

    void costOfAToken()
    {
        const auto file = GgufFile::open(m_model);
        QVERIFY(file.has_value());
        const auto tokenizer = Tokenizer::fromGguf(*file);
        QVERIFY(tokenizer.has_value());
        const auto milliseconds = [](Clock::time_point since) {
            return std::chrono::duration<double, std::milli>(Clock::now() - since).count();
        };
        const auto made = Clock::now();
        const auto vocabulary = std::make_shared<const VocabularyTrie>(*tokenizer);
        qInfo("vocabulary of %zu tokens, %zu nodes: %.1f ms, once a model", vocabulary->vocabularySize(),
              vocabulary->nodes().size(), milliseconds(made));
        auto grammar = Grammar::fromJsonSchema(R"({"type":"object","properties":{"title":{"type":"string"},
            "tags":{"type":"array","items":{"type":"string","maxLength":60}},"n":{"type":"number"}},"additionalProperties":true})");
        QVERIFY(grammar.has_value());
        TokenConstraint constraint(std::make_shared<const Grammar>(std::move(*grammar)), vocabulary, *tokenizer);
        std::string words;
        for (int i = 0; i < 60; ++i)
            words += "A title of many words, number " + std::to_string(i) + ". ";
        const std::string text = "{\"title\": \"" + words +
                                 "\", \"tags\": [\"one\", \"a longer tag of the list\"], \"n\": -12.5e3, " +
                                 "\"more\": {\"nested\": [[1, 2], [true, null]], \"text\": \"" + words + "\"}}";
        for (const char* round : {"first time", "again"}) {
            constraint.rewind(0);
            std::vector<double> times;
            for (const TokenId token : tokenizer->encode(text, SpecialTokens::AsText)) {
                std::vector<float> logits(vocabulary->vocabularySize(), 0.0F);
                const auto begin = Clock::now();
                QVERIFY(constraint.filter(logits).has_value());
                QVERIFY(constraint.accept(token).has_value());
                times.push_back(milliseconds(begin));
            }
            std::ranges::sort(times);
            double sum = 0;
            for (const double time : times)
                sum += time;
            qInfo("%s, %zu tokens: mean %.3f ms, median %.3f ms, 99%% below %.3f ms, most %.3f ms", round, times.size(),
                  sum / static_cast<double>(times.size()), times[times.size() / 2], times[times.size() * 99 / 100],
                  times.back());
        }
        QVERIFY(constraint.mayEnd());
    }
};

QTEST_APPLESS_MAIN(GrammarBenchmark)
#include "grammar_benchmark.moc"
