#include "app/markdown/code_colours.h"

#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/SyntaxHighlighter>
#include <KSyntaxHighlighting/Theme>
#include <QTextDocument>

namespace lemma::app {

using KSyntaxHighlighting::Definition;
using KSyntaxHighlighting::Repository;
using KSyntaxHighlighting::SyntaxHighlighter;

CodeColours::CodeColours() = default;
CodeColours::~CodeColours() = default;

// Names are tried as they are ("Python"), in any case ("python"), then as an ending ("py", "js").
Definition CodeColours::definition(const QString& tag)
{
    if (tag.isEmpty())
        return {};
    if (!m_repository)
        m_repository = std::make_unique<Repository>();
    if (const Definition exact = m_repository->definitionForName(tag); exact.isValid())
        return exact;
    const auto all = m_repository->definitions();
    for (const Definition& candidate : all) {
        if (candidate.name().compare(tag, Qt::CaseInsensitive) == 0)
            return candidate;
    }
    if (tag == QLatin1String("shell") || tag == QLatin1String("console"))
        return m_repository->definitionForName(QStringLiteral("Bash"));
    return m_repository->definitionForFileName(QStringLiteral("x.") + tag.toLower());
}

SyntaxHighlighter* CodeColours::attach(QTextDocument* document, const QString& tag, bool dark)
{
    const Definition language = definition(tag);
    auto* highlighter = new SyntaxHighlighter(document);
    setDark(highlighter, dark);
    highlighter->setDefinition(language);
    return highlighter;
}

void CodeColours::setDark(SyntaxHighlighter* highlighter, bool dark)
{
    if (!m_repository)
        m_repository = std::make_unique<Repository>();
    highlighter->setTheme(m_repository->theme(dark ? QStringLiteral("GitHub Dark") : QStringLiteral("GitHub Light")));
    highlighter->rehighlight();
}

QString CodeColours::languageName(const QString& tag)
{
    const Definition language = definition(tag);
    return language.isValid() ? language.translatedName() : tag;
}

QString CodeColours::fileExtension(const QString& tag)
{
    const Definition language = definition(tag);
    const auto patterns = language.isValid() ? language.extensions() : QVector<QString>();
    for (const QString& pattern : patterns) {
        if (pattern.startsWith(QLatin1String("*.")))
            return pattern.mid(2);
    }
    return QStringLiteral("txt");
}

} // namespace lemma::app
