// Takes pictures of the window for the README and for looking at: LEMMA_SCREENSHOTS=<folder> names where they go, else
// the whole suite is skipped. QT_SCALE_FACTOR=1.5 takes them at 150 %.

#include <QDir>
#include <QGuiApplication>
#include <QLineEdit>
#include <QScrollBar>
#include <QTest>

#include "app/coding/run_result_view.h"
#include "app/tutor/tutor_turn_view.h"
#include "app/widgets/transcript.h"
#include "app/widgets/translations.h"
#include "tests/app/window_fixture.h"

using namespace lemma;
using namespace lemma::app;
using namespace std::chrono_literals;
using tests::WindowFixture;

namespace {

const char* const Problem = "A rectangle has perimeter 34 and area 60. How long is its diagonal?";

const char* const Thought =
    R"(Okay, so I need the diagonal of a rectangle whose perimeter is \(34\) and whose area is \(60\). Let the sides be \(a\) and \(b\).

First, let me write down what is given as equations:
\[
2(a+b) = 34 \quad\Longrightarrow\quad a+b = 17, \qquad ab = 60.
\]

The diagonal is \(d = \sqrt{a^2+b^2}\), and I know the sum and the product of the sides. There is an identity that connects them:
\[
a^2 + b^2 = (a+b)^2 - 2ab.
\]

So \(d^2 = 17^2 - 2\cdot 60 = 289 - 120 = 169\), and this is a square number, which is a good sign.

Wait, let me check that with the sides themselves. They are the roots of \(t^2 - 17t + 60 = 0\):
\[
t = \frac{17 \pm \sqrt{289 - 240}}{2} = \frac{17 \pm 7}{2},
\]
so \(t = 12\) or \(t = 5\). Then \(\sqrt{12^2 + 5^2} = \sqrt{169}\). It matches.

So the final answer is \(\boxed{13}\).)";

const char* const Answer = R"(Let the sides be \(a\) and \(b\).

1. The perimeter gives \(a + b = 17\), the area gives \(ab = 60\).
2. By Pythagoras, and without finding the sides:

\[
d = \sqrt{a^2+b^2} = \sqrt{(a+b)^2 - 2ab} = \sqrt{289 - 120} = \sqrt{169}
\]

The diagonal is \(\boxed{13}\).)";

const char* const CodeThought = "The user wants the first primes. A sieve is simple and fast enough.";
const char* const CodeAnswer =
    R"(A sieve of Eratosthenes marks the multiples of each prime; what stays unmarked is prime:

```python
def primes_below(limit: int) -> list[int]:
    """All primes smaller than `limit`."""
    is_prime = [True] * limit
    is_prime[:2] = [False, False]
    for n in range(2, int(limit**0.5) + 1):
        if is_prime[n]:
            for multiple in range(n * n, limit, n):
                is_prime[multiple] = False
    return [n for n in range(limit) if is_prime[n]]

print(*primes_below(100))
```

It takes \(O(n \log\log n)\) steps:

| limit | primes | time |
|------:|-------:|-----:|
| \(10^3\) | 168 | 0.1 ms |
| \(10^6\) | 78,498 | 160 ms |
)";

} // namespace

