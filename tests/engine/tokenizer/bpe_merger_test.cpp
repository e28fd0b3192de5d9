#include <numeric>
#include <random>

#include <QTest>

#include "engine/tokenizer/bpe_merger.h"

using lemma::engine::BpeMerger;
using Tokens = std::vector<std::int32_t>;

namespace {

// A random merge table over the letters a to d, and the definition of byte-pair encoding that it is checked against.
struct RandomMerges {
    struct Entry {
        std::int32_t left, right, merged;
    };
    std::vector<Entry> entries;

    explicit RandomMerges(unsigned seed)
    {
        std::mt19937 random(seed);
        for (std::int32_t merged = 256; merged < 256 + 40; ++merged) {
            const auto pick = [&] {
                const auto choice = static_cast<std::int32_t>(random() % static_cast<unsigned>(merged - 252));
                return choice < 4 ? 'a' + choice : 252 + choice; // a letter, or an earlier merge
            };
            entries.push_back({pick(), pick(), merged});
        }
    }

    Tokens slow(std::string_view text) const
    {
        Tokens tokens;
        for (const char c : text)
            tokens.push_back(static_cast<unsigned char>(c));
        for (;;) {
            std::size_t bestRank = entries.size();
            std::size_t bestAt = 0;
            for (std::size_t i = 0; i + 1 < tokens.size(); ++i)
                for (std::size_t rank = 0; rank < bestRank; ++rank)
                    if (entries[rank].left == tokens[i] && entries[rank].right == tokens[i + 1]) {
                        bestRank = rank;
                        bestAt = i;
                    }
            if (bestRank == entries.size())
                return tokens;
            tokens[bestAt] = entries[bestRank].merged;
            tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(bestAt) + 1);
        }
    }

    BpeMerger fast() const
    {
        std::array<std::int32_t, 256> bytes{};
        std::iota(bytes.begin(), bytes.end(), 0);
        BpeMerger merger(bytes, entries.size());
        for (std::size_t rank = 0; rank < entries.size(); ++rank)
            merger.add(entries[rank].left, entries[rank].right, entries[rank].merged, static_cast<std::int32_t>(rank));
        return merger;
    }
};

} // namespace

class BpeMergerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalsTheDefinition()
    {
        std::mt19937 random(1);
        for (unsigned seed = 0; seed < 40; ++seed) {
            const RandomMerges merges(seed);
            const BpeMerger merger = merges.fast();
            for (int i = 0; i < 40; ++i) {
                std::string text(random() % 120, ' '); // short and long pieces
                for (char& c : text)
                    c = static_cast<char>('a' + random() % 4);
                Tokens tokens{-7};
                merger.encode(text, tokens);
                QCOMPARE(tokens.front(), -7); // appends
                tokens.erase(tokens.begin());
                QCOMPARE(tokens, merges.slow(text));
            }
        }
    }

    void leavesOutBytesWithoutToken()
    {
        std::array<std::int32_t, 256> bytes{};
        bytes.fill(-1);
        bytes['a'] = 1;
        const BpeMerger merger(bytes, 0);
        Tokens tokens;
        merger.encode("xaxxa", tokens);
        QCOMPARE(tokens, (Tokens{1, 1}));
        tokens.clear();
        merger.encode(std::string(1000, 'x'), tokens);
        QCOMPARE(tokens, Tokens{});
    }

    void firstOfTwoMergesOfAPairStays()
    {
        std::array<std::int32_t, 256> bytes{};
        std::iota(bytes.begin(), bytes.end(), 0);
        BpeMerger merger(bytes, 2);
        merger.add('a', 'b', 300, 0);
        merger.add('a', 'b', 301, 1);
        Tokens tokens;
        merger.encode("ab", tokens);
        QCOMPARE(tokens, Tokens{300});
    }
};

QTEST_APPLESS_MAIN(BpeMergerTest)
#include "bpe_merger_test.moc"
