// MathJax in QJSEngine: formulas that must be set, syntax errors, hostile source, and the shared corpus where it is.

#include <QElapsedTimer>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTest>
#include <QTextDocument>

#include "app/formula/formula_object.h"
#include "app/formula/formula_service.h"
#include "app/formula/mathjax_files.h"
#include "tests/support/test_paths.h"

using namespace lemma::app;
using namespace std::chrono_literals;

namespace {

QStringList lines(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
}

QString shared(const char* name)
{
    return QString::fromStdString((lemma::tests::sharedDirectory() / "data/formula" / name).string());
}

Formula settled(FormulaService& service, const FormulaKey& key)
{
    for (QElapsedTimer timer =
             [] {
                 QElapsedTimer t;
                 t.start();
                 return t;
             }();
         timer.elapsed() < 20000;) {
        if (const Formula formula = service.formula(key); formula.state != Formula::State::Pending)
            return formula;
        QTest::qWait(2);
    }
    return service.formula(key);
}

// Pixels that are not the ground.
int inkedPixels(const QImage& image)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) != QColor(Qt::white) ? 1 : 0;
    return count;
}

} // namespace

class FormulaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (findMathJax().isEmpty())
            QSKIP("MathJax is not installed: whole suite");
        m_service = std::make_unique<FormulaService>(findMathJax());
    }
    void cleanupTestCase() { m_service.reset(); }

    void sets_data()
    {
        QTest::addColumn<QString>("tex");
        const QStringList formulas = lines(QStringLiteral(LEMMA_TEST_DATA_DIR "/formula/formulas.txt"));
        QVERIFY(formulas.size() >= 20);
        for (const QString& tex : formulas)
            QTest::newRow(qPrintable(tex)) << tex;
    }
    void sets()
    {
        QFETCH(QString, tex);
        for (const bool display : {false, true}) {
            const FormulaKey key{tex, display};
            const Formula formula = settled(*m_service, key);
            QVERIFY2(formula.state == Formula::State::Ready, qPrintable(formula.error));
            QVERIFY(formula.width > 0.3 && formula.width < 200);
            QVERIFY(formula.height > 0.3 && formula.height < 60);
            QVERIFY(formula.depth > -formula.height && formula.depth < formula.height);
            QSvgRenderer* renderer = m_service->renderer(key, Qt::black);
            QVERIFY(renderer);
            QImage image(300, 150, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            renderer->render(&painter, QRectF(5, 5, 290, 140));
            painter.end();
            QVERIFY(inkedPixels(image) > 50);
        }
    }

    void fails_data()
    {
        QTest::addColumn<QString>("tex");
        QTest::newRow("unbalanced") << QStringLiteral("\\frac{1}{2");
        QTest::newRow("unknown environment") << QStringLiteral("\\begin{nonsense}x\\end{nonsense}");
        QTest::newRow("double subscript") << QStringLiteral("x_1_2");
        QTest::newRow("endless macro") << QStringLiteral("\\def\\x{\\x\\x}\\x");
        QTest::newRow("endless command") << QStringLiteral("\\newcommand{\\a}{\\a}\\a");
        QTest::newRow("very long") << QString(30000, u'x');
    }
    void fails()
    {
        QFETCH(QString, tex);
        const Formula formula = settled(*m_service, {tex, true});
        QCOMPARE(formula.state, Formula::State::Failed);
        QVERIFY(!formula.error.isEmpty());
        QVERIFY(!m_service->renderer({tex, true}, Qt::black));
        QCOMPARE(settled(*m_service, {QStringLiteral("x^2"), false}).state, Formula::State::Ready);
    }

    // The watchdog ends what takes long; the engine goes on with the next formula.
    void watchdogEndsAFormula()
    {
        FormulaService service(findMathJax(), nullptr, 30ms);
        settled(service, {QStringLiteral("x"), false}); // the scripts are loaded before the clock counts
        const QString slow = QStringLiteral("\\sqrt{x+").repeated(300) + QStringLiteral("1") + QString(300, u'}');
        QElapsedTimer timer;
        timer.start();
        const Formula formula = settled(service, {slow, true});
        QCOMPARE(formula.state, Formula::State::Failed);
        QVERIFY2(timer.elapsed() < 1500, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(settled(service, {QStringLiteral("y"), false}).state, Formula::State::Ready);
    }

    // The engine is interrupted at every possible place, hundreds of times.
    void interruptionsNeverCrash()
    {
        FormulaService service(findMathJax(), nullptr, 7ms);
        settled(service, {QStringLiteral("x"), false});
        int failed = 0;
        int tried = 0;
        QElapsedTimer timer;
        for (timer.start(); timer.elapsed() < 6000; ++tried) {
            const int depth = 20 + tried % 60;
            const QString tex = QStringLiteral("\\frac{\\sqrt{x_{%1}}}{1+").arg(tried).repeated(depth) +
                                QStringLiteral("\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}") + QString(depth, u'}');
            failed += settled(service, {tex, true}).state == Formula::State::Failed ? 1 : 0;
        }
        qInfo() << "interrupted" << failed << "of" << tried;
        QVERIFY(failed > tried / 2);
    }

    void hostileCorpus()
    {
        const QStringList hostile = lines(shared("evil.txt"));
        if (hostile.isEmpty())
            QSKIP("the shared hostile formulas are not here");
        for (const QString& tex : hostile)
            QVERIFY(settled(*m_service, {tex, true}).state != Formula::State::Pending);
        QCOMPARE(settled(*m_service, {QStringLiteral("z^2"), false}).state, Formula::State::Ready);
    }

    // A part of the corpus each time; all 6,000 take a minute (LEMMA_WHOLE_CORPUS=1).
    void realFormulas()
    {
        const QStringList corpus = lines(shared("corpus.txt"));
        if (corpus.isEmpty())
            QSKIP("the shared corpus of formulas is not here");
        const qsizetype stride = qEnvironmentVariableIsSet("LEMMA_WHOLE_CORPUS") ? 1 : 20;
        int tried = 0;
        QStringList failed;
        for (qsizetype i = 0; i < corpus.size(); i += stride, ++tried) {
            if (settled(*m_service, {corpus[i], true}).state != Formula::State::Ready)
                failed += corpus[i];
        }
        qInfo() << "formulas tried" << tried << "not set" << failed;
        QVERIFY(failed.size() <= 1); // one of the 6,000 has a brace too few
    }

    void destroyedWhileItWorks()
    {
        for (int i = 0; i < 5; ++i) {
            FormulaService service(findMathJax());
            for (int j = 0; j < 50; ++j)
                service.formula({QStringLiteral("\\frac{%1}{%2}").arg(i).arg(j), true});
            QTest::qWait(i * 40);
        }
    }

    void withoutMathJaxTheSourceIsShown()
    {
        FormulaService service{QString()};
        QCOMPARE(service.formula({QStringLiteral("x"), false}).state, Formula::State::Failed);
        QTextDocument document;
        FormulaObject object(service);
        object.attach(&document);
        QTextCursor(&document).insertText(QString(QChar(QChar::ObjectReplacementCharacter)),
                                          object.format({QStringLiteral("a+b"), false}, {}));
        QImage image(200, 60, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        document.drawContents(&painter);
        painter.end();
        QVERIFY(inkedPixels(image) > 30);
    }

    // The baseline of "x" set as a formula is that of "x" written as text, within a pixel.
    void sitsOnTheBaseline()
    {
        settled(*m_service, {QStringLiteral("x"), false});
        const auto lowest = [](QTextDocument& document) {
            QImage image(60, 60, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            document.drawContents(&painter);
            painter.end();
            int bottom = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    if (image.pixelColor(x, y).lightness() < 128)
                        bottom = y;
            return bottom;
        };
        QFont font;
        font.setPixelSize(24);
        QTextCharFormat format;
        format.setFont(font);
        format.setForeground(Qt::black);
        QTextDocument written;
        QTextCursor(&written).insertText(QStringLiteral("x"), format);
        QTextDocument set;
        FormulaObject object(*m_service);
        object.attach(&set);
        QTextCursor(&set).insertText(QString(QChar(QChar::ObjectReplacementCharacter)),
                                     object.format({QStringLiteral("x"), false}, format));
        QTextCharFormat invisible = format;
        invisible.setForeground(Qt::white);
        QTextCursor end(&set);
        end.movePosition(QTextCursor::End);
        end.insertText(QStringLiteral("x"), invisible);
        QVERIFY2(std::abs(lowest(written) - lowest(set)) <= 1,
                 qPrintable(QStringLiteral("%1 %2").arg(lowest(written)).arg(lowest(set))));
    }

private:
    std::unique_ptr<FormulaService> m_service;
};

QTEST_MAIN(FormulaTest)
#include "formula_test.moc"
