#pragma once
// Writes blocks of text into a QTextDocument: paragraphs, headings, lists, quotes, tables, formulas. Code blocks are
// widgets of their own (code_block_view.h) and never come here.

#include <QFont>
#include <QTextCursor>

#include "app/markdown/document.h"
#include "app/widgets/theme.h"

namespace lemma::app {

// Block formats carry these, for ProseView to paint what QTextDocument cannot.
constexpr int QuoteDepthProperty = 0x100000 + 10; // QTextFormat::UserProperty is 0x100000
constexpr int RuleProperty = 0x100000 + 11;

class FormulaObject;

class ProseWriter {
public:
    ProseWriter(const FormulaObject& formulas, const Colours& colours, const QFont& font);

    // At the end of the cursor's document.
    void append(QTextCursor& cursor, const Blocks& blocks) const;

private:
    void appendText(QTextCursor& cursor, const Block& block) const;
    void appendTable(QTextCursor& cursor, const Block& block) const;
    void beginBlock(QTextCursor& cursor, const QTextBlockFormat& format) const;
    QTextBlockFormat blockFormat(const Block& block, bool first) const;
    void insertRuns(QTextCursor& cursor, const Runs& runs, const QTextCharFormat& base) const;
    QTextCharFormat runFormat(const Run& run, const QTextCharFormat& base) const;

    const FormulaObject& m_formulas;
    const Colours& m_colours;
    QFont m_font;
};

} // namespace lemma::app
