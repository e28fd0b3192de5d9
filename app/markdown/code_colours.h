#pragma once
// Syntax colours (KSyntaxHighlighting), light and dark, loaded at the first code block.

#include <QString>
#include <memory>

namespace KSyntaxHighlighting {
class Repository;
class Definition;
class SyntaxHighlighter;
} // namespace KSyntaxHighlighting

class QTextDocument;

namespace lemma::app {

class CodeColours {
public:
    CodeColours();
    ~CodeColours();

    // A highlighter for the document, which owns it. `tag` is what stands after ``` ("python", "c++", "js"); an unknown
    // one leaves the text plain.
    KSyntaxHighlighting::SyntaxHighlighter* attach(QTextDocument* document, const QString& tag, bool dark);
    void setDark(KSyntaxHighlighting::SyntaxHighlighter* highlighter, bool dark);

    // "Python", "C++"; the tag itself where the language is not known.
    QString languageName(const QString& tag);
    // "py", "cpp": for saving; "txt" where the language is not known.
    QString fileExtension(const QString& tag);

private:
    KSyntaxHighlighting::Definition definition(const QString& tag);

    std::unique_ptr<KSyntaxHighlighting::Repository> m_repository;
};

} // namespace lemma::app
