#include "app/markdown/prose_writer.h"

#include <QFontDatabase>
#include <QTextDocument>
#include <QTextTable>

#include "app/formula/formula_object.h"

namespace lemma::app {

namespace {

constexpr int IndentWidth = 26; // of a list level or a quote
constexpr int LineDistance = 5; // extra pixels between lines
constexpr double HeadingSizes[] = {1.45, 1.28, 1.14, 1.05, 1.0, 1.0};

// A line break inside a run stays inside its block.
QString oneBlock(QString text) { return text.replace(u'\n', QChar(QChar::LineSeparator)); }

} // namespace

ProseWriter::ProseWriter(const FormulaObject& formulas, const Colours& colours, const QFont& font)
    : m_formulas(formulas), m_colours(colours), m_font(font)
{
}

void ProseWriter::append(QTextCursor& cursor, const Blocks& blocks) const
{
    cursor.movePosition(QTextCursor::End);
    for (const Block& block : blocks) {
        if (block.kind == Block::Kind::Table)
            appendTable(cursor, block);
        else
            appendText(cursor, block);
    }
}

// A fresh document, and the place after a table, already have an empty block: it is used before a new one is made.
void ProseWriter::beginBlock(QTextCursor& cursor, const QTextBlockFormat& format) const
{
    QTextCharFormat plain;
    plain.setFont(m_font);
    plain.setForeground(m_colours.text);
    if (cursor.block().length() > 1 || cursor.blockFormat().hasProperty(RuleProperty)) {
        cursor.insertBlock(format, plain);
    } else {
        cursor.setBlockFormat(format);
        cursor.setBlockCharFormat(plain);
        cursor.setCharFormat(plain);
    }
}

QTextBlockFormat ProseWriter::blockFormat(const Block& block, bool first) const
{
    QTextBlockFormat format;
    const int indent = block.listDepth * IndentWidth + block.quoteDepth * (IndentWidth - 8);
    format.setLeftMargin(indent);
    format.setLineHeight(LineDistance, QTextBlockFormat::LineDistanceHeight);
    const bool tightItem = block.tight && block.listDepth > 0 && block.kind == Block::Kind::Paragraph;
    int above = tightItem ? space::Hair : space::Medium - 2;
    if (block.kind == Block::Kind::Heading)
        above = space::Large + 2;
    format.setTopMargin(first ? 0 : above);
    if (block.quoteDepth > 0)
        format.setProperty(QuoteDepthProperty, block.quoteDepth);
    if (!block.marker.isEmpty()) {
        format.setTextIndent(-(IndentWidth - 4));
        format.setTabPositions({QTextOption::Tab(IndentWidth - 4, QTextOption::LeftTab)}); // from the marker on
    }
    if (block.kind == Block::Kind::Heading)
        format.setHeadingLevel(block.level);
    return format;
}

void ProseWriter::appendText(QTextCursor& cursor, const Block& block) const
{
    const bool first = cursor.position() == 0;
    QTextBlockFormat format = blockFormat(block, first);
    if (block.kind == Block::Kind::Formula && block.marker.isEmpty())
        format.setAlignment(Qt::AlignHCenter);
    if (block.kind == Block::Kind::Rule)
        format.setProperty(RuleProperty, true);
    beginBlock(cursor, format);

    QTextCharFormat base;
    base.setFont(m_font);
    base.setForeground(m_colours.text);
    if (block.kind == Block::Kind::Heading) {
        QFont font = m_font;
        font.setPointSizeF(m_font.pointSizeF() * HeadingSizes[std::clamp(block.level, 1, 6) - 1]);
        font.setWeight(QFont::DemiBold);
        base.setFont(font);
    } else if (block.quoteDepth > 0) {
        base.setForeground(m_colours.muted);
    }
    if (!block.marker.isEmpty()) {
        QTextCharFormat marker = base;
        marker.setForeground(m_colours.muted);
        cursor.insertText(block.marker + u'\t', marker);
    }
    if (block.kind == Block::Kind::Formula)
        cursor.insertText(QString(QChar(QChar::ObjectReplacementCharacter)),
                          m_formulas.format({block.text, true}, base));
    else
        insertRuns(cursor, block.runs, base);
}

void ProseWriter::appendTable(QTextCursor& cursor, const Block& block) const
{
    const auto rows = static_cast<int>(block.table.rows.size());
    const auto columns = static_cast<int>(block.table.alignments.size());
    if (rows == 0 || columns == 0)
        return;
    // The empty block that a table stands after takes no room of its own.
    QTextBlockFormat before;
    before.setLineHeight(cursor.position() == 0 ? 1 : space::Small, QTextBlockFormat::FixedHeight);
    beginBlock(cursor, before);
    QTextTableFormat format;
    format.setBorder(1);
    format.setBorderBrush(m_colours.border);
    format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    format.setBorderCollapse(true);
    format.setCellPadding(space::Small - 2);
    format.setCellSpacing(0);
    format.setHeaderRowCount(1);
    QTextTable* table = cursor.insertTable(rows, columns, format);
    for (int row = 0; row < rows; ++row) {
        const auto& cells = block.table.rows[static_cast<size_t>(row)];
        for (int column = 0; column < columns && column < static_cast<int>(cells.size()); ++column) {
            QTextTableCell place = table->cellAt(row, column);
            QTextCharFormat base;
            base.setFont(m_font);
            base.setForeground(m_colours.text);
            if (row == 0) {
                base.setFontWeight(QFont::DemiBold);
                QTextCharFormat ground;
                ground.setBackground(m_colours.sunken);
                place.setFormat(ground);
            }
            QTextCursor inside = place.firstCursorPosition();
            QTextBlockFormat alignment;
            alignment.setAlignment(block.table.alignments[static_cast<size_t>(column)]);
            inside.setBlockFormat(alignment);
            insertRuns(inside, cells[static_cast<size_t>(column)].runs, base);
        }
    }
    cursor.movePosition(QTextCursor::End);
    QTextBlockFormat after;
    after.setLineHeight(1, QTextBlockFormat::FixedHeight);
    cursor.setBlockFormat(after);
}

void ProseWriter::insertRuns(QTextCursor& cursor, const Runs& runs, const QTextCharFormat& base) const
{
    for (const Run& run : runs) {
        switch (run.kind) {
        case Run::Kind::Text:
        case Run::Kind::FormulaSource: cursor.insertText(oneBlock(run.text), runFormat(run, base)); break;
        case Run::Kind::LineBreak: cursor.insertText(QString(QChar(QChar::LineSeparator)), base); break;
        case Run::Kind::Formula:
            cursor.insertText(QString(QChar(QChar::ObjectReplacementCharacter)),
                              m_formulas.format({run.text, false}, runFormat(run, base)));
            break;
        }
    }
}

QTextCharFormat ProseWriter::runFormat(const Run& run, const QTextCharFormat& base) const
{
    QTextCharFormat format = base;
    if (run.strong)
        format.setFontWeight(QFont::Bold);
    if (run.emphasis)
        format.setFontItalic(true);
    if (run.strike)
        format.setFontStrikeOut(true);
    if (run.code || run.kind == Run::Kind::FormulaSource) {
        format.setFontFamilies({QFontDatabase::systemFont(QFontDatabase::FixedFont).family()});
        format.setFontFixedPitch(true);
        format.setFontPointSize(base.font().pointSizeF() * 0.94);
    }
    if (run.code)
        format.setBackground(m_colours.neutral.ground);
    if (run.kind == Run::Kind::FormulaSource)
        format.setForeground(m_colours.muted);
    if (!run.link.isEmpty()) {
        format.setAnchor(true);
        format.setAnchorHref(run.link);
        format.setToolTip(run.link);
        format.setForeground(m_colours.accent);
        format.setFontUnderline(true);
    }
    return format;
}

} // namespace lemma::app
