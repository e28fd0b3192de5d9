// Random pairs of expressions, the same or different by construction: no verdict may be wrong. And what is printed of
// them, in LaTeX and in plain text, is read back as the same.
//
// LEMMA_PAIRS=10000 tries so many instead of 2000; LEMMA_PAIRS_SEED=7 tries others; LEMMA_PAIRS_FILE=pairs.jsonl writes
// them with their verdicts for compare_pairs_with_sympy.py.
#include <array>
#include <cstdlib>
#include <fstream>
#include <string>

#include <QTest>
#include <nlohmann/json.hpp>

#include "tests/support/independent_value.h"
#include "tests/support/random_pairs.h"
#include "tutor/checker/equality.h"
#include "tutor/math/parser.h"
#include "tutor/math/print.h"

using namespace lemma::tests;
using namespace lemma::tutor;

class RandomPairsTest : public QObject {
    Q_OBJECT

private slots:
    void noVerdictIsWrong();
    void whatIsPrintedIsReadBack();
};

static int numberFrom(const char* variable, int otherwise)
{
    const char* text = std::getenv(variable);
    return text == nullptr ? otherwise : std::atoi(text);
}

static RandomPairs source() { return RandomPairs(static_cast<std::uint32_t>(numberFrom("LEMMA_PAIRS_SEED", 1))); }

void RandomPairsTest::noVerdictIsWrong()
{
    const int count = numberFrom("LEMMA_PAIRS", 2000);
    const char* path = std::getenv("LEMMA_PAIRS_FILE");
    std::ofstream file;
    if (path != nullptr)
        file.open(path);
    RandomPairs pairs = source();
    std::array<std::array<int, 3>, 2> verdicts{};
    int wrong = 0, proved = 0;
    for (int i = 0; i < count; ++i) {
        const ExpressionPair pair = pairs.next();
        const Verdict verdict = compare(pair.left, pair.right);
        ++verdicts[pair.equal ? 1 : 0][static_cast<std::size_t>(verdict.equality)];
        proved += verdict.equality == Equality::Equal && verdict.reason != ReasonKind::Points ? 1 : 0;
        if (verdict.equality == (pair.equal ? Equality::Different : Equality::Equal)) {
            ++wrong;
            qWarning("wrong: %s is %s of %s (%s; %s)", toPlain(pair.right).c_str(),
                     std::string(equalityName(verdict.equality)).c_str(), toPlain(pair.left).c_str(),
                     pair.rules.c_str(), verdict.sentence.c_str());
        }
        if (path != nullptr)
            file << nlohmann::json{{"left", sympyText(pair.left)},
                                   {"right", sympyText(pair.right)},
                                   {"equal", pair.equal},
                                   {"verdict", equalityName(verdict.equality)},
                                   {"rules", pair.rules}}
                 << '\n';
    }
    const auto& same = verdicts[1];
    const auto& other = verdicts[0];
    qInfo("%d equal pairs: %d equal (%d of them proved), %d unknown; %d different pairs: %d different, %d unknown; "
          "%d wrong",
          same[0] + same[1] + same[2], same[0], proved, same[2], other[0] + other[1] + other[2], other[1], other[2],
          wrong);
    QCOMPARE(wrong, 0);
    // A checker that decides nothing is never wrong either.
    QVERIFY(10 * (same[2] + other[2]) < count);
}

// Sums in sums and products in products are spelt as one.
static Expr flat(const Expr& e)
{
    std::vector<Expr> args;
    for (const Expr& given : e->args) {
        Expr arg = flat(given);
        const bool merge = arg->kind == e->kind && (e->kind == Kind::Add || e->kind == Kind::Multiply);
        if (merge)
            args.insert(args.end(), arg->args.begin(), arg->args.end());
        else
            args.push_back(std::move(arg));
    }
    return args.empty() ? e : withArguments(*e, std::move(args));
}

void RandomPairsTest::whatIsPrintedIsReadBack()
{
    const int count = numberFrom("LEMMA_PAIRS", 2000);
    RandomPairs pairs = source();
    int sameTrees = 0;
    for (int i = 0; i < count; ++i) {
        const ExpressionPair pair = pairs.next();
        for (const std::string& printed : {toLatex(pair.right), toPlain(pair.right)}) {
            const ParseResult again = parseMath(printed);
            QVERIFY2(again.has_value(), printed.c_str());
            if (sameTree(flat(*again), flat(pair.right))) {
                ++sameTrees;
                continue;
            }
            const std::string trees = printed + "\n" + toTreeText(pair.right) + "\n" + toTreeText(*again);
            QVERIFY2(!surelyDiffer(*again, pair.right), trees.c_str());
            QVERIFY2(compare(*again, pair.right).equality != Equality::Different, trees.c_str());
        }
    }
    qInfo("%d of %d texts were read back as the same tree, the others as another of the same value", sameTrees,
          2 * count);
}

QTEST_APPLESS_MAIN(RandomPairsTest)
#include "random_pairs_test.moc"
