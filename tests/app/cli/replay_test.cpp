// Budgets, replay, branches and going on, through the program, with a tiny model of random weights.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include "tests/app/cli/cli_fixture.h"
#include "tests/support/random_adapter.h"
#include "tests/support/tiny_chat_model.h"

using namespace lemma::tests;

class ReplayTest : public QObject {
    Q_OBJECT

private:
    CliFixture m_cli{QString(LEMMA_BINARY_DIR "/lemma-cli")};
    QString m_model;

    struct Answer {
        QString thought, answer, session;
        QJsonObject finished;
        QList<QJsonObject> steps;
        QString text() const { return thought + "|" + answer; }
    };

    static Answer read(const QByteArray& output)
    {
        Answer answer;
        for (const QByteArray& line : output.split('\n')) {
            const QJsonObject event = QJsonDocument::fromJson(line).object();
            const QString kind = event["event"].toString();
            if (kind == "started")
                answer.session = QString::number(event["session"].toInt());
            else if (kind == "thought")
                answer.thought += event["text"].toString();
            else if (kind == "answer")
                answer.answer += event["text"].toString();
            else if (kind == "step")
                answer.steps << event;
            else if (kind == "finished")
                answer.finished = event;
        }
        return answer;
    }

    QStringList question(int seed, const QStringList& more = {}) const
    {
        return QStringList{"ask", "--json", "--model", m_model, "--seed", QString::number(seed), "--threads", "1"} +
               more + QStringList{"2 + 2 = ?"};
    }

    // A random model ends when it likes: the first of many seeds with which it ends so.
    Answer reaching(const QString& reason, const QStringList& options) const
    {
        Answer answer;
        for (int seed = 1; seed < 60 && answer.finished["reason"].toString() != reason; ++seed)
            answer = read(m_cli.run(question(seed, options)).output);
        return answer;
    }

    void writeAdapter(const QString& path, std::uint32_t seed) const
    {
        const auto model = lemma::engine::GgufFile::open(m_model.toStdString());
        writeFile(path.toStdString(), randomAdapter(*model, {.seed = seed}).bytes());
    }

    QByteArray replayed(const QString& session, const QStringList& more = {}) const
    {
        return m_cli.run(QStringList{"replay", "--session", session, "--verify"} + more).output;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_model = m_cli.directory() + "/models/tiny.gguf";
        TinyChatModel model;
        model.contextLength = 2048;
        model.write(m_model.toStdString());
    }

    void budgetsAndReplay()
    {
        for (const QStringList& options :
             {QStringList{"--thinking-budget", "40"}, QStringList{"--thinking-budget", "0.001s"},
              QStringList{"--answer-now-after", "12"}, QStringList{"--think-in", "de"}}) {
            const CliResult result = m_cli.run(question(3, options + QStringList{"--max-tokens", "200"}));
            QVERIFY2(result.exitCode == 0, result.errors.constData());
            const Answer answer = read(result.output);
            QCOMPARE(replayed(answer.session), QByteArray("identical\n"));
            QCOMPARE(replayed(answer.session, {"--threads", "3"}), QByteArray("identical\n"));
        }
        QCOMPARE(m_cli.run(question(3, {"--thinking-budget", "soon"})).exitCode, 2);
        QCOMPARE(m_cli.run(question(3, {"--think-in", "tlh"})).exitCode, 2);
        QCOMPARE(m_cli.run({"replay", "--session", "4711"}).exitCode, 3);
    }

    void grammarsAndAdaptersBelongToARun()
    {
        const QString grammar = m_cli.directory() + "/answer.gbnf", adapter = m_cli.directory() + "/adapter.gguf";
        QFile file(grammar);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("root ::= \"(\" [a-f]+ \")\"");
        file.close();
        writeAdapter(adapter, 1);
        const QStringList limits{"--thinking-budget", "30", "--max-tokens", "150"};
        for (const QStringList& options :
             {QStringList{"--grammar", grammar}, QStringList{"--lora", adapter + ":0.5"},
              QStringList{"--lora", adapter, "--lora", adapter + ":0.25", "--lora-mode", "merge"}}) {
            int changed = 0; // of several seeds: a random model may end before anything could make a difference
            for (int seed = 1; seed <= 4; ++seed) {
                const CliResult result = m_cli.run(question(seed, options + limits));
                QVERIFY2(result.exitCode == 0, result.errors.constData());
                const Answer answer = read(result.output);
                changed += answer.text() != read(m_cli.run(question(seed, limits)).output).text() ? 1 : 0;
                if (options.front() == "--grammar" && !answer.answer.isEmpty())
                    QVERIFY(answer.answer.trimmed().startsWith("("));
                QCOMPARE(replayed(answer.session), QByteArray("identical\n"));
                QCOMPARE(replayed(answer.session, {"--threads", "3"}), QByteArray("identical\n"));
            }
            QVERIFY(changed > 0);
        }
        // The file is gone, or another one now.
        const Answer answer = read(m_cli.run(question(3, {"--lora", adapter})).output);
        writeAdapter(adapter, 2);
        CliResult result = m_cli.run({"replay", "--session", answer.session, "--verify"});
        QCOMPARE(result.exitCode, 2);
        QVERIFY(result.errors.contains("another adapter"));
        QFile::remove(adapter);
        result = m_cli.run({"replay", "--session", answer.session, "--verify"});
        QCOMPARE(result.exitCode, 3);
        QVERIFY(result.errors.contains("adapter.gguf"));
        QCOMPARE(m_cli.run(question(3, {"--lora", adapter})).exitCode, 3);
        QCOMPARE(m_cli.run(question(3, {"--lora", m_model})).exitCode, 2);
        QCOMPARE(m_cli.run(question(3, {"--lora", m_model + ":much"})).exitCode, 2);
    }

