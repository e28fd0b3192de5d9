#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "engine/history/export.h"
#include "tests/engine/history/store_fixture.h"

using namespace lemma::engine;
using namespace lemma::tests;

class ExportTest : public QObject {
    Q_OBJECT

private:
    StoreFixture m_fixture;
    SessionId m_session = 0;
    std::optional<HistoryStore> m_store;

private Q_SLOTS:
    void initTestCase()
    {
        const Timestamp time(std::chrono::milliseconds(1738311300250));
        m_store = HistoryStore::open(m_fixture.path(), [time] { return time; }).value();
        m_session = *m_store->createSession(SessionKind::Coding, "A \"title\"", "/m.gguf");
        const MessageId question = *m_store->addMessage(m_session, {}, {Role::User, "Größe?", ""});
        QVERIFY(m_store->addMessage(m_session, question, {Role::Assistant, "not chosen", ""}));
        const MessageId answer = *m_store->beginAnswer(question, "/m.gguf", SamplingParameters{});
        QVERIFY(m_store->appendAnswer(answer, "Hmm.", "$x^2$"));
        QVERIFY(m_store->finishAnswer(answer, EndReason::Length, Usage{}));
    }

    void json()
    {
        const QByteArray text = QByteArray::fromStdString(*exportJson(*m_store, m_session));
        QVERIFY(text.endsWith("}\n"));
        const QJsonObject document = QJsonDocument::fromJson(text).object();
        QCOMPARE(document["format"].toString(), QString("lemma-session"));
        QCOMPARE(document["version"].toInt(), 1);
        QCOMPARE(document["session"]["title"].toString(), QString("A \"title\""));
        QCOMPARE(document["session"]["created"].toString(), QString("2025-01-31T08:15:00.250Z"));
        const QJsonArray messages = document["messages"].toArray();
        QCOMPARE(messages.size(), 3);
        QCOMPARE(messages[0]["content"].toString(), QString("Größe?"));
        QVERIFY(messages[0]["parent"].isNull() && messages[0]["endReason"].isNull());
        QCOMPARE(messages[1]["active"].toBool(), false);
        QCOMPARE(messages[2]["active"].toBool(), true);
        QCOMPARE(messages[2]["thought"].toString(), QString("Hmm."));
        QCOMPARE(messages[2]["endReason"].toString(), QString("length"));
        QVERIFY(messages[2]["sampling"].isObject() && messages[2]["usage"].isObject());
        QCOMPARE(messages[2]["parent"].toInt(), messages[0]["id"].toInt());
    }

    void markdown()
    {
        const std::string expected = "# A \"title\"\n\n*2025-01-31T08:15:00.250Z*\n"
                                     "\n## You\n\nGröße?\n"
                                     "\n## Lemma\n\n$x^2$\n\n*(not finished: length)*\n";
        QCOMPARE(*exportMarkdown(*m_store, m_session, Thoughts::Leave), expected);
        const std::string withThoughts = *exportMarkdown(*m_store, m_session, Thoughts::Include);
        QVERIFY(withThoughts.find("<summary>Thought</summary>\n\nHmm.\n\n</details>\n\n$x^2$") != std::string::npos);
        QVERIFY(withThoughts.find("not chosen") == std::string::npos);
    }

    void missingSession()
    {
        QVERIFY(exportJson(*m_store, 99).error().code == ErrorCode::NotFound);
        QVERIFY(exportMarkdown(*m_store, 99, Thoughts::Leave).error().code == ErrorCode::NotFound);
    }
};

QTEST_APPLESS_MAIN(ExportTest)
#include "export_test.moc"
