#include "engine/chat/code_context.h"

namespace lemma::engine {

void CodeContext::add(std::string_view text)
{
    for (const char c : text)
        addCharacter(c);
}

void CodeContext::addCharacter(char c)
{
    if (c == '\n')
        return endLine();
    if (c == '`')
        ++m_backticks;
    const bool isSpace = c == ' ' || c == '\t' || c == '\r';
    if (m_inIndent && !isSpace) {
        m_inIndent = false;
        m_inRun = c == '`' || c == '~';
        m_runCharacter = c;
    }
    if (m_inRun && c == m_runCharacter) {
        ++m_runLength;
        return;
    }
    m_inRun = false;
    if (!isSpace)
        m_afterRun = true;
}

bool CodeContext::isClosingFence() const
{
    return m_runCharacter == m_fence && m_runLength >= m_fenceLength && !m_afterRun;
}

void CodeContext::endLine()
{
    if (m_fenceLength > 0) {
        if (isClosingFence())
            m_fenceLength = 0;
    } else if (m_runLength >= 3 && (m_runCharacter == '~' || m_backticks == m_runLength)) {
        // What follows ``` on its line may not have backticks: ```x``` is an inline span.
        m_fence = m_runCharacter;
        m_fenceLength = m_runLength;
    }
    m_runCharacter = 0;
    m_runLength = 0;
    m_inIndent = true;
    m_inRun = false;
    m_afterRun = false;
    m_backticks = 0;
}

bool CodeContext::insideCode() const
{
    if (m_fenceLength > 0)
        return !isClosingFence();
    return m_backticks % 2 == 1;
}

} // namespace lemma::engine
