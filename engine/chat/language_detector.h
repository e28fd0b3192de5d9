#pragma once
// In which script and language a thought is written, and whether another one is mixed in. Models of the R1 family now
// and then change to Chinese or English in the middle of a thought; Lemma says so and changes nothing.
//
//     LanguageDetector detector;
//     detector.add(delta.text);                 // pieces of any size, whole UTF-8 characters
//     ThoughtLanguage found = detector.report();
//     found.language == "de", found.mixed, found.others == {"han"}
//
// Scripts are counted in words (two characters count as a word where words have no spaces); formulas, code, LaTeX
// commands, words of one letter and identifiers with digits, underscores or capitals inside are left out. A thought is
// mixed where it holds a passage of at least four words in a row of another script or a fifth of its recognised words
// belong to another language. The language is told by its script where that is enough (Hangul, Kana, Thai, ...), else
// by frequent words, where at least eight of them are found and no other language has half as many.

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/chat/code_context.h"
#include "engine/chat/writing_system.h"

namespace lemma::engine {

struct ThoughtLanguage {
    std::string language; // ISO 639-1; empty where it cannot be told
    std::string script;   // of most words: "latin", "han", ...; empty without words
    bool mixed = false;
    std::vector<std::string> others; // what is mixed in: scripts, or languages of the same script

    friend bool operator==(const ThoughtLanguage&, const ThoughtLanguage&) = default;
};

class LanguageDetector {
public:
    void add(std::string_view text);
    ThoughtLanguage report() const;

private:
    static constexpr std::size_t scripts = 12;

    void addCharacter(char32_t character, std::string_view bytes);
    void skipFormula(char32_t character);
    void endFormula();
    void endWord();
    void count(WritingSystem script, int halfWords);
    WritingSystem mainScript() const;
    void tellByWords(WritingSystem main, ThoughtLanguage& found) const;

    CodeContext m_code;
    std::string m_word;
    WritingSystem m_wordScript = WritingSystem::None;
    bool m_wordIsName = false; // holds what no ordinary word does
    bool m_command = false;    // after a backslash
    char32_t m_last = 0;
    char32_t m_formulaEnd = 0; // '$', ')' or ']' while inside of a formula
    std::size_t m_formulaLength = 0;
    bool m_display = false; // between $$ and $$

    // In half words, so that characters of scripts without spaces count one.
    std::array<int, scripts> m_total{};
    std::array<int, scripts> m_longestRun{};
    WritingSystem m_runScript = WritingSystem::None;
    int m_run = 0;
    std::map<std::string_view, int> m_languages; // recognised words
};

} // namespace lemma::engine
