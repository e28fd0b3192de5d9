#include "app/widgets/translations.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

namespace lemma::app {

void installTranslations(QCoreApplication& application)
{
    const QString folder = QStringLiteral(":/lemma/translations");
    auto* english = new QTranslator(&application); // what a translation lacks is at least right in number
    if (english->load(QStringLiteral("lemma_en"), folder))
        QCoreApplication::installTranslator(english);
    auto* own = new QTranslator(&application);
    if (QLocale().language() != QLocale::English &&
        own->load(QLocale(), QStringLiteral("lemma"), QStringLiteral("_"), folder))
        QCoreApplication::installTranslator(own);
}

} // namespace lemma::app