    void aGrammarBindsWhatIsGoneOnWith()
    {
        const QString grammar = m_cli.directory() + "/long.gbnf";
        QFile file(grammar);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("root ::= [a-f]{60}");
        file.close();
        const Answer cut =
            read(m_cli.run(question(3, {"--grammar", grammar, "--thinking-budget", "0", "--max-tokens", "20"})).output);
        QCOMPARE(cut.finished["reason"].toString(), QString("length"));
        const Answer whole =
            read(m_cli.run({"ask", "--continue", "--session", cut.session, "--json", "--max-tokens", "20"}).output);
        QVERIFY(whole.answer.size() > cut.answer.size());
        QVERIFY2(QRegularExpression("^\\s*[a-f]+$").match(whole.answer).hasMatch(), qPrintable(whole.answer));
        QCOMPARE(replayed(cut.session), QByteArray("identical\n"));
    }

    void aChangedModelIsNoticed()
    {
        const Answer answer = read(m_cli.run(question(5)).output);
        TinyChatModel other;
        other.contextLength = 2048;
        other.seed = 2;
        other.write(m_model.toStdString());
        const CliResult result = m_cli.run({"replay", "--session", answer.session, "--verify"});
        initTestCase();
        QCOMPARE(result.exitCode, 2);
        QVERIFY(result.errors.contains("another model file"));
    }

    void goesOnWhereTheLimitCutItOff()
    {
        const Answer cut = reaching("length", {"--max-tokens", "30"});
        QCOMPARE(cut.finished["reason"].toString(), QString("length"));
        const CliResult result =
            m_cli.run({"ask", "--continue", "--session", cut.session, "--json", "--max-tokens", "50"});
        QVERIFY2(result.exitCode == 0, result.errors.constData());
        const Answer whole = read(result.output);
        QVERIFY(whole.thought.startsWith(cut.thought));
        QVERIFY(whole.text().size() > cut.text().size());
        QCOMPARE(replayed(cut.session), QByteArray("identical\n"));
        QCOMPARE(m_cli.run({"ask", "--continue"}).exitCode, 2);
    }

    void aStepIsChangedAndTheOldPathStays()
    {
        Answer first;
        for (int seed = 1; seed < 60 && first.steps.empty(); ++seed)
            first = read(m_cli.run(question(seed, {"--max-tokens", "1500"})).output);
        QVERIFY(!first.steps.isEmpty());
        const QJsonObject step = first.steps.last();
        const CliResult result =
            m_cli.run({"branch", "--session", first.session, "--step", QString::number(step["index"].toInt()), "--edit",
                       "Differently now.", "--json"});
        QVERIFY2(result.exitCode == 0, result.errors.constData());
        const Answer second = read(result.output);
        const QByteArray kept = first.thought.toUtf8().left(step["begin"].toInt());
        QVERIFY(second.thought.toUtf8().startsWith(kept + "Differently now."));
        QCOMPARE(replayed(first.session), QByteArray("identical\n")); // of the branch
        const QJsonArray messages =
            QJsonDocument::fromJson(m_cli.run({"history", "export", "--session", first.session}).output)
                .object()["messages"]
                .toArray();
        QCOMPARE(messages.size(), 3);
        QCOMPARE(messages[1]["parent"].toInt(), messages[2]["parent"].toInt());
        QCOMPARE(messages[1]["thought"].toString(), first.thought);
        QCOMPARE(m_cli.run({"branch", "--session", first.session, "--step", "9999", "--edit", "x"}).exitCode, 3);
    }
};

QTEST_GUILESS_MAIN(ReplayTest)
#include "replay_test.moc"
