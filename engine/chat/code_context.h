#pragma once
// Whether the end of the text so far lies inside code: a fenced block of Markdown, or an inline span that the line has
// not closed. Text may be given in pieces of any size.

#include <cstddef>
#include <string_view>

namespace lemma::engine {

class CodeContext {
public:
    void add(std::string_view text);
    bool insideCode() const;

private:
    void addCharacter(char c);
    void endLine();
    bool isClosingFence() const; // of the open fence, by the line so far

    // The open fence: its character and length; 0 characters: none.
    char m_fence = '`';
    std::size_t m_fenceLength = 0;
    // The line so far.
    char m_runCharacter = 0;     // of the run of ` or ~ that begins the line
    std::size_t m_runLength = 0; // its length
    bool m_inIndent = true;      // only white space yet
    bool m_inRun = false;        // still in that run
    bool m_afterRun = false;     // something other than white space came behind it
    std::size_t m_backticks = 0;
};

} // namespace lemma::engine
