#include "app/formula/mathjax_files.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <algorithm>

namespace lemma::app {

const QStringList& mathJaxScripts()
{
    static const QStringList scripts = {
        QStringLiteral("startup.js"),        QStringLiteral("core.js"),       QStringLiteral("adaptors/liteDOM.js"),
        QStringLiteral("input/tex-full.js"), QStringLiteral("output/svg.js"), QStringLiteral("output/svg/fonts/tex.js"),
    };
    return scripts;
}

QString findMathJax()
{
    QStringList folders;
    if (const QString chosen = qEnvironmentVariable("LEMMA_MATHJAX"); !chosen.isEmpty())
        folders += chosen;
    folders += QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("../share/lemma/mathjax"));
    for (const QString& data : QStandardPaths::standardLocations(QStandardPaths::GenericDataLocation))
        folders += data + QStringLiteral("/lemma/mathjax");
    for (const QString& folder : std::as_const(folders)) {
        const auto present = [&folder](const QString& script) { return QFileInfo::exists(folder + u'/' + script); };
        if (std::all_of(mathJaxScripts().begin(), mathJaxScripts().end(), present))
            return folder;
    }
    return {};
}

} // namespace lemma::app
