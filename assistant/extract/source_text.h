#pragma once
// What can be told about source text without a parser of its language.

#include <set>
#include <string>
#include <string_view>

namespace lemma::assistant {

// Follows Python's triple-quoted strings and the block comments of C's family line by line: inside of one, a line of
// backticks is text.
class OpenText {
public:
    explicit OpenText(std::string_view language);
    void add(std::string_view line);
    bool isOpen() const { return !m_closer.empty(); }

private:
    void addPython(std::string_view line);
    void addC(std::string_view line);

    bool m_isPython;
    bool m_isC;
    std::string m_closer; // what ends the open text
};

// English where a statement should be: two words in a row of which the first is no keyword of the language.
bool looksLikeProse(std::string_view line);

// `source` up to the line after which only prose follows: models that forget the closing fence go on explaining.
std::string withoutTrailingProse(std::string_view source, std::string_view language);

// The longest part of text without fences that looks like a program. Empty where there is none.
std::string programInProse(std::string_view text, std::string_view language);

// Names that Python source binds at top level (def, class, assignment), and all words that it contains.
std::set<std::string, std::less<>> definedNames(std::string_view pythonSource);
std::set<std::string, std::less<>> wordsOf(std::string_view source);

} // namespace lemma::assistant
