#include "app/widgets/layout.h"

#include <QStyle>

namespace lemma::app {

void refreshStyle(QWidget* widget)
{
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

void setLook(QWidget* widget, const char* look)
{
    widget->setProperty("look", look);
    refreshStyle(widget);
}

QLabel* makeLabel(const QString& text, const char* look, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setProperty("look", look);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QLabel* makeChip(const QString& text, const char* tint, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setProperty("look", "chip");
    label->setProperty("tint", tint);
    label->setTextFormat(Qt::PlainText);
    label->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    return label;
}

void setTint(QLabel* chip, const char* tint)
{
    chip->setProperty("tint", tint);
    refreshStyle(chip);
}

QPushButton* makeButton(const QString& text, const char* look, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    if (look)
        button->setProperty("look", look);
    button->setCursor(Qt::PointingHandCursor);
    return button;
}

QFrame* makeCard(const char* look, QWidget* parent)
{
    auto* card = new QFrame(parent);
    card->setProperty("look", look);
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(space::Large, space::Medium, space::Large, space::Medium);
    layout->setSpacing(space::Small);
    return card;
}

QVBoxLayout* cardLayout(QFrame* card) { return static_cast<QVBoxLayout*>(card->layout()); }

} // namespace lemma::app
