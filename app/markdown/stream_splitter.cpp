#include "app/markdown/stream_splitter.h"

namespace lemma::app {

namespace {

// The length of a run of ` or ~ at the beginning of a line that is trimmed.
qsizetype fenceLength(QStringView line)
{
    qsizetype length = 0;
    while (length < line.size() && line[length] == line[0] && (line[0] == u'`' || line[0] == u'~'))
        ++length;
    return length >= 3 ? length : 0;
}

} // namespace

qsizetype StreamSplitter::advance(QStringView text)
{
    while (true) {
        const qsizetype newline = text.indexOf(u'\n', m_lineBegin);
        if (newline < 0)
            break;
        readLine(text.mid(m_lineBegin, newline - m_lineBegin), m_lineBegin, newline + 1);
        m_lineBegin = newline + 1;
    }
    // The first character of the next line is enough to know that it does not belong to what stands before the blank.
    if (m_lineBegin < text.size() && m_blankBefore && m_fence.isNull() && !text[m_lineBegin].isSpace())
        m_finished = m_lineBegin;
    return m_finished;
}

void StreamSplitter::readLine(QStringView line, qsizetype begin, qsizetype end)
{
    const QStringView content = line.trimmed();
    const qsizetype fence = fenceLength(content);
    if (!m_fence.isNull()) {
        if (fence >= m_fenceLength && content.front() == m_fence && fence == content.size()) {
            m_fence = QChar();
            if (m_fenceAtMargin)
                m_finished = end;
        }
        return;
    }
    if (content.isEmpty()) {
        m_blankBefore = true;
        return;
    }
    const bool atMargin = !line.front().isSpace();
    if (m_blankBefore && atMargin)
        m_finished = begin;
    m_blankBefore = false;
    if (fence > 0 && !content.mid(fence).contains(u'`')) {
        m_fence = content.front();
        m_fenceLength = fence;
        m_fenceAtMargin = atMargin;
    }
    if (content.startsWith(u'[') && content.contains(u"]:"))
        m_linkDefinitions = true;
}

} // namespace lemma::app
