// Every ink on every ground it is used on: contrast of at least 4.5:1 (WCAG 2 AA), light and dark.

#include <QTest>

#include "app/widgets/theme.h"

using namespace lemma::app;

class ThemeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knownContrast()
    {
        QCOMPARE(qRound(contrast(Qt::black, Qt::white) * 10), 210);
        QCOMPARE(qRound(contrast(QColor(0x777777), Qt::white) * 100), 448);
    }

    void inksAreReadable_data()
    {
        QTest::addColumn<QColor>("ink");
        QTest::addColumn<QColor>("ground");
        QTest::addColumn<double>("least");
        for (const Colours& c : {lightColours(), darkColours()}) {
            const auto row = [&c](const char* name, const QColor& ink, const QColor& ground, double least = 4.5) {
                QTest::addRow("%s %s", c.dark ? "dark" : "light", name) << ink << ground << least;
            };
            for (const QColor& ground : {c.page, c.surface, c.sunken, c.sidebar, c.accentSoft}) {
                row(qPrintable(QStringLiteral("text on %1").arg(ground.name())), c.text, ground);
                row(qPrintable(QStringLiteral("muted on %1").arg(ground.name())), c.muted, ground);
                row(qPrintable(QStringLiteral("accent on %1").arg(ground.name())), c.accent, ground);
            }
            row("on accent", c.onAccent, c.accent);
            row("on accent, hover", c.onAccent, c.accentHover);
            row("selected text", c.text, c.selection);
            row("muted on neutral", c.muted, c.neutral.ground);
            for (const Tint& tint : {c.neutral, c.info, c.good, c.caution, c.bad, c.special})
                row(qPrintable(QStringLiteral("tint %1").arg(tint.ink.name())), tint.ink, tint.ground);
            // Edges of controls need 3:1.
            row("control on page", c.strongBorder, c.page, 3.0);
            row("control on surface", c.strongBorder, c.surface, 3.0);
            row("focus on page", c.accent, c.page, 3.0);
        }
    }
    void inksAreReadable()
    {
        QFETCH(QColor, ink);
        QFETCH(QColor, ground);
        QFETCH(double, least);
        const double found = contrast(ink, ground);
        QVERIFY2(found >= least, qPrintable(QString::number(found)));
    }
};

QTEST_APPLESS_MAIN(ThemeTest)
#include "theme_test.moc"
