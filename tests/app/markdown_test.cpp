// Markdown to blocks: golden pictures, formulas against Markdown, raw HTML, streaming, linear cost.

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include "app/markdown/math_spans.h"
#include "app/markdown/parser.h"
#include "app/markdown/stream_splitter.h"

using namespace lemma::app;

namespace {

QString read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

const QString Folder = QStringLiteral(LEMMA_TEST_DATA_DIR "/markdown/");

// What a view commits when the text arrives in pieces of `size` characters.
Blocks parsedInPieces(const QString& text, qsizetype size)
{
    StreamSplitter splitter;
    Blocks all;
    qsizetype committed = 0;
    for (qsizetype end = size; committed < text.size(); end += size) {
        const qsizetype length = std::min(end, text.size());
        const qsizetype finished = length == text.size() ? length : splitter.advance(QStringView(text).left(length));
        if (finished <= committed)
            continue;
        const Blocks blocks = parseMarkdown(QStringView(text).mid(committed, finished - committed));
        all.insert(all.end(), blocks.begin(), blocks.end());
        committed = finished;
    }
    return all;
}

} // namespace

class MarkdownTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // LEMMA_UPDATE_GOLDEN=1 writes the pictures anew; read the difference before committing it.
    void golden_data()
    {
        QTest::addColumn<QString>("name");
        const auto names = QDir(Folder).entryList({QStringLiteral("*.md")});
        QVERIFY(names.size() >= 4);
        for (const QString& name : names)
            QTest::newRow(qPrintable(name)) << name.chopped(3);
    }
    void golden()
    {
        QFETCH(QString, name);
        const QString picture = describe(parseMarkdown(read(Folder + name + QStringLiteral(".md"))));
        const QString path = Folder + name + QStringLiteral(".txt");
        if (qEnvironmentVariableIsSet("LEMMA_UPDATE_GOLDEN")) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(picture.toUtf8());
        }
        QCOMPARE(picture, read(path));
    }

    // However the text is cut into pieces, the finished parts together are the whole. Spacing within a list may differ
    // (a loose list is cut between its items), so marks of tightness are not part of the picture.
    void piecesGiveTheWhole_data() { golden_data(); }
    void piecesGiveTheWhole()
    {
        QFETCH(QString, name);
        const QString text = read(Folder + name + QStringLiteral(".md"));
        const QString whole = describe(parseMarkdown(text));
        for (const qsizetype size : {1, 2, 3, 7, 50})
            QCOMPARE(describe(parsedInPieces(text, size)), whole);
    }

    void mathSpans_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("formulas");
        const auto row = [](const char* name, const char* text, const QStringList& formulas) {
            QTest::newRow(name) << QString::fromUtf8(text) << formulas;
        };
        row("round brackets", R"(a \(x_1\) b)", {QStringLiteral("x_1")});
        row("square brackets over lines", "a\n\\[\nx\n\\]\nb", {QStringLiteral("x")});
        row("dollars", "$x$ and $y$", {QStringLiteral("x"), QStringLiteral("y")});
        row("currency", "between $5 and $10", {});
        row("currency range", "$5-$10", {});
        row("space inside", "a $ x$ b", {});
        row("space before closing", "a $x $ b", {});
        row("escaped dollar", R"(\$x\$)", {});
        row("escaped dollar inside", R"($\$5$)", {QStringLiteral(R"(\$5)")});
        row("escaped backslash before bracket", R"(\\(x\\))", {});
        row("row break before closing", R"(\[a\\\])", {QStringLiteral(R"(a\\)")});
        row("code span", "`$x$` $y$", {QStringLiteral("y")});
        row("double ticks", "`` ` $x$ `` $y$", {QStringLiteral("y")});
        row("fence", "```\n$x$\n```\n$y$", {QStringLiteral("y")});
        row("fence in a quote", "> ```\n> $x$\n> ```\n> $y$", {QStringLiteral("y")});
        row("unclosed fence", "```\n$x$", {});
        row("no formula over a blank line", "\\(x\n\ny\\)", {});
        row("environment", "\\begin{align}a\\end{align}", {QStringLiteral("\\begin{align}a\\end{align}")});
        row("unknown environment", "\\begin{document}a\\end{document}", {});
        row("empty", "$$ $$ and \\(\\)", {});
    }
    void mathSpans()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, formulas);
        QStringList found;
        const ProtectedMarkdown result = protectMath(text, false);
        for (const MathSpan& span : result.formulas)
            found += span.tex;
        QCOMPARE(found, formulas);
        QCOMPARE(result.restored(result.text), text);
    }

    void markersInTheTextAreHarmless()
    {
        const QString text = QStringLiteral("a") + ProtectedMarkdown::MarkerOpen + QStringLiteral("0") +
                             ProtectedMarkdown::MarkerClose + QStringLiteral(" $x$");
        const QString picture = describe(parseMarkdown(text));
        QVERIFY(picture.contains(QChar::ReplacementCharacter));
        QCOMPARE(picture.count(QStringLiteral("<math:x>")), 1);
    }

    void halfAFormulaIsSource()
    {
        QCOMPARE(describe(parseMarkdown(u"So \\[ x = \\frac{1", TextState::Streaming)),
                 QStringLiteral("paragraph: So <open:\\[ x = \\frac{1>\n"));
        QCOMPARE(describe(parseMarkdown(u"So $$x = 1", TextState::Streaming)),
                 QStringLiteral("paragraph: So <open:$$x = 1>\n"));
    }

    void anOpenFenceIsMarked()
    {
        QVERIFY(!parseMarkdown(u"```python\nx = 1", TextState::Streaming).back().closed);
        QVERIFY(!parseMarkdown(u"````python\nx = 1\n```\n", TextState::Streaming).back().closed);
        QVERIFY(parseMarkdown(u"```python\nx = 1\n```", TextState::Streaming).back().closed);
    }

    // Depth and repetition that make careless parsers quadratic or overflow their stack.
    void hostileNesting_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("quotes") << QStringLiteral("> ").repeated(20000) + u'a';
        QTest::newRow("emphasis") << QStringLiteral("*a ").repeated(50000);
        QTest::newRow("links") << QStringLiteral("[").repeated(50000) + u'a' + QStringLiteral("](b)").repeated(50000);
        QTest::newRow("ticks") << QStringLiteral("`a``b```c").repeated(20000);
        QTest::newRow("dollars") << QStringLiteral("$a ").repeated(50000);
        QTest::newRow("brackets") << QStringLiteral("\\(a ").repeated(50000);
        QTest::newRow("lists") << QStringLiteral("- ").repeated(1000) + u'a';
    }
    void hostileNesting()
    {
        QFETCH(QString, text);
        QElapsedTimer timer;
        timer.start();
        parseMarkdown(text);
        parseMarkdown(text, TextState::Streaming);
        // Measured: all under 0.2 s; a quadratic scan of 150,000 characters takes minutes.
        QVERIFY2(timer.elapsed() < 10000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_APPLESS_MAIN(MarkdownTest)
#include "markdown_test.moc"
