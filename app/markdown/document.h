#pragma once
// A parsed Markdown text: a flat list of blocks in reading order, ready to be laid out. No HTML anywhere: raw HTML of
// the source is plain text here.

#include <QString>
#include <Qt>
#include <vector>

namespace lemma::app {

// A stretch of text of one look, or one formula.
struct Run {
    enum class Kind : quint8 {
        Text,
        Formula,       // text holds the TeX
        FormulaSource, // text holds the source of a formula that is still being written
        LineBreak,
    };

    Kind kind = Kind::Text;
    QString text = {};
    bool strong = false;
    bool emphasis = false;
    bool strike = false;
    bool code = false;
    QString link = {}; // target; empty: none
};

using Runs = std::vector<Run>;

struct TableCell {
    Runs runs;
};

struct Table {
    std::vector<Qt::Alignment> alignments;    // one a column
    std::vector<std::vector<TableCell>> rows; // the first is the header
};

struct Block {
    enum class Kind : quint8 { Paragraph, Heading, Code, Formula, Table, Rule };

    Kind kind = Kind::Paragraph;
    int level = 0;      // of a heading, 1 to 6
    int listDepth = 0;  // 0: not in a list
    int quoteDepth = 0; // 0: not in a quote
    QString marker;     // first block of a list item: its bullet, number or check box
    bool tight = false; // in a list without blank lines between its items
    bool closed = true; // of code: its end has arrived
    Runs runs;          // Paragraph, Heading
    QString text;       // Code: the code; Formula: the TeX
    QString language;   // Code: first word of the info string
    Table table;
};

using Blocks = std::vector<Block>;

// A plain-text picture of the blocks, for tests and for finding out what went wrong.
QString describe(const Blocks& blocks);

} // namespace lemma::app