class Screenshots : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("LEMMA_SCREENSHOTS"))
            QSKIP("LEMMA_SCREENSHOTS names no folder: whole suite");
        QVERIFY(QDir().mkpath(folder()));
    }

    void firstRun()
    {
        WindowFixture fixture;
        prepare(fixture, nullptr);
        save(fixture, "first-run");
    }

    void troubleInASmallWindow()
    {
        WindowFixture fixture;
        prepare(fixture, "SmolLM2-135M-Instruct.Q4_1");
        fixture.window->resize(640, 560);
        fixture.service->enqueue(tests::scriptedFailure(engine::ErrorCode::OutOfMemory, "KV cache: 1.2 GiB"));
        fixture.ask(QString::fromUtf8(Problem));
        QTRY_VERIFY(fixture.find<QWidget>("notice"));
        save(fixture, "trouble");
        fixture.service->enqueue(tests::scriptedAnswer(Thought, Answer, 1h));
        fixture.ask(QStringLiteral("A long problem that takes more than one line: ").repeated(4));
        fixture.click("stop");
        save(fixture, "stopped");
    }

    void pages_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void pages()
    {
        QFETCH(bool, dark);
        const QString suffix = dark ? QStringLiteral("-dark") : QString();
        WindowFixture fixture;
        fixture.appearance.setMode(dark ? Appearance::Mode::Dark : Appearance::Mode::Light);
        prepare(fixture, "DeepSeek-R1-Distill-Qwen-7B Q4_K_M");
        fillHistory(fixture);
        save(fixture, "empty" + suffix);

        fixture.service->enqueue(tests::scriptedAnswer(Thought, Answer, 40ms));
        fixture.ask(QString::fromUtf8(Problem));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.enabled("nextStep"), 20000);
        fixture.click("nextStep");
        QTest::qWait(2500);
        save(fixture, "streaming" + suffix);
        fixture.click("stop");
        fixture.click("newSession");
        QVERIFY(fixture.history->remove(fixture.history->sessions().front().id).has_value());

        fixture.service->enqueue(tests::scriptedAnswer(Thought, Answer, 5ms));
        fixture.ask(QString::fromUtf8(Problem));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.find<QPushButton>("send"), 60000);
        for (int i = 0; i < 4; ++i)
            fixture.click("nextStep");
        settle(fixture);
        save(fixture, "steps" + suffix);
        while (fixture.find<QPushButton>("nextStep"))
            fixture.click("nextStep");
        settle(fixture);
        fixture.find<Transcript>("transcript")->scrollToBottom();
        fixture.find<QLineEdit>("attempt")->setFocus();
        fixture.find<QLineEdit>("attempt")->setText(QStringLiteral("13"));
        save(fixture, "covered" + suffix);
        fixture.click("compare");
        settle(fixture);
        fixture.find<Transcript>("transcript")->scrollToBottom();
        save(fixture, "answer" + suffix);

        fixture.click("codingTab");
        fixture.service->enqueue(tests::scriptedAnswer(CodeThought, CodeAnswer));
        fixture.ask(QStringLiteral("Print all primes below 100 in Python."));
        QTRY_VERIFY(fixture.find<QPushButton>("send"));
        QTRY_VERIFY(fixture.find<QPushButton>("run"));
        fixture.click("run");
        QTRY_VERIFY_WITH_TIMEOUT(fixture.find<QLabel>("output"), 20000);
        settle(fixture);
        save(fixture, "coding" + suffix);
    }

private:
    static QString folder() { return qEnvironmentVariable("LEMMA_SCREENSHOTS"); }

    static void prepare(WindowFixture& fixture, const char* model)
    {
        if (model)
            fixture.addModel(model);
        fixture.open();
        fixture.window->resize(1180, 780);
    }

    static void fillHistory(WindowFixture& fixture)
    {
        auto store = engine::HistoryStore::open(fixture.path("history.sqlite"));
        const std::pair<engine::SessionKind, const char*> sessions[] = {
            {engine::SessionKind::Tutor, "Find all real x with x^2 - 5x + 6 = 0"},
            {engine::SessionKind::Coding, "Merge overlapping intervals"},
            {engine::SessionKind::Tutor, "Probability of two sixes in five throws"},
            {engine::SessionKind::Tutor, "Why is the square root of 2 irrational?"},
        };
        for (const auto& [kind, title] : sessions)
            QVERIFY(store->createSession(kind, title, "").has_value());
        Q_EMIT fixture.history->changed();
    }

    // Until the formulas are set and the layout is at rest.
    static void settle(WindowFixture& fixture)
    {
        QTest::qWait(700);
        fixture.window->repaint();
        QTest::qWait(50);
    }

    static void save(WindowFixture& fixture, const QString& name)
    {
        settle(fixture);
        QVERIFY(fixture.window->grab().save(folder() + u'/' + name + QStringLiteral(".png")));
    }
};

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    // What a desktop would give; the offscreen platform knows no system font.
    QApplication::setFont(QFont(QStringLiteral("Noto Sans"), 10));
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    installTranslations(application);
    Screenshots screenshots;
    return QTest::qExec(&screenshots, argc, argv);
}

#include "screenshots.moc"
