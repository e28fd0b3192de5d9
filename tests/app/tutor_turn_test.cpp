// The rules of the tutor page without its widgets: what is ready, what is covered, when it opens.

#include <QTest>

#include "app/tutor/tutor_progress.h"
#include "app/tutor/tutor_turn.h"

#include <QTemporaryDir>

using namespace lemma;
using namespace lemma::app;

namespace {

const QString Thought =
    QStringLiteral("Okay, so we need to find x such that three times x plus five is twenty.\n\n"
                   "Let me subtract 5 from both sides: \\(3x = 15\\), which is easier to solve now.\n\n"
                   "Then dividing by 3 on both sides of the equation gives the value of the unknown.\n\n"
                   "So the final answer is \\(\\boxed{5}\\).");

} // namespace

class TutorTurnTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stepsComeOneAtATime()
    {
        TutorTurn turn;
        for (const QChar c : Thought)
            turn.appendThought(c);
        turn.endThought();
        QVERIFY(turn.steps().size() >= 3);
        QCOMPARE(turn.revealedCount(), 0);
        const int all = turn.readyCount();
        for (int i = 1; i <= all; ++i) {
            QVERIFY(turn.revealNext());
            QCOMPARE(turn.revealedCount(), i);
            QCOMPARE(turn.readyCount(), all - i);
        }
        QVERIFY(!turn.revealNext());
    }

    void boxedStepsStayCovered()
    {
        TutorTurn turn;
        turn.appendThought(Thought);
        turn.endThought();
        turn.appendAnswer(QStringLiteral("\\(\\boxed{5}\\)"));
        turn.finish();
        QVERIFY(turn.covers(turn.steps().back()));
        QVERIFY(!turn.covers(turn.steps().front()));
        turn.release(QStringLiteral("5"));
        QVERIFY(!turn.covers(turn.steps().back()));
        QCOMPARE(turn.attempt(), QStringLiteral("5"));
    }

    void withoutAThoughtTheAnswerIsCut()
    {
        TutorTurn turn;
        turn.appendAnswer(Thought);
        turn.finish();
        QVERIFY(!turn.hasThought());
        QVERIFY(turn.steps().size() >= 3);
        QCOMPARE(turn.answer(), Thought);
    }

    void stoppedInTheMiddle()
    {
        TutorTurn turn;
        turn.appendThought(QStringLiteral("Okay, let me th"));
        QCOMPARE(turn.readyCount(), 0);
        turn.finish();
        QCOMPARE(turn.readyCount(), 1);
        turn.finish();
        QCOMPARE(turn.readyCount(), 1);
    }

    void progressIsKept()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("deep/er/tutor.ini"));
        TutorProgress(file).save(7, {3, true, QStringLiteral("x = 5, \"maybe\"")});
        const TutorProgress::Entry entry = TutorProgress(file).load(7);
        QCOMPARE(entry.revealed, 3);
        QVERIFY(entry.released);
        QCOMPARE(entry.attempt, QStringLiteral("x = 5, \"maybe\""));
        QVERIFY(!TutorProgress(file).load(8).released);
    }
};

QTEST_APPLESS_MAIN(TutorTurnTest)
#include "tutor_turn_test.moc"
