#include "app/formula/formula_object.h"

#include <QAbstractTextDocumentLayout>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QPainter>
#include <QSvgRenderer>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>
#include <algorithm>

#include "app/formula/formula_service.h"

namespace lemma::app {

namespace {

constexpr int TexProperty = QTextFormat::UserProperty + 1;
constexpr int DisplayProperty = QTextFormat::UserProperty + 2;

// The x-height of MathJax's TeX font in em, and how much larger it is set to look as large as common screen fonts.
constexpr double ExInEm = 0.442;
constexpr double OpticalSize = 1.13;

double pixelSize(const QFont& font, const QTextDocument* document)
{
    if (font.pixelSize() > 0)
        return font.pixelSize();
    const QPaintDevice* device = document->documentLayout()->paintDevice();
    const double dpi = device ? device->logicalDpiY() : 96;
    return font.pointSizeF() * dpi / 72;
}

struct Metrics {
    double ex = 0;     // pixels
    double middle = 0; // half the x-height of the text: where Qt's AlignMiddle puts the middle of an object
};

Metrics metrics(const QTextFormat& format, const QTextDocument* document)
{
    const QFont font = format.toCharFormat().font();
    return {pixelSize(font, document) * ExInEm * OpticalSize, QFontMetrics(font).xHeight() / 2.0};
}

bool isDisplay(const QTextFormat& format) { return format.property(DisplayProperty).toBool(); }

// How the source of a formula that could not be set is written.
QFont sourceFont(const QTextFormat& format)
{
    QFont font = format.toCharFormat().font();
    font.setFamily(QFontDatabase::systemFont(QFontDatabase::FixedFont).family());
    return font;
}

double pageWidth(const QTextDocument* document, int position)
{
    const double indent = document->findBlock(position).blockFormat().leftMargin();
    return document->textWidth() - 2 * document->documentMargin() - indent;
}

QRectF sourceRect(const QTextDocument* document, int position, const QTextFormat& format)
{
    const double page = pageWidth(document, position);
    const QRectF room(0, 0, page > 50 ? page : 400, 1e5);
    return QFontMetricsF(sourceFont(format)).boundingRect(room, Qt::TextWordWrap, FormulaObject::source(format));
}

// Qt paints an AlignMiddle object in the middle of its line, wherever the baseline is; so the baseline is asked of the
// line.
// `below`: how much of an AlignNormal object is below its baseline.
double baseline(const QRectF& rect, const QTextDocument* document, int position, const QTextFormat& format,
                double middle, double below)
{
    if (format.toCharFormat().verticalAlignment() != QTextCharFormat::AlignMiddle)
        return rect.bottom() - below;
    const QTextBlock block = document->findBlock(position);
    const QTextLine line = block.layout()->lineForTextPosition(position - block.position());
    if (!line.isValid())
        return rect.top() + (rect.height() + middle) / 2;
    const double leading = line.leadingIncluded() ? std::max(0.0, line.leading()) : 0.0;
    const double lineTop = rect.top() - (line.ascent() + line.descent() + leading - rect.height()) / 2;
    return lineTop + line.ascent();
}

// 1, or what makes a wide formula fit the page.
double fit(double width, const QTextDocument* document, int position)
{
    const double page = pageWidth(document, position);
    return page > 50 && width > page ? page / width : 1.0;
}

} // namespace

FormulaObject::FormulaObject(FormulaService& formulas, QObject* parent) : QObject(parent), m_formulas(formulas) {}

void FormulaObject::attach(QTextDocument* document) { document->documentLayout()->registerHandler(Type, this); }

QTextCharFormat FormulaObject::format(const FormulaKey& key, const QTextCharFormat& around) const
{
    QTextCharFormat format = around;
    format.setObjectType(Type);
    format.setProperty(TexProperty, key.tex);
    format.setProperty(DisplayProperty, key.display);
    format.setToolTip(key.tex);
    return align(format);
}

// A displayed formula has its line for itself. A shallow one in a line of text stands on the baseline and hangs into
// the room that every line has below it; a deep one needs room of its own, which Qt gives to an AlignMiddle object
// only.
QTextCharFormat FormulaObject::align(QTextCharFormat format) const
{
    const Formula formula = m_formulas.formula(key(format));
    const QFont font = format.font();
    const double ex = (font.pixelSize() > 0 ? font.pixelSize() : font.pointSizeF() * 96 / 72) * ExInEm * OpticalSize;
    const bool deep = !isDisplay(format) && formula.state == Formula::State::Ready &&
                      formula.depth * ex > QFontMetricsF(font).descent();
    format.setVerticalAlignment(deep ? QTextCharFormat::AlignMiddle : QTextCharFormat::AlignNormal);
    return format;
}

FormulaKey FormulaObject::key(const QTextFormat& format)
{
    return {format.property(TexProperty).toString(), format.property(DisplayProperty).toBool()};
}

QString FormulaObject::source(const QTextFormat& format)
{
    const FormulaKey key = FormulaObject::key(format);
    return key.display ? QStringLiteral("\\[%1\\]").arg(key.tex) : QStringLiteral("\\(%1\\)").arg(key.tex);
}

// Qt gives an AlignNormal object all of its height H above the baseline, an AlignMiddle one (H + xHeight/2) / 2 of it;
// so H is chosen such that the formula fits.
QSizeF FormulaObject::intrinsicSize(QTextDocument* document, int position, const QTextFormat& format)
{
    const FormulaKey formulaKey = key(format);
    const Formula formula = m_formulas.formula(formulaKey);
    const auto [ex, middle] = metrics(format, document);
    if (formula.state == Formula::State::Failed)
        return sourceRect(document, position, format).size() + QSizeF(1, 0);
    if (formula.state == Formula::State::Pending) {
        // A guess, so that the text around moves little when the formula comes.
        const double width = std::clamp(static_cast<double>(formulaKey.tex.size()) * ex * 0.7, 2 * ex, 40 * ex);
        return QSizeF(width * fit(width, document, position), (formulaKey.display ? 5 : 2) * ex);
    }
    const double scale = fit(formula.width * ex, document, position);
    const double depth = formula.depth * ex * scale;
    const double ascent = (formula.height - formula.depth) * ex * scale;
    const bool deep = format.toCharFormat().verticalAlignment() == QTextCharFormat::AlignMiddle;
    const double alone = formulaKey.display ? ascent + depth : ascent;
    return QSizeF(formula.width * ex * scale + 1, deep ? std::max(2 * depth + middle, 2 * ascent - middle) : alone);
}

void FormulaObject::drawObject(QPainter* painter, const QRectF& rect, QTextDocument* document, int position,
                               const QTextFormat& format)
{
    const FormulaKey formulaKey = key(format);
    const Formula formula = m_formulas.formula(formulaKey);
    const auto [ex, middle] = metrics(format, document);
    const double scale = fit(formula.width * ex, document, position);
    // A selection paints with the pen of the highlighted text, everything else with the colour of the format.
    const QColor ink =
        format.hasProperty(QTextFormat::ForegroundBrush) ? format.foreground().color() : painter->pen().color();
    if (QSvgRenderer* renderer = m_formulas.renderer(formulaKey, ink)) {
        const double height = formula.height * ex * scale;
        const double below = formulaKey.display ? formula.depth * ex * scale : 0;
        const double top =
            baseline(rect, document, position, format, middle, below) - (formula.height - formula.depth) * ex * scale;
        renderer->render(painter, QRectF(rect.left(), top, formula.width * ex * scale, height));
        return;
    }
    painter->save();
    if (formula.state == Formula::State::Failed) {
        painter->setPen(ink);
        painter->setFont(sourceFont(format));
        painter->drawText(rect, Qt::TextWordWrap, source(format));
        painter->restore();
        return;
    }
    painter->setPen(Qt::NoPen);
    QColor shade = ink;
    shade.setAlphaF(0.08f);
    painter->setBrush(shade);
    painter->drawRoundedRect(rect.adjusted(1, 2, -1, -2), 3, 3);
    painter->restore();
}

} // namespace lemma::app
