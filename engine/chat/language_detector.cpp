#include "engine/chat/language_detector.h"

#include <algorithm>
#include <utility>

#include "engine/base/utf8.h"
#include "engine/chat/language_words.h"

namespace lemma::engine {
namespace {

constexpr int passage = 8; // half words in a row that are a passage and no quotation of a word
constexpr int decidingWords = 8;
// In characters. A mark that is not closed within them was none.
constexpr std::size_t longestInLine = 160;
constexpr std::size_t longestDisplay = 4000;

char32_t lowered(char32_t c)
{
    const bool latin = (c >= U'A' && c <= U'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
    const bool cyrillic = c >= 0x410 && c <= 0x42F;
    if (c >= 0x400 && c <= 0x40F)
        return c + 0x50;
    return latin || cyrillic ? c + 0x20 : c;
}

bool isUpper(char32_t c) { return lowered(c) != c; }

// Scripts that are one language, as far as anybody will think in it.
std::string_view languageOf(WritingSystem script)
{
    switch (script) {
    case WritingSystem::Han: return "zh";
    case WritingSystem::Kana: return "ja";
    case WritingSystem::Hangul: return "ko";
    case WritingSystem::Greek: return "el";
    case WritingSystem::Hebrew: return "he";
    case WritingSystem::Thai: return "th";
    default: return "";
    }
}

WritingSystem scriptOfLanguage(std::string_view language)
{
    return language == "ru" || language == "uk" ? WritingSystem::Cyrillic : WritingSystem::Latin;
}

bool isEastAsian(WritingSystem script) { return script == WritingSystem::Han || script == WritingSystem::Kana; }

std::size_t index(WritingSystem script) { return static_cast<std::size_t>(script); }

} // namespace

void LanguageDetector::add(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const DecodedCharacter next = utf8Decode(text, at);
        const std::string_view bytes = text.substr(at, next.length);
        const bool inCode = m_code.insideCode();
        m_code.add(bytes);
        if (inCode || m_code.insideCode())
            endWord();
        else
            addCharacter(next.codePoint, bytes);
        m_last = next.codePoint;
        at += next.length;
    }
}

void LanguageDetector::addCharacter(char32_t c, std::string_view bytes)
{
    if (m_formulaEnd != 0) {
        skipFormula(c);
        return;
    }
    if (c == U'$' || (m_last == U'\\' && (c == U'(' || c == U'['))) {
        endWord();
        m_command = false;
        m_formulaEnd = c == U'$' ? U'$' : c == U'(' ? U')' : U']';
        return;
    }
    const WritingSystem script = writingSystemOf(c);
    if (script == WritingSystem::None) {
        if (!m_word.empty() && ((c >= U'0' && c <= U'9') || c == U'_'))
            m_wordIsName = true;
        else
            endWord();
        m_command = c == U'\\';
        return;
    }
    if (isWrittenWithoutSpaces(script)) {
        endWord();
        count(script, 1);
        return;
    }
    if (!m_word.empty() && script != m_wordScript)
        endWord();
    m_wordIsName = m_wordIsName || (!m_word.empty() && isUpper(c) && !isUpper(m_last)) || m_command;
    m_wordScript = script;
    if (isUpper(c))
        utf8Append(m_word, lowered(c));
    else
        m_word += bytes;
}

// A formula ends at its closing mark; "$5 and ..." turns out to be money where the line ends or it grows too long.
void LanguageDetector::skipFormula(char32_t c)
{
    ++m_formulaLength;
    const bool inLine = m_formulaEnd == U'$' && !m_display;
    if (m_formulaLength > (inLine ? longestInLine : longestDisplay) || (inLine && c == U'\n')) {
        endFormula();
    } else if (m_formulaEnd != U'$') {
        if (m_last == U'\\' && c == m_formulaEnd)
            endFormula();
    } else if (c == U'$') {
        if (m_formulaLength == 1)
            m_display = true;
        else if (inLine || m_last == U'$')
            endFormula();
    }
}

void LanguageDetector::endFormula()
{
    m_formulaEnd = 0;
    m_formulaLength = 0;
    m_display = false;
}

void LanguageDetector::endWord()
{
    const std::string word = std::exchange(m_word, {});
    const bool isName = std::exchange(m_wordIsName, false);
    m_command = false;
    if (word.empty() || isName || utf8Decode(word, 0).length == word.size())
        return; // one letter is a variable
    count(m_wordScript, 2);
    const std::string_view language = languageOfWord(word);
    if (!language.empty())
        ++m_languages[language];
}

void LanguageDetector::count(WritingSystem script, int halfWords)
{
    // Japanese is written in both, so neither interrupts the other.
    const WritingSystem run = script == WritingSystem::Kana ? WritingSystem::Han : script;
    m_total[index(script)] += halfWords;
    m_run = run == m_runScript ? m_run + halfWords : halfWords;
    m_runScript = run;
    m_longestRun[index(run)] = std::max(m_longestRun[index(run)], m_run);
}

WritingSystem LanguageDetector::mainScript() const
{
    const auto largest = std::max_element(m_total.begin(), m_total.end());
    return *largest == 0 ? WritingSystem::None : static_cast<WritingSystem>(largest - m_total.begin());
}

ThoughtLanguage LanguageDetector::report() const
{
    LanguageDetector ended = *this;
    ended.endWord();
    ThoughtLanguage found;
    const WritingSystem main = ended.mainScript();
    found.script = writingSystemName(main);
    if (main == WritingSystem::Latin || main == WritingSystem::Cyrillic)
        ended.tellByWords(main, found);
    else if (isEastAsian(main) &&
             ended.m_total[index(WritingSystem::Kana)] * 5 > ended.m_total[index(WritingSystem::Han)])
        found.language = "ja";
    else
        found.language = languageOf(main);
    for (std::size_t i = 1; i < scripts; ++i) {
        const auto script = static_cast<WritingSystem>(i);
        const bool isMain = script == main || (isEastAsian(script) && isEastAsian(main));
        if (!isMain && ended.m_longestRun[i] >= passage)
            found.others.emplace_back(writingSystemName(script));
    }
    found.mixed = !found.others.empty();
    return found;
}

void LanguageDetector::tellByWords(WritingSystem main, ThoughtLanguage& found) const
{
    std::string_view first;
    int most = 0;
    int all = 0;
    for (const auto& [language, words] : m_languages) {
        if (scriptOfLanguage(language) != main)
            continue;
        all += words;
        if (words > most) {
            most = words;
            first = language;
        }
    }
    bool clear = most >= decidingWords;
    for (const auto& [language, words] : m_languages) {
        if (scriptOfLanguage(language) != main || language == first)
            continue;
        clear = clear && words * 2 <= most;
        if (words * 5 >= all && words >= decidingWords)
            found.others.emplace_back(language);
    }
    if (clear)
        found.language = first;
}

} // namespace lemma::engine
