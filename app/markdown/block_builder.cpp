#include "app/markdown/block_builder.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <cstring>
#include <utility>

namespace lemma::app {

namespace {

QString literal(cmark_node* node) { return QString::fromUtf8(cmark_node_get_literal(node)); }
QString url(cmark_node* node) { return QString::fromUtf8(cmark_node_get_url(node)); }

// Types of extensions are numbers given out at run time; their names are fixed.
bool is(cmark_node* node, const char* type) { return std::strcmp(cmark_node_get_type_string(node), type) == 0; }

Qt::Alignment alignment(uint8_t letter)
{
    switch (letter) {
    case 'c': return Qt::AlignHCenter;
    case 'r': return Qt::AlignRight;
    default: return Qt::AlignLeft;
    }
}

bool isBlank(const Runs& runs)
{
    for (const Run& run : runs) {
        if (run.kind != Run::Kind::LineBreak && (run.kind != Run::Kind::Text || !run.text.trimmed().isEmpty()))
            return false;
    }
    return true;
}

} // namespace

void BlockBuilder::visit(cmark_node* node, bool entering)
{
    if (visitContainer(node, entering) || visitTable(node, entering) || visitStyle(node, entering))
        return;
    if (entering)
        visitLeaf(node);
}

bool BlockBuilder::visitContainer(cmark_node* node, bool entering)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_BLOCK_QUOTE: m_quoteDepth += entering ? 1 : -1; return true;
    case CMARK_NODE_LIST:
        if (entering)
            m_lists.push_back({cmark_node_get_list_type(node) == CMARK_ORDERED_LIST,
                               cmark_node_get_list_tight(node) != 0, cmark_node_get_list_start(node)});
        else
            m_lists.pop_back();
        return true;
    case CMARK_NODE_PARAGRAPH: entering ? beginText(Block::Kind::Paragraph) : endText(); return true;
    case CMARK_NODE_HEADING:
        entering ? beginText(Block::Kind::Heading, cmark_node_get_heading_level(node)) : endText();
        return true;
    case CMARK_NODE_ITEM: break;
    default:
        if (!is(node, "tasklist"))
            return false;
    }
    if (entering)
        beginItem(node);
    else if (!m_marker.isEmpty())
        append(place(Block::Kind::Paragraph)); // an item without any content still shows its bullet
    return true;
}

bool BlockBuilder::visitTable(cmark_node* node, bool entering)
{
    if (is(node, "table")) {
        m_inTable = entering;
        if (!entering)
            return true;
        Block block = place(Block::Kind::Table);
        const uint16_t columns = cmark_gfm_extensions_get_table_columns(node);
        const uint8_t* letters = cmark_gfm_extensions_get_table_alignments(node);
        for (uint16_t i = 0; i < columns; ++i)
            block.table.alignments.push_back(alignment(letters[i]));
        append(std::move(block));
        return true;
    }
    if (!m_inTable)
        return false;
    auto& rows = m_blocks.back().table.rows;
    if (is(node, "table_row") || is(node, "table_header")) {
        if (entering)
            rows.emplace_back();
        return true;
    }
    if (is(node, "table_cell")) {
        if (entering)
            rows.back().emplace_back();
        return true;
    }
    return false;
}

bool BlockBuilder::visitStyle(cmark_node* node, bool entering)
{
    const int change = entering ? 1 : -1;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_STRONG: m_strong += change; return true;
    case CMARK_NODE_EMPH: m_emphasis += change; return true;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        if (entering)
            m_links.push_back(m_source.restored(url(node)));
        else
            m_links.pop_back();
        return true;
    default: break;
    }
    if (!is(node, "strikethrough"))
        return false;
    m_strike += change;
    return true;
}

void BlockBuilder::visitLeaf(cmark_node* node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT: addText(literal(node)); break;
    case CMARK_NODE_SOFTBREAK: addText(QStringLiteral(" ")); break;
    case CMARK_NODE_LINEBREAK: addRun({.kind = Run::Kind::LineBreak}); break;
    case CMARK_NODE_CODE: addRun({.text = m_source.restored(literal(node)), .code = true}); break;
    case CMARK_NODE_HTML_INLINE: addRun({.text = m_source.restored(literal(node))}); break;
    case CMARK_NODE_HTML_BLOCK:
        beginText(Block::Kind::Paragraph);
        addRun({.text = m_source.restored(literal(node)).trimmed()});
        endText();
        break;
    case CMARK_NODE_CODE_BLOCK: addCode(node); break;
    case CMARK_NODE_THEMATIC_BREAK: append(place(Block::Kind::Rule)); break;
    default: break;
    }
}

