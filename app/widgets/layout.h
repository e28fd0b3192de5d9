#pragma once
// Small makers, so that pages read as what they show and not as property lists.

#include <QBoxLayout>
#include <QFrame>
#include <QLabel>
#include <QPushButton>

#include "app/widgets/theme.h"

namespace lemma::app {

// Re-reads the style sheet after a property that it looks at has changed.
void refreshStyle(QWidget* widget);

void setLook(QWidget* widget, const char* look);

QLabel* makeLabel(const QString& text, const char* look, QWidget* parent = nullptr);
// A small coloured label; `tint` is neutral, info, good, caution, bad or special.
QLabel* makeChip(const QString& text, const char* tint, QWidget* parent = nullptr);
void setTint(QLabel* chip, const char* tint);

// `look`: primary, quiet, link, tab, or null for a plain one.
QPushButton* makeButton(const QString& text, const char* look, QWidget* parent = nullptr);

// A frame with a vertical layout inside its padding.
QFrame* makeCard(const char* look, QWidget* parent = nullptr);
QVBoxLayout* cardLayout(QFrame* card);

} // namespace lemma::app
