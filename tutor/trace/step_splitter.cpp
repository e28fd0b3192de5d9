#include "tutor/trace/step_splitter.h"

#include <algorithm>

#include "tutor/trace/step_kind.h"

namespace lemma::tutor {
namespace {

constexpr int enoughCharacters = 60;   // of a paragraph, to be a step of its own
constexpr int enoughBeforeOpener = 20; // "Hmm. " stays with the turn that follows
constexpr int tooManyCharacters = 800; // of a step without a natural end
constexpr std::size_t markWindow = 8;  // bytes by which a display, list or heading shows: "\begin{"

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isLower(char c) { return c >= 'a' && c <= 'z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool beginsDisplay(std::string_view text)
{
    return text.starts_with("\\[") || text.starts_with("$$") || text.starts_with("\\begin{") ||
           text.starts_with("```") || text.starts_with("~~~") || text.starts_with("|");
}

bool beginsListItem(std::string_view text)
{
    if (text.starts_with("- ") || text.starts_with("* ") || text.starts_with("+ ") || text.starts_with("\u2022"))
        return true;
    std::size_t digits = 0;
    while (digits < text.size() && isDigit(text[digits]))
        ++digits;
    return digits > 0 && digits < 4 && digits + 1 < text.size() && (text[digits] == '.' || text[digits] == ')') &&
           text[digits + 1] == ' ';
}

// "Step 1" and "Final Answer" lines begin something, however short what came before.
bool beginsHeading(std::string_view text) { return text.starts_with('#') || text.starts_with("**"); }

// Whether the first byte alone may be the beginning of a display, a list or a heading.
bool maybeMark(char c) { return isDigit(c) || std::string_view("\\$`~|-*+#\xE2").find(c) != std::string_view::npos; }

} // namespace

std::vector<Step> StepSplitter::push(std::string_view text, engine::TokenRange tokens)
{
    std::vector<Step> steps;
    if (text.empty())
        return steps;
    m_text += text;
    m_pieces.push_back({m_textBegin + m_text.size(), tokens});
    scan(false, steps);
    // Once a call, not once a step: a long piece would be moved again and again.
    m_text.erase(0, m_start);
    m_textBegin += m_start;
    m_cursor -= m_start;
    m_lineStart -= std::min(m_lineStart, m_start);
    m_start = 0;
    return steps;
}

std::vector<Step> StepSplitter::finish()
{
    std::vector<Step> steps;
    scan(true, steps);
    if (m_start < m_text.size())
        steps.push_back(cut());
    *this = StepSplitter();
    return steps;
}

// Reads up to a place where a step may begin but too little of what follows is known. Decisions depend on the text
// alone, never on where a piece ended: hence the same steps for every division of it.
void StepSplitter::scan(bool final, std::vector<Step>& steps)
{
    while (m_cursor < m_text.size()) {
        if (atBoundary()) {
            const Decision decision = decide(std::string_view(m_text).substr(m_cursor), final);
            if (decision == Decision::NeedMore)
                return;
            if (decision == Decision::Cut)
                steps.push_back(cut());
            else
                ++m_sentences;
        }
        advance();
    }
}

// Whether the cursor is at the first character of a sentence or line, other than the first of the step.
bool StepSplitter::atBoundary() const
{
    return m_characters > 0 && !isSpace(m_text[m_cursor]) && m_spaces > 0 && (m_lineBreaks > 0 || m_sentenceEnd);
}

void StepSplitter::advance()
{
    const char c = m_text[m_cursor];
    const int displays = m_region.displaysClosed();
    m_region.feed(c);
    if (isSpace(c)) {
        ++m_spaces;
        m_lineBreaks += c == '\n';
    } else {
        if (m_characters == 0 || m_lineBreaks > 0) {
            m_lineStart = m_cursor;
            m_lineHasDisplay = false;
        }
        const bool continuation = (static_cast<unsigned char>(c) & 0xC0) == 0x80; // of a UTF-8 character
        m_characters += continuation ? 0 : 1 + (m_characters > 0 ? m_spaces : 0);
        m_spaces = 0;
        m_lineBreaks = 0;
        constexpr std::string_view closing = "\"')]*}";
        if (closing.find(c) == std::string_view::npos)
            m_sentenceEnd = c == '.' || c == '?' || c == '!';
        if (c != '*')
            m_lastVisible = c;
    }
    m_lineHasDisplay = m_lineHasDisplay || m_region.displaysClosed() != displays;
    ++m_cursor;
}

StepSplitter::Decision StepSplitter::decide(std::string_view ahead, bool final) const
{
    if (m_region.inside())
        return Decision::Join;
    return m_lineBreaks >= 2 ? decideParagraph(ahead, final) : decideSentence(ahead, final);
}

StepSplitter::Decision StepSplitter::decideParagraph(std::string_view ahead, bool final) const
{
    if (maybeMark(ahead[0]) && ahead.size() < markWindow && !final)
        return Decision::NeedMore;
    if (beginsDisplay(ahead))
        return Decision::Join;
    if (beginsListItem(ahead) && (m_lastVisible == ':' || beginsListItem(presentLine())))
        return Decision::Join;
    if (m_lineHasDisplay && isLower(ahead[0])) // "where x is ..."
        return Decision::Join;
    if (beginsHeading(ahead) || m_characters >= enoughCharacters || m_region.displaysClosed() > m_displaysBefore)
        return Decision::Cut;
    return decideSentence(ahead, final);
}

StepSplitter::Decision StepSplitter::decideSentence(std::string_view ahead, bool final) const
{
    const bool newLine = m_lineBreaks > 0;
    if (m_characters < enoughBeforeOpener || !(isUpper(ahead[0]) || (newLine && isLower(ahead[0]))))
        return Decision::Join;
    if (m_characters >= tooManyCharacters)
        return Decision::Cut;
    if (ahead.size() < openerWindow && !final)
        return Decision::NeedMore;
    const Opener opener = findOpener(ahead);
    if (opener == Opener::None || opener == Opener::Confirmation)
        return Decision::Join;
    // A doubt keeps the check or idea that explains it: together they tell that a mind was changed.
    const std::string_view step = pending();
    const std::size_t visible = step.find_first_not_of(" \t\r\n");
    if (m_sentences == 1 && findOpener(step.substr(visible)) == Opener::Change)
        return Decision::Join;
    return Decision::Cut;
}

// Hands out the step that ends at the cursor, or at the end of the text when that has been read.
Step StepSplitter::cut()
{
    Step step;
    step.text = m_text.substr(m_start, m_cursor - m_start);
    step.kind = classifyStep(step.text);
    step.begin = m_textBegin + m_start;
    step.tokens = takeTokens(step.begin, step.begin + step.text.size());
    m_start = m_cursor;
    m_characters = m_spaces = m_lineBreaks = 0;
    m_sentences = 1;
    m_displaysBefore = m_region.displaysClosed();
    m_sentenceEnd = m_lineHasDisplay = false;
    m_lastVisible = 0;
    m_lineStart = m_cursor;
    return step;
}

engine::TokenRange StepSplitter::takeTokens(std::size_t begin, std::size_t end)
{
    while (!m_pieces.empty() && m_pieces.front().end <= begin)
        m_pieces.pop_front();
    if (m_pieces.empty())
        return {};
    engine::TokenRange range = m_pieces.front().tokens;
    while (m_pieces.size() > 1 && m_pieces.front().end < end)
        m_pieces.pop_front();
    range.end = m_pieces.front().tokens.end;
    return range;
}

} // namespace lemma::tutor
