// The window with the real engine and the starter model: a problem goes in, steps and an answer come out, Stop stops.

#include <QApplication>
#include <QElapsedTimer>
#include <QTest>

#include "app/tutor/tutor_turn_view.h"
#include "engine/catalogue/installed_models.h"
#include "engine/runtime/local_engine.h"
#include "tests/app/window_fixture.h"
#include "tests/support/test_paths.h"

using namespace lemma;
using namespace lemma::app;
using tests::WindowFixture;

class RealModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!std::filesystem::exists(tests::starterModel()))
            QSKIP("no starter model: whole suite");
    }

    void aProblemIsAnswered()
    {
        WindowFixture fixture;
        prepare(fixture);
        fixture.ask(QStringLiteral("Solve 3x + 5 = 20. Answer in one short sentence."));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.find<QPushButton>("showAnswer"), 60000);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.find<QPushButton>("send"), 240000);
        QVERIFY(fixture.enabled("nextStep"));
        fixture.click("nextStep");
        fixture.click("showAnswer");
        const QString answer = fixture.window->findChild<TutorTurnView*>()->turn().answer();
        qInfo().noquote() << answer.left(400);
        qInfo().noquote() << fixture.find<QLabel>("phase")->text();
        QVERIFY(answer.size() > 10);
        const auto stored = fixture.history->branch(fixture.history->sessions().front().id);
        QCOMPARE(toQString(std::string_view(stored->back().message.content)), answer);
    }

    void stopStops()
    {
        WindowFixture fixture;
        prepare(fixture);
        fixture.ask(QStringLiteral("Write a very long story about the number seven."));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.find<QPushButton>("showAnswer"), 60000);
        QElapsedTimer timer;
        timer.start();
        fixture.click("stop");
        QVERIFY(fixture.find<QPushButton>("send"));
        const qint64 shown = timer.elapsed();
        // The engine itself ends within a step: the next question is answered at once. In a session of its own, because
        // the model imitates the answer that was cut short, and three words may come and go between two looks here.
        fixture.click("newSession");
        fixture.ask(QStringLiteral("Write a very long story about the number eight."));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.find<QLabel>("phase")->text().startsWith(QStringLiteral("Answering")), 60000);
        qInfo() << "stop shown after" << shown << "ms, the next answer began after" << timer.elapsed() << "ms";
        QVERIFY(shown < 100);
        fixture.click("stop");
    }

private:
    static void prepare(WindowFixture& fixture)
    {
        fixture.engine = std::make_unique<engine::LocalEngine>();
        fixture.installed.push_back(engine::inspectModel(tests::starterModel()));
        fixture.open();
    }
};

QTEST_MAIN(RealModelTest)
#include "real_model_test.moc"
