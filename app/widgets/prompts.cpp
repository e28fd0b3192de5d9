#include "app/widgets/prompts.h"

#include <QFile>

namespace lemma::app {

QString prompt(const char* name)
{
    QFile file(QStringLiteral(":/lemma/prompts/%1.txt").arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).trimmed() : QString();
}

} // namespace lemma::app
