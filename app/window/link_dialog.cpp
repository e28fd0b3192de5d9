#include "app/window/link_dialog.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>

namespace lemma::app {

namespace {

struct LinkTexts {
    Q_DECLARE_TR_FUNCTIONS(lemma::app::LinkTexts)
};

} // namespace

bool mayBeOpened(const QUrl& url)
{
    static const QStringList schemes = {QStringLiteral("http"), QStringLiteral("https"), QStringLiteral("mailto")};
    return url.isValid() && schemes.contains(url.scheme().toLower());
}

void askToOpen(const QUrl& url, QWidget* parent)
{
    const bool openable = mayBeOpened(url);
    QMessageBox question(QMessageBox::NoIcon, LinkTexts::tr("Link"),
                         openable ? LinkTexts::tr("Open this link in the browser?")
                                  : LinkTexts::tr("This link is not to a web page, so Lemma does not open it."),
                         QMessageBox::Cancel, parent);
    question.setTextFormat(Qt::PlainText);
    question.setInformativeText(url.toString());
    const QPushButton* copy = question.addButton(LinkTexts::tr("Copy"), QMessageBox::ActionRole);
    const QPushButton* open = openable ? question.addButton(LinkTexts::tr("Open"), QMessageBox::AcceptRole) : nullptr;
    question.exec();
    if (open && question.clickedButton() == open)
        QDesktopServices::openUrl(url);
    else if (question.clickedButton() == copy)
        QGuiApplication::clipboard()->setText(url.toString());
}

} // namespace lemma::app
