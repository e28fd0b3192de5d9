// kill -9 at random moments while an answer is generated: afterwards everything but the last second is there.
#include <algorithm>
#include <memory>
#include <vector>

#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include "tests/engine/history/kill_script.h"
#include "tests/engine/history/store_fixture.h"

using namespace lemma::engine;
using namespace lemma::tests;

namespace {

constexpr int rounds = 60;
constexpr int atOnce = 6; // the victims mostly sleep

std::int64_t microseconds()
{
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

struct Victim {
    StoreFixture fixture;
    QProcess process;
    int lifetime = 0; // milliseconds until it is killed
    std::int64_t killed = 0;
};

std::string expected(int begin, int end)
{
    std::string text;
    for (int i = begin; i < end; ++i)
        text += killScriptToken(i);
    return text;
}

// What the victim told before it died.
struct Told {
    std::optional<MessageId> answer;
    int oldTokens = 0; // shown at least a second before the kill
    bool finished = false;
    std::vector<std::int64_t> times; // when each token was shown
};

Told parse(const QByteArray& output, std::int64_t killed)
{
    Told told;
    for (const QByteArray& line : output.split('\n')) {
        const QList<QByteArray> words = line.split(' ');
        if (words[0] == "asked" && words.size() == 2) {
            told.answer = words[1].toLongLong();
        } else if (words[0] == "finished") {
            told.finished = true;
        } else if (words[0] == "shown" && words.size() == 3) {
            told.times.push_back(words[2].toLongLong());
            if (told.times.back() <= killed - 1'000'000)
                told.oldTokens = words[1].toInt();
        }
    }
    return told;
}

int countTokens(const std::string& text) { return static_cast<int>(std::count(text.begin(), text.end(), 'w')); }

} // namespace

class KillTest : public QObject {
    Q_OBJECT

private:
    int m_asked = 0, m_crashed = 0, m_complete = 0;
    double m_worstLoss = 0; // seconds between the first missing token and the kill

    void check(const Victim& victim, const QByteArray& output)
    {
        const Told told = parse(output, victim.killed);
        const auto store = HistoryStore::open(victim.fixture.path());
        QVERIFY2(store, "the history does not open");
        QVERIFY2(store->checkIntegrity(), "integrity");
        if (!told.answer)
            return; // killed before the question was reported as stored
        ++m_asked;
        const StoredMessage answer = *store->message(*told.answer);
        QCOMPARE(store->message(*answer.parent)->message.content, std::string("the question"));
        const int found = countTokens(answer.message.thought) + countTokens(answer.message.content);
        // An exact beginning of the text, divided at the right place between thought and answer.
        QCOMPARE(answer.message.thought, expected(0, std::min(found, killScriptThought)));
        QCOMPARE(answer.message.content, expected(killScriptThought, std::max(found, killScriptThought)));
        QVERIFY2(found >= told.oldTokens, qPrintable(QString("%1 < %2").arg(found).arg(told.oldTokens)));
        const std::size_t firstMissing = static_cast<std::size_t>(found);
        if (firstMissing < told.times.size())
            m_worstLoss = std::max(m_worstLoss, static_cast<double>(victim.killed - told.times[firstMissing]) / 1e6);
        if (told.finished)
            QVERIFY(answer.endReason == EndReason::Eos && found == killScriptTokens);
        QVERIFY(answer.endReason == EndReason::Eos || answer.endReason == EndReason::Crash);
        ++(answer.endReason == EndReason::Crash ? m_crashed : m_complete);
    }

private Q_SLOTS:
    void everythingButTheLastSecondIsThere()
    {
        QRandomGenerator random(20250131);
        for (int round = 0; round < rounds; round += atOnce) {
            std::vector<std::unique_ptr<Victim>> victims;
            for (int i = 0; i < atOnce; ++i) {
                auto victim = std::make_unique<Victim>();
                victim->lifetime = random.bounded(40, 3000);
                victim->process.start(LEMMA_KILL_WRITER,
                                      {QString::fromStdString(victim->fixture.path()), QString::number(round + i)});
                victims.push_back(std::move(victim));
            }
            std::sort(victims.begin(), victims.end(),
                      [](const auto& a, const auto& b) { return a->lifetime < b->lifetime; });
            const std::int64_t start = microseconds();
            for (const auto& victim : victims) {
                const std::int64_t wait = victim->lifetime - (microseconds() - start) / 1000;
                QTest::qSleep(static_cast<int>(std::max<std::int64_t>(wait, 1)));
                victim->killed = microseconds();
                victim->process.kill();
            }
            for (const auto& victim : victims) {
                victim->process.waitForFinished();
                check(*victim, victim->process.readAllStandardOutput());
                if (QTest::currentTestFailed())
                    return;
            }
        }
        qInfo("%d kills, %d after the question was stored: %d answers ended as crash, %d complete; at most %.3f s of "
              "text lost",
              rounds, m_asked, m_crashed, m_complete, m_worstLoss);
        QVERIFY(m_asked >= 50);
        QVERIFY(m_crashed >= 25);
    }
};

QTEST_GUILESS_MAIN(KillTest)
#include "kill_test.moc"
