#pragma once
// Takes the formulas out of Markdown before Markdown can break them (`_`, `*`, `\[` and `|` mean something to both).
//
//     const ProtectedMarkdown protectedText = protectMath("Since $a_1 < 5$, it costs $5.", false);
//     // protectedText.text: "Since <0>, it costs $5."; formulas: [{"a_1 < 5", false}]
//
// Known: \(..\), \[..\], $$..$$, $..$ and \begin{align}..\end{align} with its kin; none crosses a blank line, none
// begins in code. The currency rule for $..$: no space after the opening, none before the closing dollar, no digit
// after it. A marker is the character MarkerOpen, the number of the formula, MarkerClose: private-use characters, which
// Markdown passes through.

#include <QString>
#include <QStringView>
#include <vector>

namespace lemma::app {

struct MathSpan {
    QString tex; // without delimiters; of an open formula, with them
    bool display = false;
    bool open = false; // still being written: its end has not arrived

    QString source; // as it stood in the text
};

struct ProtectedMarkdown {
    static constexpr QChar MarkerOpen{0xF8F0};
    static constexpr QChar MarkerClose{0xF8F1};

    QString text;
    std::vector<MathSpan> formulas;

    // Puts the sources back, for places where no formula may stand: code, link targets.
    QString restored(const QString& part) const;
};

// `streaming`: the text is still growing, so a formula without an end at the end of the text is open, not prose.
ProtectedMarkdown protectMath(QStringView markdown, bool streaming);

} // namespace lemma::app
