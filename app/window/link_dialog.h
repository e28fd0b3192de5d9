#pragma once
// Asks before a link of the model's text is opened, and shows where it leads. Only web and mail addresses can be
// opened.

#include <QUrl>

class QWidget;

namespace lemma::app {

bool mayBeOpened(const QUrl& url);
void askToOpen(const QUrl& url, QWidget* parent);

} // namespace lemma::app
