#include "tutor/trace/protected_region.h"

#include <cctype>
#include <string_view>

namespace lemma::tutor {
namespace {

constexpr std::size_t longestDisplay = 4000;

bool isLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

} // namespace

void ProtectedRegion::feed(char c)
{
    ++m_length;
    if (c == '\n')
        endOfLine();
    else
        feedLineStart(c);
    if (m_region == Region::Fence)
        return;
    if (m_inCommand) {
        feedCommand(c);
        if (m_inCommand)
            return; // a letter of the command
    }
    if (m_backslash)
        feedEscaped(c);
    else if (c == '\\' && m_region != Region::Code)
        m_backslash = true;
    else
        feedPlain(c);
}

void ProtectedRegion::enter(Region region)
{
    m_region = region;
    m_length = 0;
}

void ProtectedRegion::closeDisplay()
{
    enter(Region::Text);
    ++m_displaysClosed;
}

void ProtectedRegion::feedLineStart(char c)
{
    if (m_lineStart.size() > 3 || (m_lineStart.empty() && isSpace(c)))
        return;
    m_lineStart.push_back(c);
    const bool fenceMark = m_lineStart == "```" || m_lineStart == "~~~";
    if (fenceMark && (m_region == Region::Text || m_region == Region::Code)) {
        enter(Region::Fence);
        m_fenceOpening = true;
    }
}

void ProtectedRegion::endOfLine()
{
    const bool blank = m_lineStart.empty();
    if (m_region == Region::Fence) {
        if (!m_fenceOpening && (m_lineStart.starts_with("```") || m_lineStart.starts_with("~~~")))
            closeDisplay();
    } else if (blank && m_region != Region::Text) {
        const bool display = m_region == Region::DoubleDollar || m_region == Region::DoubleDollarEnd ||
                             m_region == Region::Bracket || m_region == Region::Environment;
        if (!display || m_length > longestDisplay)
            enter(Region::Text);
    }
    m_lineStart.clear();
    m_fenceOpening = false;
}

// The byte after a backslash: \( and \[ open, \) and \] close, letters begin a command, all others are only escaped, so
// that "\\[2pt]" in a matrix opens nothing.
void ProtectedRegion::feedEscaped(char c)
{
    m_backslash = false;
    if (c == '(' && m_region == Region::Text)
        enter(Region::Parenthesis);
    else if (c == '[' && m_region == Region::Text)
        enter(Region::Bracket);
    else if (c == ')' && m_region == Region::Parenthesis)
        enter(Region::Text);
    else if (c == ']' && m_region == Region::Bracket)
        closeDisplay();
    else if (isLetter(c)) {
        m_inCommand = true;
        m_command.assign(1, c);
        m_money = false;
    }
}

void ProtectedRegion::feedCommand(char c)
{
    if (isLetter(c)) {
        if (m_command.size() < 8)
            m_command.push_back(c);
        return;
    }
    m_inCommand = false;
    if (c != '{')
        return;
    if (m_command == "begin" && (m_region == Region::Text || m_region == Region::Environment)) {
        if (m_environments++ == 0)
            enter(Region::Environment);
    } else if (m_command == "end" && m_region == Region::Environment && --m_environments == 0) {
        closeDisplay();
    }
}

void ProtectedRegion::feedPlain(char c)
{
    switch (m_region) {
    case Region::Text:
        if (c == '$')
            enter(Region::DollarStart);
        else if (c == '`')
            enter(Region::Code);
        break;
    case Region::Code:
        if (c == '`')
            enter(Region::Text);
        break;
    case Region::DoubleDollar:
        if (c == '$')
            m_region = Region::DoubleDollarEnd;
        break;
    case Region::DoubleDollarEnd:
        if (c == '$')
            closeDisplay();
        else
            m_region = Region::DoubleDollar;
        break;
    case Region::DollarStart:
    case Region::Dollar: feedDollar(c); break;
    default: break;
    }
}

void ProtectedRegion::feedDollar(char c)
{
    if (m_region == Region::DollarStart) {
        m_money = isDigit(c);
        m_sentenceEnd = false;
        if (isSpace(c))
            enter(Region::Text);
        else
            enter(c == '$' ? Region::DoubleDollar : Region::Dollar);
        return;
    }
    if (c == '$') {
        enter(Region::Text);
        return;
    }
    constexpr std::string_view mathematical = "^_{}=+*/<>|";
    if (mathematical.find(c) != std::string_view::npos)
        m_money = false;
    if (m_money && m_sentenceEnd && isSpace(c))
        enter(Region::Text);
    m_sentenceEnd = c == '.' || c == '?' || c == '!';
}

} // namespace lemma::tutor
