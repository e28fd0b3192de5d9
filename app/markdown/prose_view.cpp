#include "app/markdown/prose_view.h"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QWheelEvent>
#include <cmath>

#include "app/formula/formula_object.h"
#include "app/formula/formula_service.h"
#include "app/markdown/prose_writer.h"
#include "app/widgets/appearance.h"

namespace lemma::app {

namespace {

// The text of [from, to), formulas as their source.
QString sourceOf(const QTextDocument* document, int from, int to)
{
    QString result;
    for (QTextBlock block = document->findBlock(from); block.isValid() && block.position() < to; block = block.next()) {
        if (!result.isEmpty())
            result += u'\n';
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment fragment = it.fragment();
            const int begin = std::max(from, fragment.position());
            const int end = std::min(to, fragment.position() + fragment.length());
            if (begin >= end)
                continue;
            if (FormulaObject::isFormula(fragment.charFormat()))
                for (int i = begin; i < end; ++i)
                    result += FormulaObject::source(fragment.charFormat());
            else
                result += fragment.text().mid(begin - fragment.position(), end - begin);
        }
    }
    return result.replace(QChar::LineSeparator, u'\n');
}

} // namespace

ProseView::ProseView(const Appearance& appearance, FormulaService& formulas, QWidget* parent)
    : QTextBrowser(parent), m_appearance(appearance), m_formulas(formulas), m_object(new FormulaObject(formulas, this))
{
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setOpenLinks(false);
    setUndoRedoEnabled(false);
    document()->setDocumentMargin(0);
    document()->setUndoRedoEnabled(false);
    viewport()->setAutoFillBackground(false);
    setAccessibleName(tr("Text"));
    m_object->attach(document());
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &ProseView::fitHeight);
    connect(&m_formulas, &FormulaService::changed, this, &ProseView::onFormulasChanged);
    connect(&m_appearance, &Appearance::changed, this, &ProseView::restyle);
}

void ProseView::write(const Blocks& blocks)
{
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    const int from = cursor.position();
    cursor.beginEditBlock();
    ProseWriter(*m_object, m_appearance.colours(), font()).append(cursor, blocks);
    cursor.endEditBlock();
    watchFormulas(from);
}

void ProseView::setTail(const Blocks& blocks)
{
    if (!m_tail.empty()) {
        while (!m_pending.empty() && m_pending.back() >= m_committedEnd)
            m_pending.pop_back();
        QTextCursor cursor(document());
        cursor.setPosition(m_committedEnd);
        cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
        cursor.setBlockFormat(m_committedFormat); // the tail may have begun in the last block, empty after a table
    }
    m_tail = blocks;
    write(m_tail);
}

void ProseView::commitTail()
{
    m_committed.insert(m_committed.end(), std::make_move_iterator(m_tail.begin()),
                       std::make_move_iterator(m_tail.end()));
    m_tail.clear();
    rememberEnd();
}

void ProseView::rememberEnd()
{
    m_committedEnd = document()->characterCount() - 1;
    m_committedFormat = document()->lastBlock().blockFormat();
}

void ProseView::restyle()
{
    m_pending.clear();
    clear();
    document()->setDocumentMargin(0);
    write(m_committed);
    rememberEnd();
    write(m_tail);
}

// Asks for all formulas from a position on, and remembers those that are not set yet.
void ProseView::watchFormulas(int from)
{
    for (QTextBlock block = document()->findBlock(from); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment fragment = it.fragment();
            if (!FormulaObject::isFormula(fragment.charFormat()))
                continue;
            const Formula formula = m_formulas.formula(FormulaObject::key(fragment.charFormat()));
            for (int i = std::max(from, fragment.position()); i < fragment.position() + fragment.length(); ++i) {
                if (formula.state == Formula::State::Pending)
                    m_pending.push_back(i);
            }
        }
    }
}

// Lays the line of a formula out again, now that its size is known.
void ProseView::settle(int position)
{
    QTextCursor cursor(document());
    cursor.setPosition(position);
    cursor.setPosition(position + 1, QTextCursor::KeepAnchor);
    cursor.setCharFormat(m_object->align(cursor.charFormat()));
    document()->markContentsDirty(position, 1);
}

void ProseView::onFormulasChanged()
{
    std::vector<int> still;
    QTextCursor cursor(document());
    for (const int position : m_pending) {
        cursor.setPosition(position + 1); // a cursor has the format of the character before it
        const Formula formula = m_formulas.formula(FormulaObject::key(cursor.charFormat()));
        if (formula.state == Formula::State::Pending)
            still.push_back(position);
        else
            settle(position);
    }
    m_pending.swap(still);
}

void ProseView::fitHeight()
{
    const int height = static_cast<int>(std::ceil(document()->size().height()));
    if (height != minimumHeight() || height != maximumHeight())
        setFixedHeight(std::max(height, 1));
}

void ProseView::resizeEvent(QResizeEvent* event)
{
    QTextBrowser::resizeEvent(event);
    fitHeight();
}

// Space belongs to the page: here it would only scroll, and there is nothing to scroll.
void ProseView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space)
        event->ignore();
    else
        QTextBrowser::keyPressEvent(event);
}

// The page scrolls, not we.
void ProseView::wheelEvent(QWheelEvent* event) { event->ignore(); }

QVariant ProseView::loadResource(int, const QUrl&) { return {}; }

QString ProseView::plainText() const { return sourceOf(document(), 0, document()->characterCount()); }

QMimeData* ProseView::createMimeDataFromSelection() const
{
    auto* copied = new QMimeData;
    copied->setText(sourceOf(document(), textCursor().selectionStart(), textCursor().selectionEnd()));
    return copied;
}

void ProseView::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    painter.setPen(Qt::NoPen);
    const QAbstractTextDocumentLayout* layout = document()->documentLayout();
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        const QTextBlockFormat format = block.blockFormat();
        if (!format.hasProperty(QuoteDepthProperty) && !format.hasProperty(RuleProperty))
            continue;
        const QRectF area = layout->blockBoundingRect(block);
        if (!area.intersects(QRectF(event->rect())))
            continue;
        painter.setBrush(m_appearance.colours().border);
        if (format.hasProperty(RuleProperty))
            painter.drawRect(QRectF(0, std::round(area.center().y()), viewport()->width(), 1));
        for (int depth = 0; depth < format.intProperty(QuoteDepthProperty); ++depth)
            painter.drawRoundedRect(QRectF(depth * 18, area.top(), 3, area.height()), 1.5, 1.5);
    }
    painter.end();
    QTextBrowser::paintEvent(event);
}

} // namespace lemma::app
