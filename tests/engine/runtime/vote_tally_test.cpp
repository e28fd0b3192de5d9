#include <algorithm>
#include <functional>
#include <random>

#include <QTest>

#include "engine/runtime/vote_tally.h"

using namespace lemma::engine;

namespace {

bool equal(const std::string& a, const std::string& b) { return a == b; }

// The winner's answer when chain order[k] says ballots[k]; an empty ballot abstains.
std::string winnerOf(const std::vector<int>& order, const std::vector<std::string>& ballots)
{
    VoteTally tally(static_cast<int>(order.size()), equal);
    for (std::size_t k = 0; k < order.size(); ++k) {
        if (ballots[k].empty())
            tally.abstain(order[k]);
        else
            tally.vote(order[k], ballots[k]);
    }
    return tally.groups().empty() ? std::string() : tally.ranking().front().answer;
}

// Every winner that the outstanding votes could still bring about.
void possibleWinners(const std::vector<int>& order, std::vector<std::string> ballots, std::vector<std::string>& out)
{
    if (ballots.size() == order.size()) {
        out.push_back(winnerOf(order, ballots));
        return;
    }
    for (const char* ballot : {"", "a", "b", "c", "new"}) {
        ballots.emplace_back(ballot);
        possibleWinners(order, ballots, out);
        ballots.pop_back();
    }
}

} // namespace

class VoteTallyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void groupsByTheCallersEquality()
    {
        VoteTally tally(4, [](const std::string& a, const std::string& b) { return a.size() == b.size(); });
        QCOMPARE(tally.vote(2, "xx"), 0);
        QCOMPARE(tally.vote(0, "y"), 1);
        QCOMPARE(tally.vote(3, "zz"), 0);
        const std::vector<VoteGroup> ranking = tally.ranking();
        QCOMPARE(ranking.front().answer, std::string("xx"));
        QVERIFY(ranking.front().chains == std::vector<int>({2, 3}));
        QVERIFY(!tally.decided()); // chain 1 could tie
        tally.abstain(1);
        QVERIFY(tally.decided());
    }

    void aTieGoesToTheLowestChain()
    {
        QCOMPARE(winnerOf({3, 1, 0, 2}, {"a", "b", "a", "b"}), std::string("a"));
        QCOMPARE(winnerOf({3, 1, 2, 0}, {"a", "b", "a", "b"}), std::string("b"));
    }

    // Compared with trying all ways in which the rest could vote: whenever it says so, no way changes the winner.
    void decidedMeansThatNothingCanChange()
    {
        std::mt19937 random(1);
        int decidedBeforeTheEnd = 0;
        for (int round = 0; round < 200; ++round) {
            std::vector<int> order{0, 1, 2, 3, 4, 5};
            std::ranges::shuffle(order, random);
            VoteTally tally(6, equal);
            std::vector<std::string> ballots;
            for (std::size_t k = 0; k < order.size(); ++k) {
                const auto choice = random() % 6;
                ballots.emplace_back(choice < 3 ? "a" : choice < 4 ? "b" : choice < 5 ? "c" : "");
                if (ballots.back().empty())
                    tally.abstain(order[k]);
                else
                    tally.vote(order[k], ballots.back());
                const std::size_t left = order.size() - k - 1;
                if (left > 3)
                    continue;
                std::vector<std::string> winners;
                possibleWinners(order, ballots, winners);
                const bool fixed = std::ranges::all_of(winners, [&](const auto& w) { return w == winners.front(); });
                if (tally.decided()) {
                    QVERIFY(fixed);
                    decidedBeforeTheEnd += left > 0;
                }
            }
            QVERIFY(tally.decided());
        }
        QVERIFY(decidedBeforeTheEnd > 20);
    }
};

QTEST_APPLESS_MAIN(VoteTallyTest)
#include "vote_tally_test.moc"
