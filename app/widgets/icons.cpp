#include "app/widgets/icons.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>
#include <algorithm>

namespace lemma::app {

namespace {

// Draws the SVG anew for each size asked for, so that no scale factor ever meets a bitmap.
class InkedIconEngine : public QIconEngine {
public:
    InkedIconEngine(QByteArray svg, QColor ink) : m_svg(std::move(svg)), m_ink(std::move(ink)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        QByteArray svg = m_svg;
        svg.replace("currentColor", m_ink.name().toLatin1());
        QSvgRenderer renderer(svg);
        painter->save();
        painter->setOpacity(mode == QIcon::Disabled ? 0.45 : 1.0);
        // A wider place than the drawing needs gives distance to the text that follows.
        const int side = std::min(rect.width(), rect.height());
        renderer.render(painter, QRect(rect.left(), rect.top() + (rect.height() - side) / 2, side, side));
        painter->restore();
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new InkedIconEngine(m_svg, m_ink); }

private:
    QByteArray m_svg;
    QColor m_ink;
};

QIcon load(const QString& fileName, const QColor& ink)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QIcon(new InkedIconEngine(file.readAll(), ink));
}

} // namespace

QIcon icon(const char* name, const QColor& ink)
{
    return load(QStringLiteral(":/lemma/icons/%1.svg").arg(QLatin1String(name)), ink);
}

QIcon applicationIcon() { return load(QStringLiteral(":/lemma/lemma.svg"), Qt::black); }

} // namespace lemma::app
