// The real window, driven as a user does: first run, the tutor's journey, Stop, history, errors, hostile text.

#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

#include "app/markdown/prose_view.h"
#include "app/tutor/tutor_turn_view.h"
#include "tests/app/window_fixture.h"

using namespace lemma;
using namespace lemma::app;
using namespace std::chrono_literals;
using tests::WindowFixture;

namespace {

const char* const Thought = "Okay, so I need to find x such that three times x plus five is twenty.\n\n"
                            "Let me subtract 5 from both sides: \\(3x = 15\\), which is easier to solve now.\n\n"
                            "Then dividing by 3 on both sides of the equation gives the value of the unknown.\n\n"
                            "So the final answer is \\(\\boxed{5}\\).";
const char* const Answer = "Subtract 5, then divide by 3. The answer is \\(\\boxed{5}\\).";

} // namespace

class WindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutAModelTheFirstRunPageHelps()
    {
        WindowFixture fixture;
        fixture.open();
        QVERIFY(fixture.find<QWidget>("firstRun"));
        QVERIFY(fixture.visibleText().contains(QStringLiteral("Welcome to Lemma")));
        QVERIFY(fixture.find<QPushButton>("chooseModel"));
        QVERIFY(!fixture.find<QTextEdit>("composer"));

        // Something that is no model is refused; a model is linked and the page makes room for the tutor.
        QFile nonsense(fixture.folder.filePath(QStringLiteral("nonsense.gguf")));
        QVERIFY(nonsense.open(QIODevice::WriteOnly));
        nonsense.write("no model");
        nonsense.close();
        QCOMPARE(fixture.models->add(fixture.path("nonsense.gguf")).error().code, engine::ErrorCode::CorruptFile);
        QFile model(fixture.folder.filePath(QStringLiteral("good.gguf")));
        QVERIFY(model.open(QIODevice::WriteOnly));
        model.write("GGUF, or so it says");
        model.close();
        fixture.addModel("good");
        fixture.window->addModel(fixture.path("good.gguf"));
        QVERIFY(std::filesystem::is_symlink(fixture.path("models") / "good.gguf"));
        QVERIFY(fixture.find<QTextEdit>("composer"));
        QVERIFY(!fixture.find<QWidget>("firstRun"));
    }

    void theTutorsJourney()
    {
        WindowFixture fixture;
        fixture.addModel("scripted");
        fixture.service->enqueue(tests::scriptedAnswer(Thought, Answer, 1ms));
        fixture.open();
        QVERIFY(!fixture.enabled("send"));
        fixture.ask(QStringLiteral("Solve 3x + 5 = 20"));
        QVERIFY(fixture.find<QPushButton>("stop"));

        // What the model was given: the instruction of R1, and the model that is chosen.
        QTRY_COMPARE(fixture.service->requests().size(), 1U);
        const engine::GenerationRequest request = fixture.service->requests().front();
        QVERIFY(request.conversation.back().content.find("\\boxed{}") != std::string::npos);
        QCOMPARE(request.model, fixture.path("models") / "scripted.gguf");

        // It thinks, but nothing of it shows until it is asked for.
        QTRY_VERIFY(fixture.enabled("nextStep"));
        QVERIFY(!fixture.visibleText().contains(QStringLiteral("three times x")));
        fixture.click("nextStep");
        QVERIFY(fixture.visibleText().contains(QStringLiteral("three times x")));
        QVERIFY(!fixture.visibleText().contains(QStringLiteral("subtract 5")));

        // Space does the same, away from buttons and fields.
        QTRY_VERIFY(fixture.find<QPushButton>("send"));
        QWidget* turn = fixture.window->findChild<TutorTurnView*>();
        turn->setFocus();
        QTest::keyClick(turn, Qt::Key_Space);
        QVERIFY(fixture.visibleText().contains(QStringLiteral("subtract 5")));
        while (fixture.find<QPushButton>("nextStep"))
            fixture.click("nextStep");

        // Everything is out, except for what states the answer.
        QVERIFY(fixture.visibleText().contains(QStringLiteral("The answer is covered")));
        QVERIFY(!fixture.visibleText().contains(QStringLiteral("boxed")));
        QVERIFY(!fixture.enabled("compare"));
        fixture.find<QLineEdit>("attempt")->setText(QStringLiteral("x = 5"));
        fixture.click("compare");
        const QString open = fixture.visibleText();
        QVERIFY(!open.contains(QStringLiteral("The answer is covered")));
        QCOMPARE(open.count(QStringLiteral("\\boxed{5}")), 2); // the last step, and the answer
        QVERIFY(open.contains(QStringLiteral("x = 5")));

        // The history has it, and shows it again as it was left.
        auto* sessions = fixture.find<QListView>("sessions");
        QVERIFY(sessions);
        QCOMPARE(sessions->model()->rowCount(), 1);
        fixture.click("newSession");
        QVERIFY(!fixture.visibleText().contains(QStringLiteral("boxed")));
        fixture.window->openSession(fixture.history->sessions().front());
        const QString again = fixture.visibleText();
        QCOMPARE(again.count(QStringLiteral("\\boxed{5}")), 2);
        QVERIFY(again.contains(QStringLiteral("subtract 5")));
        QVERIFY(again.contains(QStringLiteral("Solve 3x + 5 = 20")));
    }

    void theAnswerCanBeAskedFor()
    {
        WindowFixture fixture;
        fixture.addModel("scripted");
        fixture.service->enqueue(tests::scriptedAnswer(Thought, Answer));
        fixture.open();
        fixture.ask(QStringLiteral("Solve"));
        QTRY_VERIFY(fixture.find<QPushButton>("showAnswer"));
        QTRY_VERIFY(fixture.find<QPushButton>("send"));
        QVERIFY(!fixture.visibleText().contains(QStringLiteral("boxed")));
        fixture.click("showAnswer");
        QCOMPARE(fixture.visibleText().count(QStringLiteral("\\boxed{5}")), 1);
    }

    // A session that was closed with a covered answer opens with a covered answer.
    void reopeningUncoversNothing()
    {
        WindowFixture fixture;
        fixture.addModel("scripted");
        fixture.service->enqueue(tests::scriptedAnswer(Thought, Answer));
        fixture.open();
        fixture.ask(QStringLiteral("Solve"));
        QTRY_VERIFY(fixture.find<QPushButton>("send"));
        fixture.click("nextStep");
        fixture.window.reset();
        fixture.open();
        fixture.window->openSession(fixture.history->sessions().front());
        const QString text = fixture.visibleText();
        QVERIFY(text.contains(QStringLiteral("three times x")));
        QVERIFY(!text.contains(QStringLiteral("subtract 5")));
        QVERIFY(!text.contains(QStringLiteral("boxed")));
        QVERIFY(text.contains(QStringLiteral("The answer is covered")));
    }

    void stopWorksAtOnce()
    {
        WindowFixture fixture;
        fixture.addModel("scripted");
        fixture.service->enqueue(tests::scriptedAnswer(Thought, Answer, 1h));
        fixture.service->enqueue(tests::scriptedAnswer("", "Second answer."));
        fixture.open();
        fixture.ask(QStringLiteral("Solve"));
        QVERIFY(fixture.find<QPushButton>("stop"));
        fixture.click("stop");
        QVERIFY(fixture.find<QPushButton>("send")); // without any waiting
        QVERIFY(fixture.visibleText().contains(QStringLiteral("You stopped the model here.")));
        fixture.ask(QStringLiteral("Again"));
        QTRY_VERIFY(fixture.find<QPushButton>("showAnswer"));
    }

    void anErrorSaysWhatToDo()
    {
        WindowFixture fixture;
        fixture.addModel("scripted");
        fixture.service->enqueue(tests::scriptedFailure(engine::ErrorCode::OutOfMemory, "cache of 9 GB"));
        fixture.open();
        fixture.ask(QStringLiteral("Solve"));
        QTRY_VERIFY(fixture.find<QWidget>("notice"));
        const QString text = fixture.visibleText();
        QVERIFY(text.contains(QStringLiteral("not enough memory")));
        QVERIFY(text.contains(QStringLiteral("smaller model")));
        QVERIFY(!text.contains(QStringLiteral("9 GB"))); // only in the details
        QVERIFY(fixture.find<QPushButton>("send"));
    }

    void aCrashIsTold()
    {
        WindowFixture fixture;
        fixture.addModel("scripted");
        {
            auto store = engine::HistoryStore::open(fixture.path("history.sqlite"));
            QVERIFY(store.has_value());
            const auto session = store->createSession(engine::SessionKind::Tutor, "Cut off", "m");
            const auto question = store->addMessage(*session, {}, {engine::Role::User, "Solve it", ""});
            const auto answer = store->beginAnswer(*question, "m", {});
            QVERIFY(store->appendAnswer(*answer, "Okay, so I was about to say that it is", "").has_value());
        } // the writer is gone without having finished
        fixture.history = std::make_unique<HistoryService>(fixture.path("history.sqlite"));
        fixture.open();
        fixture.window->openSession(fixture.history->sessions().front());
        QVERIFY(fixture.visibleText().contains(QStringLiteral("Lemma was closed while this was being written")));
        fixture.click("nextStep");
        QVERIFY(fixture.visibleText().contains(QStringLiteral("about to say")));
    }

    void hostileTextIsText()
    {
        WindowFixture fixture;
        fixture.addModel("scripted");
        const char* const hostile = "<script>alert(1)</script> <img src=\"file:///etc/passwd\"> <b>bold</b> "
                                    "![x](http://example.org/x.png) [y](javascript:alert(1))";
        fixture.service->enqueue(tests::scriptedAnswer("", hostile));
        fixture.open();
        fixture.click("codingTab");
        fixture.ask(QStringLiteral("<i>italic?</i>"));
        QTRY_VERIFY(fixture.find<QPushButton>("send"));
        QTRY_VERIFY(fixture.visibleText().contains(QStringLiteral("<script>alert(1)</script>")));
        const QString text = fixture.visibleText();
        QVERIFY(text.contains(QStringLiteral("<img src=\"file:///etc/passwd\">")));
        QVERIFY(text.contains(QStringLiteral("<b>bold</b>")));
        QVERIFY(text.contains(QStringLiteral("<i>italic?</i>")));
    }

    void deletedSessionsAreGone()
    {
        WindowFixture fixture;
        fixture.addModel("scripted");
        fixture.service->enqueue(tests::scriptedAnswer(Thought, Answer));
        fixture.open();
        fixture.ask(QStringLiteral("Solve"));
        QTRY_VERIFY(fixture.find<QPushButton>("send"));
        const auto session = fixture.history->sessions().front().id;
        QVERIFY(fixture.history->remove(session).has_value());
        QVERIFY(fixture.history->sessions().empty());
        QCOMPARE(fixture.find<QListView>("sessions")->model()->rowCount(), 0);
    }

    void darkAndLight()
    {
        WindowFixture fixture;
        fixture.addModel("scripted");
        fixture.service->enqueue(tests::scriptedAnswer(Thought, Answer));
        fixture.open();
        fixture.ask(QStringLiteral("Solve $x^2$"));
        QTRY_VERIFY(fixture.find<QPushButton>("send"));
        fixture.click("nextStep");
        const auto middle = [&] { return fixture.window->grab().toImage().pixelColor(700, 20).lightness(); };
        const QString before = fixture.visibleText();
        const int light = middle();
        fixture.appearance.setMode(Appearance::Mode::Dark);
        QVERIFY(middle() < 60);
        QVERIFY(light > 200);
        QCOMPARE(fixture.visibleText(), before);
    }

    void destroyedWhileItRuns()
    {
        for (int i = 0; i < 4; ++i) {
            WindowFixture fixture;
            fixture.addModel("scripted");
            fixture.service->enqueue(tests::scriptedAnswer(Thought, Answer, 2ms));
            fixture.open();
            fixture.ask(QStringLiteral("Solve"));
            QTest::qWait(i * 40);
        }
    }

    // A decoder that is faster than the screen: the window stays responsive and gets everything.
    void aFastDecoderDoesNotBlock()
    {
        WindowFixture fixture;
        fixture.addModel("scripted");
        std::string thought;
        for (int i = 0; i < 4000; ++i)
            thought += "This is sentence number " + std::to_string(i) + " of a thought.\n\n";
        fixture.service->enqueue(tests::scriptedAnswer(thought, Answer));
        fixture.open();
        fixture.ask(QStringLiteral("Solve"));
        qint64 longest = 0;
        QElapsedTimer total, frame;
        total.start();
        while (!fixture.find<QPushButton>("send") && total.elapsed() < 60000) {
            frame.start();
            QCoreApplication::processEvents();
            longest = std::max(longest, frame.elapsed());
            QTest::qSleep(1);
        }
        qInfo() << "all there after" << total.elapsed() << "ms; longest turn of the event loop" << longest << "ms";
        QVERIFY(fixture.find<QPushButton>("send"));
        QVERIFY2(longest < 1000, qPrintable(QString::number(longest)));
    }

    void everyControlHasAName()
    {
        WindowFixture fixture;
        fixture.addModel("scripted");
        fixture.service->enqueue(tests::scriptedAnswer(Thought, "```python\nprint(1)\n```"));
        fixture.open();
        fixture.ask(QStringLiteral("Solve"));
        QTRY_VERIFY(fixture.find<QPushButton>("send"));
        fixture.click("nextStep");
        fixture.click("showAnswer");
        const auto all = fixture.window->findChildren<QWidget*>();
        for (QWidget* widget : all) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus)
                continue;
            QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(),
                     qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(widget->metaObject()->className()),
                                                            widget->objectName())));
        }
    }
};

QTEST_MAIN(WindowTest)
#include "window_test.moc"
