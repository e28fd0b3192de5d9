#include "app/markdown/math_spans.h"

#include <QHash>
#include <algorithm>
#include <array>

namespace lemma::app {

namespace {

// Environments that stand on their own, without any other delimiter around them.
constexpr std::array<QStringView, 16> Environments = {
    u"equation", u"align",   u"aligned", u"gather",  u"gathered", u"multline", u"eqnarray", u"cases",
    u"matrix",   u"pmatrix", u"bmatrix", u"vmatrix", u"array",    u"alignat",  u"split",    u"alignedat",
};

class Scanner {
public:
    Scanner(QStringView text, bool streaming) : m_text(text), m_streaming(streaming) {}

    ProtectedMarkdown run()
    {
        m_result.text.reserve(m_text.size());
        while (m_at < m_text.size()) {
            if (m_lineStart && skipFence())
                continue;
            m_lineStart = false;
            if (!skipCode() && !takeMath())
                copyCharacter();
        }
        return std::move(m_result);
    }

private:
    QChar peek(qsizetype ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : QChar(u'\0'); }

    void copyTo(qsizetype end)
    {
        for (; m_at < end; ++m_at) {
            const QChar c = m_text[m_at];
            const bool marker = c == ProtectedMarkdown::MarkerOpen || c == ProtectedMarkdown::MarkerClose;
            m_result.text += marker ? QChar(QChar::ReplacementCharacter) : c;
            m_lineStart = c == u'\n';
        }
    }

    // A backslash keeps the next character from meaning anything, to Markdown and to us.
    void copyCharacter() { copyTo(std::min(m_at + (peek() == u'\\' ? 2 : 1), m_text.size())); }

    qsizetype endOfLine(qsizetype from) const
    {
        const qsizetype newline = m_text.indexOf(u'\n', from);
        return newline < 0 ? m_text.size() : newline + 1;
    }

    // The run of ` or ~ that opens or closes a fence on the line at `from`, quotes and indentation passed over.
    QStringView fenceAt(qsizetype from) const
    {
        while (from < m_text.size() && (m_text[from] == u' ' || m_text[from] == u'\t' || m_text[from] == u'>'))
            ++from;
        qsizetype end = from;
        while (end < m_text.size() && m_text[end] == m_text[from] && (m_text[from] == u'`' || m_text[from] == u'~'))
            ++end;
        return end - from >= 3 ? m_text.mid(from, end - from) : QStringView();
    }

    // Copies a fenced code block, to its closing line or to the end.
    bool skipFence()
    {
        const QStringView fence = fenceAt(m_at);
        if (fence.isEmpty())
            return false;
        if (fence.front() == u'`' &&
            m_text.mid(fence.end() - m_text.begin(), endOfLine(m_at) - (fence.end() - m_text.begin())).contains(u'`'))
            return false; // ```inline code```
        copyTo(endOfLine(m_at));
        while (m_at < m_text.size()) {
            const QStringView closing = fenceAt(m_at);
            copyTo(endOfLine(m_at));
            if (closing.size() >= fence.size() && closing.front() == fence.front())
                break;
        }
        return true;
    }

    // The end of the paragraph: no formula and no code span goes beyond a blank line.
    qsizetype paragraphEnd(qsizetype from) const
    {
        if (from < m_paragraphEnd)
            return m_paragraphEnd;
        qsizetype line = from;
        while (line < m_text.size()) {
            line = endOfLine(line);
            if (m_text.mid(line, endOfLine(line) - line).trimmed().isEmpty())
                break;
        }
        return m_paragraphEnd = line;
    }

    bool skipCode()
    {
        if (peek() != u'`')
            return false;
        qsizetype ticks = 0;
        while (peek(ticks) == u'`')
            ++ticks;
        const qsizetype limit = paragraphEnd(m_at);
        const QString fence(ticks, u'`');
        for (qsizetype i = m_at + ticks; i < limit && !isMissing(fence, limit);) {
            if (m_text[i] != u'`') {
                ++i;
                continue;
            }
            const qsizetype run = i;
            while (i < limit && m_text[i] == u'`')
                ++i;
            if (i - run == ticks) {
                copyTo(i);
                return true;
            }
        }
        m_missing.insert(fence, limit);
        copyTo(m_at + ticks);
        return true;
    }

    bool takeMath()
    {
        if (peek() == u'\\' && peek(1) == u'(')
            return takeUntil(2, u"\\)", false);
        if (peek() == u'\\' && peek(1) == u'[')
            return takeUntil(2, u"\\]", true);
        if (peek() == u'$' && peek(1) == u'$')
            return takeUntil(2, u"$$", true);
        if (peek() == u'$')
            return takeDollar();
        if (m_text.mid(m_at).startsWith(u"\\begin{"))
            return takeEnvironment();
        return false;
    }

