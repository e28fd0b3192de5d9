// Engine callbacks to signals: order, Stop, replacement, destruction, a fast decoder.

#include <QSignalSpy>
#include <QTest>

#include "app/bridge/generation_session.h"
#include "tests/support/scripted_service.h"

using namespace lemma;
using namespace lemma::app;
using namespace std::chrono_literals;

using Finished = engine::Result<engine::GenerationSummary>;

class GenerationSessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsEverythingInOrder()
    {
        tests::ScriptedService service;
        service.enqueue(tests::scriptedAnswer("one two three", "four five", 1ms));
        GenerationSession session(service);
        QString thought, answer, order;
        bool loaded = false;
        connect(&session, &GenerationSession::loading, this, [&] { loaded = true; });
        connect(&session, &GenerationSession::reading, this, [&] { order += u'r'; });
        connect(&session, &GenerationSession::thoughtAppended, this, [&](const QString& text) {
            thought += text;
            order += u't';
        });
        connect(&session, &GenerationSession::thoughtEnded, this, [&] { order += u'e'; });
        connect(&session, &GenerationSession::answerAppended, this, [&](const QString& text) {
            answer += text;
            order += u'a';
        });
        QSignalSpy finished(&session, &GenerationSession::finished);
        session.start({});
        QVERIFY(session.isRunning());
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(!session.isRunning());
        QVERIFY(loaded);
        QCOMPARE(thought, QStringLiteral("one two three"));
        QCOMPARE(answer, QStringLiteral("four five"));
        QCOMPARE(session.generatedTokens(), 5);
        QVERIFY2(QRegularExpression(QStringLiteral("^r+t+ea+$")).match(order).hasMatch(), qPrintable(order));
        QCOMPARE(finished.front().front().value<Finished>()->reason, engine::EndReason::Eos);
    }

    void errorsArrive()
    {
        tests::ScriptedService service;
        service.enqueue(tests::scriptedFailure(engine::ErrorCode::OutOfMemory, "no room"));
        GenerationSession session(service);
        QSignalSpy finished(&session, &GenerationSession::finished);
        session.start({});
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(finished.front().front().value<Finished>().error().code, engine::ErrorCode::OutOfMemory);
    }

    void stopTakesEffectAtOnce()
    {
        tests::ScriptedService service;
        service.enqueue(tests::scriptedAnswer("a long thought that goes on and on", "never", 1h));
        service.enqueue(tests::scriptedAnswer("", "second"));
        GenerationSession session(service);
        QSignalSpy finished(&session, &GenerationSession::finished);
        session.start({});
        session.stop();
        QCOMPARE(finished.size(), 1); // before stop() returned
        QCOMPARE(finished.front().front().value<Finished>()->reason, engine::EndReason::Cancelled);
        session.stop();
        QCOMPARE(finished.size(), 1);
        session.start({});
        QTRY_COMPARE(finished.size(), 2);
        QCOMPARE(finished.back().front().value<Finished>()->reason, engine::EndReason::Eos);
    }

    void aNewRequestReplacesTheOld()
    {
        tests::ScriptedService service;
        service.enqueue(tests::scriptedAnswer("", "old old old old", 20ms));
        service.enqueue(tests::scriptedAnswer("", "new"));
        GenerationSession session(service);
        QString answer;
        connect(&session, &GenerationSession::answerAppended, this, [&](const QString& text) { answer += text; });
        QSignalSpy finished(&session, &GenerationSession::finished);
        session.start({});
        session.start({});
        QTRY_COMPARE(finished.size(), 1);
        QTest::qWait(100);
        QCOMPARE(finished.size(), 1);
        QCOMPARE(answer, QStringLiteral("new"));
    }

    // 60,000 events while the GUI sleeps are one wake-up and one signal.
    void aFastDecoderDoesNotFlood()
    {
        tests::ScriptedService service;
        std::string words;
        for (int i = 0; i < 60000; ++i)
            words += "word ";
        service.enqueue(tests::scriptedAnswer(words, "end"));
        GenerationSession session(service);
        QSignalSpy pieces(&session, &GenerationSession::thoughtAppended);
        QSignalSpy wakeUps(&session, &GenerationSession::wakeUp);
        QSignalSpy finished(&session, &GenerationSession::finished);
        session.start({});
        QTest::qSleep(1000);
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
        qsizetype length = 0;
        for (const auto& piece : pieces)
            length += piece.front().toString().size();
        QCOMPARE(length, static_cast<qsizetype>(QString::fromStdString(words).size()));
        QVERIFY2(pieces.size() < 2000, qPrintable(QString::number(pieces.size())));
    }

    void destroyedWhileRunning()
    {
        tests::ScriptedService service;
        for (int i = 0; i < 30; ++i) {
            service.enqueue(tests::scriptedAnswer("many words come here while we leave", "more words", 1ms));
            GenerationSession session(service);
            session.start({});
            QTest::qWait(i % 5);
        }
    }
};

QTEST_GUILESS_MAIN(GenerationSessionTest)
#include "generation_session_test.moc"
