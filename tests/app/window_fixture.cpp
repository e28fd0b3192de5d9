#include "tests/app/window_fixture.h"

#include <QPlainTextEdit>

#include "app/markdown/prose_view.h"

namespace lemma::tests {

QString WindowFixture::visibleText() const
{
    QCoreApplication::processEvents(); // widgets that were just added become visible
    QStringList texts;
    const auto labels = window->findChildren<QLabel*>();
    for (const QLabel* label : labels) {
        if (label->isVisible())
            texts += label->text();
    }
    const auto buttons = window->findChildren<QAbstractButton*>();
    for (const QAbstractButton* button : buttons) {
        if (button->isVisible())
            texts += button->text();
    }
    const auto prose = window->findChildren<app::ProseView*>();
    for (const app::ProseView* view : prose) {
        if (view->isVisible())
            texts += view->plainText();
    }
    const auto code = window->findChildren<QPlainTextEdit*>();
    for (const QPlainTextEdit* view : code) {
        if (view->isVisible())
            texts += view->toPlainText();
    }
    return texts.join(u'\n');
}

} // namespace lemma::tests
