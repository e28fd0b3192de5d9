#pragma once
// From the events of walking a cmark tree to a flat list of blocks. Used by parseMarkdown() only.

#include <QString>
#include <vector>

#include "app/markdown/document.h"
#include "app/markdown/math_spans.h"

struct cmark_node;

namespace lemma::app {

class BlockBuilder {
public:
    explicit BlockBuilder(const ProtectedMarkdown& source) : m_source(source) {}

    // Leaves are visited once, with `entering` set; containers twice.
    void visit(cmark_node* node, bool entering);
    Blocks take();

private:
    struct List {
        bool ordered = false;
        bool tight = false;
        int next = 1;
    };

    bool visitContainer(cmark_node* node, bool entering);
    bool visitTable(cmark_node* node, bool entering);
    bool visitStyle(cmark_node* node, bool entering);
    void visitLeaf(cmark_node* node);

    void beginItem(cmark_node* node);
    void beginText(Block::Kind kind, int level = 0);
    void endText();
    void addCode(cmark_node* node);
    void addText(const QString& text);
    void addFormula(const MathSpan& span);
    void addRun(Run run);
    Block place(Block::Kind kind);
    void append(Block block);

    const ProtectedMarkdown& m_source;
    Blocks m_blocks;
    Block m_text; // the paragraph or heading being filled
    bool m_inText = false;
    bool m_inTable = false;
    int m_strong = 0;
    int m_emphasis = 0;
    int m_strike = 0;
    std::vector<QString> m_links;
    std::vector<List> m_lists;
    QString m_marker; // waits for the first block of its item
    int m_quoteDepth = 0;
};

} // namespace lemma::app