    bool takeUntil(qsizetype opening, QStringView closing, bool display)
    {
        const qsizetype limit = paragraphEnd(m_at);
        const qsizetype end = findClosing(m_at + opening, limit, closing);
        if (end < 0)
            return takeOpen(limit, display);
        return take(m_text.mid(m_at + opening, end - m_at - opening).trimmed(), end + closing.size(), display);
    }

    // Like indexOf(), but a backslash before the closing delimiter belongs to the formula (as in \\\]).
    qsizetype findClosing(qsizetype from, qsizetype limit, QStringView closing)
    {
        if (isMissing(closing, limit))
            return -1;
        for (qsizetype i = from; i + closing.size() <= limit; ++i) {
            if (m_text.mid(i, closing.size()) == closing)
                return i;
            if (m_text[i] == u'\\')
                ++i;
        }
        m_missing.insert(closing.toString(), limit);
        return -1;
    }

    // What was once looked for in vain up to the end of this paragraph is not looked for again: that would be
    // quadratic.
    bool isMissing(QStringView closing, qsizetype limit) const
    {
        return m_missing.value(closing.toString(), -1) == limit;
    }

    bool takeDollar()
    {
        const qsizetype limit = paragraphEnd(m_at);
        if (m_at + 1 >= limit || peek(1).isSpace())
            return false;
        for (qsizetype i = m_at + 1; i < limit; ++i) {
            if (m_text[i] == u'\\') {
                ++i;
            } else if (m_text[i] == u'$') {
                const bool digitAfter = i + 1 < m_text.size() && m_text[i + 1].isDigit();
                if (m_text[i - 1].isSpace() || digitAfter)
                    return false; // two amounts of money
                return take(m_text.mid(m_at + 1, i - m_at - 1), i + 1, false);
            }
        }
        return false;
    }

    bool takeEnvironment()
    {
        const qsizetype brace = m_text.indexOf(u'}', m_at);
        if (brace < 0 || brace - m_at > 24)
            return false;
        const QStringView name = m_text.mid(m_at + 7, brace - m_at - 7);
        const QStringView plain = name.endsWith(u'*') ? name.chopped(1) : name;
        if (std::find(Environments.begin(), Environments.end(), plain) == Environments.end())
            return false;
        const QString closing = QStringLiteral("\\end{%1}").arg(name);
        const qsizetype limit = paragraphEnd(m_at);
        const qsizetype end = isMissing(closing, limit) ? -1 : m_text.left(limit).indexOf(closing, brace);
        if (end < 0) {
            m_missing.insert(closing, limit);
            return takeOpen(limit, true);
        }
        return take(m_text.mid(m_at, end + closing.size() - m_at), end + closing.size(), true);
    }

    bool take(QStringView tex, qsizetype end, bool display)
    {
        if (tex.isEmpty())
            return false;
        return replace({tex.toString(), display, false, m_text.mid(m_at, end - m_at).toString()}, end);
    }

    // A formula that has no end because its end is not written yet.
    bool takeOpen(qsizetype limit, bool display)
    {
        if (!m_streaming || limit < m_text.size())
            return false;
        const QString source = m_text.mid(m_at, limit - m_at).toString();
        return replace({source, display, true, source}, limit);
    }

    bool replace(MathSpan span, qsizetype end)
    {
        m_result.text +=
            ProtectedMarkdown::MarkerOpen + QString::number(m_result.formulas.size()) + ProtectedMarkdown::MarkerClose;
        m_result.formulas.push_back(std::move(span));
        m_at = end;
        return true;
    }

    const QStringView m_text;
    const bool m_streaming;
    qsizetype m_at = 0;
    mutable qsizetype m_paragraphEnd = -1; // of the paragraph at m_at, once it has been looked for
    QHash<QString, qsizetype> m_missing;   // closing delimiter: the end of the paragraph that lacks it
    bool m_lineStart = true;
    ProtectedMarkdown m_result;
};

} // namespace

QString ProtectedMarkdown::restored(const QString& part) const
{
    if (!part.contains(MarkerOpen))
        return part;
    QString result;
    qsizetype at = 0;
    while (true) {
        const qsizetype open = part.indexOf(MarkerOpen, at);
        const qsizetype close = open < 0 ? -1 : part.indexOf(MarkerClose, open);
        if (close < 0)
            return result + part.mid(at);
        result += part.mid(at, open - at);
        const auto number = part.mid(open + 1, close - open - 1).toUInt();
        if (number < formulas.size())
            result += formulas[number].source;
        at = close + 1;
    }
}

ProtectedMarkdown protectMath(QStringView markdown, bool streaming) { return Scanner(markdown, streaming).run(); }

} // namespace lemma::app
