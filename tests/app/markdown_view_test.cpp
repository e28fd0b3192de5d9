// Markdown on the screen: streamed text ends as text that came at once, costs little per frame and in total, is copied
// with its formulas, and never takes the reader's place away.

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QLayout>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>

#include "app/formula/formula_service.h"
#include "app/formula/mathjax_files.h"
#include "app/markdown/code_block_view.h"
#include "app/markdown/code_colours.h"
#include "app/markdown/markdown_view.h"
#include "app/markdown/prose_view.h"
#include "app/widgets/appearance.h"
#include "app/widgets/transcript.h"
#include "app/window/link_dialog.h"

using namespace lemma::app;

namespace {

// What a reader sees, code included, in order.
QString content(const MarkdownView& view)
{
    QStringList parts;
    for (int i = 0; i < view.layout()->count(); ++i) {
        QWidget* widget = view.layout()->itemAt(i)->widget();
        if (const auto* prose = qobject_cast<ProseView*>(widget))
            parts += prose->plainText();
        else if (const auto* code = qobject_cast<CodeBlockView*>(widget))
            parts += QStringLiteral("```%1\n%2\n```").arg(code->language(), code->code());
    }
    return parts.join(u'\n');
}

QString longText(int paragraphs)
{
    QString text;
    for (int i = 0; i < paragraphs; ++i)
        text += QStringLiteral(
                    "Paragraph %1 says that \\(x_{%1} = %1\\) holds, **surely**, and goes on for a while so that "
                    "it takes up more than one line on the page.\n\n")
                    .arg(i);
    return text;
}

} // namespace

class MarkdownViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_appearance = std::make_unique<Appearance>(*qApp);
        m_formulas = std::make_unique<FormulaService>(findMathJax());
    }
    void cleanupTestCase() { m_formulas.reset(); }

    void streamedIsTheSameAsAtOnce_data()
    {
        QTest::addColumn<QString>("name");
        const auto names = QDir(QStringLiteral(LEMMA_TEST_DATA_DIR "/markdown")).entryList({QStringLiteral("*.md")});
        for (const QString& name : names)
            QTest::newRow(qPrintable(name)) << name;
    }
    void streamedIsTheSameAsAtOnce()
    {
        QFETCH(QString, name);
        QFile file(QStringLiteral(LEMMA_TEST_DATA_DIR "/markdown/") + name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        MarkdownView whole(tools());
        whole.setMarkdown(text);
        MarkdownView streamed(tools());
        const qsizetype size = text.size() / 15 + 1;
        for (qsizetype at = 0; at < text.size(); at += size) {
            streamed.append(text.mid(at, size));
            QTest::qWait(45); // it is laid out in between
        }
        streamed.finish();
        if (content(streamed) != content(whole))
            qInfo().noquote() << content(streamed) << "\n======\n" << content(whole);
        QCOMPARE(content(streamed), content(whole));
        QCOMPARE(streamed.markdown(), text);
    }

    // Also when the theme changes in the middle of it.
    void recolouredWhileStreaming()
    {
        MarkdownView view(tools());
        view.append(QStringLiteral("First *paragraph*.\n\nSecond, not yet fin"));
        QTest::qWait(60);
        m_appearance->setMode(Appearance::Mode::Dark);
        view.append(QStringLiteral("ished.\n\n| a |\n|---|\n| b |\n"));
        QTest::qWait(60);
        m_appearance->setMode(Appearance::Mode::Light);
        view.append(QStringLiteral("\nThird."));
        view.finish();
        MarkdownView whole(tools());
        whole.setMarkdown(view.markdown());
        QCOMPARE(content(view), content(whole));
    }

    // What is finished is not laid out again: each frame takes up what came and the paragraph that it ends in, however
    // long the text already is.
    void costIsLinear()
    {
        constexpr qsizetype PieceSize = 400;                        // what comes in one frame at 3,000 tokens a second
        const qsizetype longestParagraph = longText(1).size() + 10; // the digits of its number
        MarkdownView view(tools());
        const QString text = longText(800);
        qsizetype before = 0;
        for (qsizetype at = 0; at < text.size(); at += PieceSize) {
            view.append(text.mid(at, PieceSize));
            view.flush();
            // A paragraph that was open is laid out once more when it is finished, and the one that is open now.
            QVERIFY(view.laidOutLength() - before <= PieceSize + 2 * longestParagraph);
            before = view.laidOutLength();
        }
        view.finish();
        qInfo() << text.size() << "characters," << view.laidOutLength() << "laid out";
    }

    void timeOfStreaming()
    {
        Transcript transcript;
        transcript.resize(800, 600);
        auto* view = new MarkdownView(tools());
        transcript.add(view);
        transcript.show();
        const QString text = longText(800);
        QElapsedTimer total, frame;
        qint64 longest = 0;
        total.start();
        for (qsizetype at = 0; at < text.size(); at += 400) {
            view->append(text.mid(at, 400));
            frame.start();
            view->flush();
            QCoreApplication::processEvents();
            longest = std::max(longest, frame.elapsed());
        }
        view->finish();
        qInfo() << "800 paragraphs in" << total.elapsed() << "ms, longest frame" << longest << "ms";
        QCOMPARE(view->markdown(), text);
    }

    void updatesAreAtMostThirtyASecond()
    {
        MarkdownView view(tools());
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 1000) {
            view.append(QStringLiteral("word "));
            QTest::qWait(1);
        }
        QVERIFY2(view.layoutCount() <= 32, qPrintable(QString::number(view.layoutCount())));
        QVERIFY(view.layoutCount() > 5);
    }

    void aSelectionIsCopiedWithItsFormulas()
    {
        MarkdownView view(tools());
        view.setMarkdown(QStringLiteral("So \\(x^2\\) is it.\n\n\\[ y = 1 \\]"));
        auto* prose = view.findChild<ProseView*>();
        prose->selectAll();
        prose->copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("So \\(x^2\\) is it.\n\\[y = 1\\]"));
        QVERIFY(!QGuiApplication::clipboard()->mimeData()->hasHtml());
    }

    void codeGrowsInPlace()
    {
        MarkdownView view(tools());
        view.setRunnable([](const QString& language) { return language == QLatin1String("python"); });
        view.append(QStringLiteral("Text.\n\n```python\nx = 1\n"));
        QTest::qWait(50);
        CodeBlockView* block = view.codeBlocks().front();
        auto* run = block->findChild<QPushButton*>(QStringLiteral("run"));
        QVERIFY(run->isHidden()); // it is not complete
        view.append(QStringLiteral("y = 2\n```\nMore."));
        QTest::qWait(50);
        view.finish();
        QCOMPARE(view.codeBlocks().size(), 1U);
        QCOMPARE(view.codeBlocks().front(), block); // not made anew: a selection or a result in it would be lost
        QCOMPARE(block->code(), QStringLiteral("x = 1\ny = 2"));
        QCOMPARE(block->findChild<QPlainTextEdit*>()->toPlainText(), block->code());
        QVERIFY(!run->isHidden());
    }

    void linkDefinitionsServeWhatCameBefore()
    {
        MarkdownView view(tools());
        view.append(QStringLiteral("See [here].\n\nMore.\n\n"));
        QTest::qWait(50);
        view.append(QStringLiteral("[here]: https://example.org\n"));
        QTest::qWait(50);
        view.finish();
        QVERIFY(view.findChild<ProseView*>()->toHtml().contains(QStringLiteral("https://example.org")));
    }

    void onlyWebLinksCanBeOpened()
    {
        QVERIFY(mayBeOpened(QUrl(QStringLiteral("https://example.org"))));
        QVERIFY(mayBeOpened(QUrl(QStringLiteral("mailto:a@example.org"))));
        for (const char* bad : {"javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "smb://host/x", ""})
            QVERIFY2(!mayBeOpened(QUrl(QString::fromLatin1(bad))), bad);
    }

    void theReadersPlaceIsKept()
    {
        Transcript transcript;
        transcript.resize(600, 300);
        auto* view = new MarkdownView(tools());
        transcript.add(view);
        transcript.show();
        view->setMarkdown(longText(20));
        QTRY_VERIFY(transcript.verticalScrollBar()->maximum() > 500);
        QTRY_COMPARE(transcript.verticalScrollBar()->value(), transcript.verticalScrollBar()->maximum());
        transcript.verticalScrollBar()->setValue(100);
        const int before = transcript.verticalScrollBar()->maximum();
        view->append(longText(5));
        QTest::qWait(100);
        transcript.noteNewText();
        QVERIFY(transcript.verticalScrollBar()->maximum() > before);
        QCOMPARE(transcript.verticalScrollBar()->value(), 100);
        const auto buttons = transcript.findChildren<QPushButton*>();
        QPushButton* pill = nullptr;
        for (QPushButton* button : buttons) {
            if (button->text().startsWith(QStringLiteral("New text")))
                pill = button;
        }
        QVERIFY(pill && pill->isVisible());
        pill->click();
        QCOMPARE(transcript.verticalScrollBar()->value(), transcript.verticalScrollBar()->maximum());
        QVERIFY(!pill->isVisible());
    }

private:
    MarkdownTools tools() { return {*m_appearance, *m_formulas, m_colours}; }

    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<FormulaService> m_formulas;
    CodeColours m_colours;
};

QTEST_MAIN(MarkdownViewTest)
#include "markdown_view_test.moc"
