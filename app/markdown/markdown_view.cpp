#include "app/markdown/markdown_view.h"

#include <QVBoxLayout>

#include "app/markdown/code_block_view.h"
#include "app/markdown/prose_view.h"
#include "app/widgets/theme.h"

namespace lemma::app {

namespace {

constexpr int UpdateInterval = 33; // milliseconds: at most 30 updates a second

// Characters in one QTextDocument: its layout and its widget cost more with each line that is already there.
constexpr int ProseViewSize = 5000;

} // namespace

MarkdownView::MarkdownView(const MarkdownTools& tools, QWidget* parent)
    : QWidget(parent), m_tools(tools), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::Medium);
    m_timer.setSingleShot(true);
    m_timer.setInterval(UpdateInterval);
    connect(&m_timer, &QTimer::timeout, this, &MarkdownView::flush);
}

void MarkdownView::setMarkdown(const QString& markdown)
{
    clear();
    m_source = markdown;
    finish();
}

void MarkdownView::append(const QString& piece)
{
    m_source += piece;
    if (!m_timer.isActive())
        m_timer.start();
}

void MarkdownView::finish()
{
    m_timer.stop();
    if (m_splitter.hasLinkDefinitions()) {
        // A definition at the end serves links at the beginning: read everything together.
        removeFrom(0);
        m_committed = 0;
        m_committedLength = 0;
    }
    showBlocks(read(m_committedLength, m_source.size(), TextState::Complete));
    commit();
    m_committedLength = m_source.size();
}

void MarkdownView::flush()
{
    const qsizetype finished = m_splitter.advance(m_source);
    if (finished > m_committedLength) {
        showBlocks(read(m_committedLength, finished, TextState::Complete));
        commit();
        m_committedLength = finished;
    }
    showBlocks(read(m_committedLength, m_source.size(), TextState::Streaming));
}

// All that is laid out is read here, and so counted.
Blocks MarkdownView::read(qsizetype begin, qsizetype end, TextState state)
{
    m_laidOutLength += end - begin;
    return parseMarkdown(QStringView(m_source).mid(begin, end - begin), state);
}

// Shows blocks after what is committed, in place of an earlier tail; widgets of the tail are used again.
void MarkdownView::showBlocks(const Blocks& blocks)
{
    ++m_layoutCount;
    size_t index = m_committed;
    Blocks prose;
    const auto showCollectedProse = [&] {
        if (prose.empty())
            return;
        showProse(index++, prose);
        prose.clear();
    };
    // Prose that was left open takes up what comes next, or nothing if code comes next.
    if (index < m_segments.size() && m_segments[index].prose &&
        (blocks.empty() || blocks.front().kind == Block::Kind::Code)) {
        m_segments[index].prose->setTail({});
        if (!m_segments[index].prose->document()->isEmpty())
            ++index;
    }
    for (const Block& block : blocks) {
        if (block.kind != Block::Kind::Code) {
            prose.push_back(block);
            continue;
        }
        showCollectedProse();
        showCode(index++, block);
    }
    showCollectedProse();
    removeFrom(index);
}

void MarkdownView::commit()
{
    for (size_t i = m_committed; i < m_segments.size(); ++i) {
        if (m_segments[i].prose)
            m_segments[i].prose->commitTail();
    }
    ProseView* last = m_segments.empty() ? nullptr : m_segments.back().prose;
    const bool goesOn = last && last->document()->characterCount() < ProseViewSize;
    m_committed = m_segments.size() - (goesOn ? 1 : 0);
}

void MarkdownView::showProse(size_t index, const Blocks& blocks)
{
    if (index >= m_segments.size() || !m_segments[index].prose) {
        auto* view = new ProseView(m_tools.appearance, m_tools.formulas, this);
        connect(view, &ProseView::anchorClicked, this, &MarkdownView::linkActivated);
        insert(index, {.prose = view});
    }
    m_segments[index].prose->setTail(blocks);
}

void MarkdownView::showCode(size_t index, const Block& block)
{
    if (index >= m_segments.size() || !m_segments[index].code) {
        auto* view = new CodeBlockView(m_tools.appearance, m_tools.codeColours, this);
        connect(view, &CodeBlockView::runRequested, this, &MarkdownView::runRequested);
        insert(index, {.code = view});
    }
    m_segments[index].code->setRunnable(m_runnable && m_runnable(block.language));
    m_segments[index].code->setCode(block.text, block.language, block.closed);
}

void MarkdownView::insert(size_t index, Segment segment)
{
    QWidget* widget = segment.prose ? static_cast<QWidget*>(segment.prose) : segment.code;
    m_layout->insertWidget(static_cast<int>(index), widget);
    m_segments.insert(m_segments.begin() + static_cast<std::ptrdiff_t>(index), segment);
}

void MarkdownView::removeFrom(size_t index)
{
    while (m_segments.size() > index) {
        delete m_segments.back().prose;
        delete m_segments.back().code;
        m_segments.pop_back();
    }
}

void MarkdownView::clear()
{
    m_timer.stop();
    removeFrom(0);
    m_committed = 0;
    m_committedLength = 0;
    m_source.clear();
    m_splitter = {};
}

std::vector<CodeBlockView*> MarkdownView::codeBlocks() const
{
    std::vector<CodeBlockView*> result;
    for (const Segment& segment : m_segments) {
        if (segment.code)
            result.push_back(segment.code);
    }
    return result;
}

} // namespace lemma::app
