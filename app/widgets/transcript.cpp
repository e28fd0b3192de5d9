#include "app/widgets/transcript.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

#include "app/widgets/layout.h"

namespace lemma::app {

namespace {

constexpr int NearBottom = 24; // pixels that still count as being at the bottom

} // namespace

Transcript::Transcript(QWidget* parent)
    : QScrollArea(parent), m_pill(makeButton(tr("New text \u2193"), "primary", this))
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setObjectName(QStringLiteral("transcript"));
    auto* page = new QWidget;
    page->setProperty("look", "column");
    auto* column = new QWidget(page);
    column->setMaximumWidth(ColumnWidth);
    m_column = new QVBoxLayout(column);
    m_column->setContentsMargins(0, space::Huge, 0, space::Huge);
    m_column->setSpacing(space::Large);
    m_column->addStretch(1);
    auto* centred = new QHBoxLayout(page);
    centred->setContentsMargins(space::Huge, 0, space::Huge, 0);
    centred->addStretch(1);
    centred->addWidget(column, 1000);
    centred->addStretch(1);
    setWidget(page);

    m_pill->hide();
    connect(m_pill, &QPushButton::clicked, this, &Transcript::scrollToBottom);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &Transcript::onRangeChanged);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &Transcript::onScrolled);
}

void Transcript::add(QWidget* widget) { m_column->insertWidget(m_column->count() - 1, widget); }

void Transcript::clear()
{
    while (m_column->count() > 1) {
        QLayoutItem* item = m_column->takeAt(0);
        delete item->widget();
        delete item;
    }
    m_following = true;
    m_pill->hide();
}

void Transcript::scrollToBottom()
{
    m_following = true;
    m_pill->hide();
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void Transcript::reveal(QWidget* widget)
{
    // After the layout has given the new widget its place.
    QTimer::singleShot(0, widget, [this, widget] {
        const int top = widget->mapTo(this->widget(), QPoint()).y();
        const int bottom = top + widget->height() + space::Huge;
        QScrollBar* bar = verticalScrollBar();
        if (bottom > bar->value() + viewport()->height())
            bar->setValue(std::min(top - space::Large, bottom - viewport()->height()));
        if (top < bar->value())
            bar->setValue(top - space::Large);
    });
}

void Transcript::onRangeChanged()
{
    if (m_following)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    // As much room on the left as the scroll bar takes on the right keeps the column in the middle.
    const int bar = verticalScrollBar()->maximum() > 0 ? verticalScrollBar()->sizeHint().width() : 0;
    setViewportMargins(bar, 0, 0, 0);
    placePill();
}

void Transcript::noteNewText()
{
    if (!m_following && verticalScrollBar()->value() < verticalScrollBar()->maximum() - NearBottom)
        m_pill->show();
}

void Transcript::onScrolled(int value)
{
    m_following = value >= verticalScrollBar()->maximum() - NearBottom;
    if (m_following)
        m_pill->hide();
}

void Transcript::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    placePill();
}

void Transcript::placePill()
{
    m_pill->adjustSize();
    m_pill->move((width() - m_pill->width()) / 2, height() - m_pill->height() - space::Medium);
    m_pill->raise();
}

} // namespace lemma::app
