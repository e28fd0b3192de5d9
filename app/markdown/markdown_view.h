#pragma once
// Shows Markdown: prose, formulas, tables, coloured code. Also while it is being written:
//
//     view->append(piece);      // as often as pieces come; laid out at most 30 times a second
//     view->finish();           // no more to come
//     view->setMarkdown(text);  // or all at once
//
// What is finished (stream_splitter.h) is laid out once; only the last paragraph is laid out again as it grows, so the
// total cost is linear in the text.

#include <QString>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <vector>

#include "app/markdown/parser.h"
#include "app/markdown/stream_splitter.h"

class QVBoxLayout;

namespace lemma::app {

class Appearance;
class CodeBlockView;
class CodeColours;
class FormulaService;
class ProseView;

// What every view of Markdown needs; outlives them all.
struct MarkdownTools {
    const Appearance& appearance;
    FormulaService& formulas;
    CodeColours& codeColours;
};

class MarkdownView : public QWidget {
    Q_OBJECT

public:
    explicit MarkdownView(const MarkdownTools& tools, QWidget* parent = nullptr);

    void setMarkdown(const QString& markdown);
    void append(const QString& piece);
    void finish();
    // Lays out what has come, now; otherwise a timer does.
    void flush();
    QString markdown() const { return m_source; }

    // Code blocks whose language passes get a Run button. Before any text comes.
    void setRunnable(std::function<bool(const QString& language)> runnable) { m_runnable = std::move(runnable); }
    std::vector<CodeBlockView*> codeBlocks() const;

    // How often anything was laid out: for tests of the claim above.
    int layoutCount() const { return m_layoutCount; }
    qsizetype laidOutLength() const { return m_laidOutLength; } // characters, counted each time they are laid out

Q_SIGNALS:
    void runRequested(lemma::app::CodeBlockView* block);
    void linkActivated(const QUrl& url);

private:
    struct Segment {
        ProseView* prose = nullptr;    // either this
        CodeBlockView* code = nullptr; // or that
    };

    Blocks read(qsizetype begin, qsizetype end, TextState state);
    void showBlocks(const Blocks& blocks);
    void commit();
    void showProse(size_t index, const Blocks& blocks);
    void showCode(size_t index, const Block& block);
    void insert(size_t index, Segment segment);
    void removeFrom(size_t index);
    void clear();

    MarkdownTools m_tools;
    QVBoxLayout* m_layout;
    QTimer m_timer;
    QString m_source;
    StreamSplitter m_splitter;
    qsizetype m_committedLength = 0;
    std::vector<Segment> m_segments;
    size_t m_committed = 0; // segments that are never touched again; the one after may be prose that still grows
    std::function<bool(const QString& language)> m_runnable;
    int m_layoutCount = 0;
    qsizetype m_laidOutLength = 0;
};

} // namespace lemma::app
