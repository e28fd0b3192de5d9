#pragma once
// Draws a session in the list: the icon of its page, its title, and when it was last used.

#include <QStyledItemDelegate>

namespace lemma::app {

class Appearance;

class SessionDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit SessionDelegate(const Appearance& appearance, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Appearance& m_appearance;
};

} // namespace lemma::app
