#pragma once
// The icons of Lemma: line drawings in resources/icons, inked in any colour and sharp at any scale.
//
//     button->setIcon(icon("send", appearance.colours().onAccent));

#include <QColor>
#include <QIcon>

namespace lemma::app {

QIcon icon(const char* name, const QColor& ink);

// Lemma's own, for window and desktop.
QIcon applicationIcon();

} // namespace lemma::app
