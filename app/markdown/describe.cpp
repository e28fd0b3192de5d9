#include "app/markdown/document.h"

namespace lemma::app {

namespace {

QString describe(const Runs& runs)
{
    QString result;
    for (const Run& run : runs) {
        QString text = run.text;
        switch (run.kind) {
        case Run::Kind::Text: break;
        case Run::Kind::Formula: text = QStringLiteral("<math:%1>").arg(text); break;
        case Run::Kind::FormulaSource: text = QStringLiteral("<open:%1>").arg(text); break;
        case Run::Kind::LineBreak: text = QStringLiteral("<br>"); break;
        }
        if (run.code)
            text = QStringLiteral("<code:%1>").arg(text);
        if (run.emphasis)
            text = QStringLiteral("<em:%1>").arg(text);
        if (run.strong)
            text = QStringLiteral("<strong:%1>").arg(text);
        if (run.strike)
            text = QStringLiteral("<del:%1>").arg(text);
        if (!run.link.isEmpty())
            text = QStringLiteral("<link %1:%2>").arg(run.link, text);
        result += text;
    }
    return result;
}

QString name(const Block& block)
{
    switch (block.kind) {
    case Block::Kind::Paragraph: return QStringLiteral("paragraph");
    case Block::Kind::Heading: return QStringLiteral("heading%1").arg(block.level);
    case Block::Kind::Code:
        return QStringLiteral("code(%1%2)").arg(block.language, block.closed ? QString() : QStringLiteral(", open"));
    case Block::Kind::Formula: return QStringLiteral("formula");
    case Block::Kind::Table: return QStringLiteral("table");
    case Block::Kind::Rule: return QStringLiteral("rule");
    }
    return {};
}

QString describe(const Table& table)
{
    QString result;
    for (const auto& row : table.rows) {
        result += QStringLiteral("\n  |");
        for (const TableCell& cell : row)
            result += u' ' + describe(cell.runs) + QStringLiteral(" |");
    }
    return result;
}

} // namespace

QString describe(const Blocks& blocks)
{
    QString result;
    for (const Block& block : blocks) {
        result += QString(block.quoteDepth, u'>') + QString(block.listDepth * 2, u' ');
        if (!block.marker.isEmpty())
            result += block.marker + u' ';
        result += name(block) + QStringLiteral(": ");
        if (block.kind == Block::Kind::Table)
            result += describe(block.table);
        else if (block.kind == Block::Kind::Code || block.kind == Block::Kind::Formula)
            result += QString(block.text).replace(u'\n', u'\u21b5');
        else
            result += describe(block.runs);
        result += u'\n';
    }
    return result;
}

} // namespace lemma::app