void BlockBuilder::beginItem(cmark_node* node)
{
    List& list = m_lists.back();
    if (is(node, "tasklist"))
        m_marker =
            cmark_gfm_extensions_get_tasklist_item_checked(node) ? QStringLiteral("\u2611") : QStringLiteral("\u2610");
    else
        m_marker = list.ordered ? QStringLiteral("%1.").arg(list.next) : QStringLiteral("\u2022");
    ++list.next;
}

void BlockBuilder::beginText(Block::Kind kind, int level)
{
    m_text = place(kind);
    m_text.level = level;
    m_inText = true;
}

void BlockBuilder::endText()
{
    m_inText = false;
    // A paragraph that ended in a displayed formula leaves nothing behind.
    if (!isBlank(m_text.runs) || !m_text.marker.isEmpty())
        append(std::move(m_text));
}

void BlockBuilder::addCode(cmark_node* node)
{
    Block block = place(Block::Kind::Code);
    block.text = m_source.restored(literal(node));
    if (block.text.endsWith(u'\n'))
        block.text.chop(1);
    block.language = QString::fromUtf8(cmark_node_get_fence_info(node)).section(u' ', 0, 0).trimmed();
    append(std::move(block));
}

// Text of the tree with the markers of formulas in it.
void BlockBuilder::addText(const QString& text)
{
    qsizetype at = 0;
    while (at < text.size()) {
        const qsizetype open = text.indexOf(ProtectedMarkdown::MarkerOpen, at);
        const qsizetype close = open < 0 ? -1 : text.indexOf(ProtectedMarkdown::MarkerClose, open);
        if (close < 0) {
            addRun({.text = text.mid(at)});
            return;
        }
        if (open > at)
            addRun({.text = text.mid(at, open - at)});
        const auto number = text.mid(open + 1, close - open - 1).toUInt();
        if (number < m_source.formulas.size())
            addFormula(m_source.formulas[number]);
        at = close + 1;
    }
}

void BlockBuilder::addFormula(const MathSpan& span)
{
    if (span.open) {
        addRun({.kind = Run::Kind::FormulaSource, .text = span.source});
        return;
    }
    if (!span.display || !m_inText || m_text.kind != Block::Kind::Paragraph) {
        addRun({.kind = Run::Kind::Formula, .text = span.tex});
        return;
    }
    // A displayed formula splits the paragraph it stands in; where it comes first, the bullet of the item is its own.
    if (isBlank(m_text.runs))
        m_marker = std::exchange(m_text.marker, {});
    endText();
    Block formula = place(Block::Kind::Formula);
    formula.text = span.tex;
    append(std::move(formula));
    beginText(Block::Kind::Paragraph);
}

void BlockBuilder::addRun(Run run)
{
    run.strong = m_strong > 0;
    run.emphasis = m_emphasis > 0;
    run.strike = m_strike > 0;
    if (!m_links.empty())
        run.link = m_links.back();
    Runs* runs = nullptr;
    if (m_inText)
        runs = &m_text.runs;
    else if (m_inTable && !m_blocks.back().table.rows.empty() && !m_blocks.back().table.rows.back().empty())
        runs = &m_blocks.back().table.rows.back().back().runs;
    if (!runs)
        return;
    // The text after a displayed formula begins where its line begins.
    if (runs->empty() && run.kind == Run::Kind::Text && !run.code) {
        while (!run.text.isEmpty() && run.text.front().isSpace())
            run.text.remove(0, 1);
    }
    if (run.kind == Run::Kind::Text && run.text.isEmpty())
        return;
    runs->push_back(std::move(run));
}

Block BlockBuilder::place(Block::Kind kind)
{
    Block block;
    block.kind = kind;
    block.listDepth = static_cast<int>(m_lists.size());
    block.quoteDepth = m_quoteDepth;
    block.tight = !m_lists.empty() && m_lists.back().tight;
    block.marker = std::exchange(m_marker, {});
    return block;
}

void BlockBuilder::append(Block block) { m_blocks.push_back(std::move(block)); }

Blocks BlockBuilder::take() { return std::move(m_blocks); }

} // namespace lemma::app
