#include "app/history/session_delegate.h"

#include <QPainter>

#include "app/history/session_list_model.h"
#include "app/widgets/appearance.h"
#include "app/widgets/icons.h"

namespace lemma::app {

namespace {

constexpr int IconSize = 18;

QFont smaller(const QFont& font)
{
    QFont small = font;
    small.setPointSizeF(font.pointSizeF() * 0.88);
    return small;
}

} // namespace

SessionDelegate::SessionDelegate(const Appearance& appearance, QObject* parent)
    : QStyledItemDelegate(parent), m_appearance(appearance)
{
}

QSize SessionDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    const int text = QFontMetrics(option.font).height() + QFontMetrics(smaller(option.font)).height();
    return {100, text + 2 * space::Small + 2};
}

void SessionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Colours& colours = m_appearance.colours();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF row = QRectF(option.rect).adjusted(space::Small, 1, -space::Small, -1);
    const bool selected = option.state & QStyle::State_Selected;
    if (selected || (option.state & QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(selected ? colours.accentSoft : colours.border);
        painter->setOpacity(selected ? 1.0 : 0.5);
        painter->drawRoundedRect(row, ControlRadius, ControlRadius);
        painter->setOpacity(1.0);
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(colours.accent, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(row.adjusted(1, 1, -1, -1), ControlRadius, ControlRadius);
    }
    const bool coding = index.data(SessionListModel::KindRole).toInt() == static_cast<int>(engine::SessionKind::Coding);
    const QRect iconRect(static_cast<int>(row.left()) + space::Small, static_cast<int>(row.center().y()) - IconSize / 2,
                         IconSize, IconSize);
    icon(coding ? "code" : "tutor", colours.muted).paint(painter, iconRect);

    QRectF text = row.adjusted(space::Small * 2 + IconSize, space::Small - 1, -space::Small, -space::Small + 1);
    const QFontMetrics metrics(option.font);
    painter->setFont(option.font);
    painter->setPen(colours.text);
    const QString title = index.data().toString().simplified();
    painter->drawText(text, Qt::AlignTop | Qt::AlignLeading,
                      metrics.elidedText(title, Qt::ElideRight, static_cast<int>(text.width())));
    text.setTop(text.top() + metrics.height());
    painter->setFont(smaller(option.font));
    painter->setPen(colours.muted);
    painter->drawText(text, Qt::AlignTop | Qt::AlignLeading, index.data(SessionListModel::TimeRole).toString());
    painter->restore();
}

} // namespace lemma::app
