// Several chains for one question, through the program, with a tiny model of random weights: what is told and what the
// history holds fit together.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "tests/app/cli/cli_fixture.h"
#include "tests/support/tiny_chat_model.h"

using namespace lemma::tests;

namespace {

struct Told {
    QJsonObject started, consensus, finished;
    QList<QJsonObject> ends;
    QStringList chainTexts; // thought, "|", answer
    QString text;
};

Told told(const QByteArray& output, qsizetype chains)
{
    Told told;
    QStringList thoughts(chains), answers(chains);
    QString thought, answer;
    for (const QByteArray& line : output.split('\n')) {
        if (line.isEmpty())
            continue;
        const QJsonObject event = QJsonDocument::fromJson(line).object();
        const QString kind = event["event"].toString();
        if (kind == "started")
            told.started = event;
        else if (kind == "consensus")
            told.consensus = event;
        else if (kind == "finished")
            told.finished = event;
        else if (kind == "chain-end")
            told.ends << event;
        else if (kind == "thought")
            thought += event["text"].toString();
        else if (kind == "answer")
            answer += event["text"].toString();
        else if (kind == "chain")
            (event["thought"].toBool() ? thoughts : answers)[event["chain"].toInt()] += event["text"].toString();
    }
    told.text = thought + "|" + answer;
    for (qsizetype i = 0; i < chains; ++i)
        told.chainTexts << thoughts[i] + "|" + answers[i];
    return told;
}

} // namespace

class ChainsTest : public QObject {
    Q_OBJECT

private:
    CliFixture m_cli{QString(LEMMA_BINARY_DIR "/lemma-cli")};

    QStringList question(const QStringList& options) const
    {
        return QStringList{"ask",
                           "--model",
                           m_cli.modelPath(),
                           "--seed",
                           "7",
                           "--threads",
                           "1",
                           "--max-tokens",
                           "120",
                           "--temperature",
                           "1.5",
                           "--thinking-budget",
                           "20",
                           "2 + 2 = ?"} +
               options;
    }

    QJsonArray storedMessages(const QJsonValue& session) const
    {
        const QByteArray text =
            m_cli.run({"history", "export", "--session", QString::number(session.toInt()), "--format", "json"}).output;
        return QJsonDocument::fromJson(text).object()["messages"].toArray();
    }

private Q_SLOTS:
    void initTestCase() { TinyChatModel().write(m_cli.modelPath().toStdString()); }

    void aVoteIsToldAndStored()
    {
        const CliResult result = m_cli.run(question({"--chains", "8", "--vote", "--all-chains", "--json"}));
        QVERIFY2(result.exitCode == 0, result.errors.constData());
        const Told run = told(result.output, 8);
        QCOMPARE(run.ends.size(), 8);
        QCOMPARE(run.finished["reason"].toString().isEmpty(), false);
        const int winner = run.consensus["winner"].toInt(-1);
        QCOMPARE(run.text, run.chainTexts[winner]);
        QVERIFY(QSet<QString>(run.chainTexts.begin(), run.chainTexts.end()).size() > 4);

        const QJsonArray chains = run.consensus["chains"].toArray();
        QCOMPARE(chains.size(), 8);
        int tokens = 0, votes = 0;
        for (int i = 0; i < 8; ++i) {
            const QJsonObject chain = chains[i].toObject();
            QCOMPARE(chain["seed"].toInt(), 7 + i);
            QCOMPARE(chain["thought"].toString() + "|" + chain["answer"].toString(), run.chainTexts[i]);
            tokens += chain["thoughtTokens"].toInt() + chain["answerTokens"].toInt();
            votes += chain["ballot"].isString() ? 1 : 0;
        }
        QVERIFY(votes > 0);
        QCOMPARE(run.consensus["votes"].toInt(), votes);
        QCOMPARE(run.consensus["tokens"].toInt(), tokens);
        QList<int> voters;
        for (const QJsonValue group : run.consensus["groups"].toArray())
            for (const QJsonValue chain : group["chains"].toArray())
                voters << chain.toInt();
        QCOMPARE(voters.size(), votes);
        QCOMPARE(QSet<int>(voters.begin(), voters.end()).size(), votes);
        QVERIFY(run.consensus["groups"][0]["chains"].toArray().contains(winner));

        // The question, and each chain as an answer to it that can be made again.
        const QJsonArray stored = storedMessages(run.started["session"]);
        QCOMPARE(stored.size(), 9);
        const QJsonObject kept = stored[1]["consensus"].toObject();
        QCOMPARE(stored[1]["id"].toInt(), run.started["answer"].toInt());
        QCOMPARE(stored[1]["active"].toBool(), true);
        QCOMPARE(kept["winner"].toInt(), winner);
        QCOMPARE(kept["groups"].toArray(), run.consensus["groups"].toArray());
        for (int i = 0; i < 8; ++i) {
            const QString message = QString::number(kept["chains"][i]["message"].toInt());
            const CliResult again = m_cli.run({"replay", "--session", QString::number(run.started["session"].toInt()),
                                               "--message", message, "--verify"});
            QCOMPARE(again.output, QByteArray("identical\n"));
        }
    }

    void theBestOfSome()
    {
        const CliResult result = m_cli.run(question({"--best-of", "4", "--score", "format", "--json"}));
        QVERIFY2(result.exitCode == 0, result.errors.constData());
        const Told run = told(result.output, 4);
        QCOMPARE(run.ends.size(), 4);
        for (const QJsonObject& end : run.ends)
            QCOMPARE(end["score"].toDouble(-1), 0.0); // nonsense holds no box
        QCOMPARE(run.consensus["winner"].toInt(), 0);
        QCOMPARE(run.text, run.chainTexts[0]);
        const CliResult plain = m_cli.run(question({"--best-of", "2"}));
        QCOMPARE(plain.exitCode, 0);
        QVERIFY(plain.output.size() > 1);
    }

    void aSmallCacheChangesNothing()
    {
        const QStringList vote = question({"--chains", "6", "--vote", "--all-chains", "--json", "--no-history"});
        const Told roomy = told(m_cli.run(vote).output, 6);
        const CliResult result = m_cli.run(vote + QStringList{"--cache-memory", "64K"});
        QVERIFY2(result.exitCode == 0, result.errors.constData());
        QCOMPARE(told(result.output, 6).chainTexts, roomy.chainTexts);
        QCOMPARE(told(result.output, 6).consensus["winner"], roomy.consensus["winner"]);
    }

    void senselessOptionsAreRefused()
    {
        QCOMPARE(m_cli.run(question({"--chains", "8"})).exitCode, 2);
        QCOMPARE(m_cli.run(question({"--vote"})).exitCode, 2);
        QCOMPARE(m_cli.run(question({"--chains", "0", "--vote"})).exitCode, 2);
        QCOMPARE(m_cli.run(question({"--chains", "2", "--vote", "--best-of", "2"})).exitCode, 2);
        QCOMPARE(m_cli.run(question({"--best-of", "2", "--score", "accuracy"})).exitCode, 2);
        QCOMPARE(m_cli.run(question({"--best-of", "2", "--score", "beauty"})).exitCode, 2);
        QCOMPARE(m_cli.run(question({"--cache-memory", "much"})).exitCode, 2);
        QCOMPARE(m_cli.run({"ask", "--model", m_cli.modelPath(), "--temperature", "0", "--chains", "2", "--vote", "x"})
                     .exitCode,
                 2);
    }
};

QTEST_GUILESS_MAIN(ChainsTest)
#include "chains_test.moc"
