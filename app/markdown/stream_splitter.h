#pragma once
// Tells how much of a growing Markdown text is finished: no character that may still come can change how it looks, so
// it is laid out once and never again. Reads each character once.
//
//     StreamSplitter splitter;
//     const qsizetype finished = splitter.advance(text);   // text only ever grows
//     view.commit(text.first(finished)); view.showTail(text.sliced(finished));

#include <QChar>
#include <QStringView>

namespace lemma::app {

class StreamSplitter {
public:
    // The length of the finished part; never less than before.
    qsizetype advance(QStringView text);

    // A link definition ([name]: target) was seen: it may serve text anywhere, so the whole is to be parsed once more
    // at the end.
    bool hasLinkDefinitions() const { return m_linkDefinitions; }

private:
    void readLine(QStringView line, qsizetype begin, qsizetype end);

    qsizetype m_lineBegin = 0; // of the first line that is not complete yet
    qsizetype m_finished = 0;
    QChar m_fence; // null outside of a fenced code block
    qsizetype m_fenceLength = 0;
    bool m_fenceAtMargin = false;
    bool m_blankBefore = false;
    bool m_linkDefinitions = false;
};

} // namespace lemma::app
