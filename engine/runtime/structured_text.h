#pragma once
// Whether the end of the text so far lies in something that repeats itself by its nature: code, a table, a matrix.
//
//     StructuredText text;
//     text.add(bytes);            // pieces of any size
//     if (text.isInside()) ...
//
// Code is what CodeContext says. A table is a line that begins with "|", or a LaTeX environment of rows (array,
// tabular, every kind of matrix, aligned rows, cases). A matrix is also "[[" up to its closing bracket. Cheap and
// forgiving: an environment or bracket that is never closed ends with the paragraph after 4000 bytes.

#include <string>
#include <string_view>

#include "engine/chat/code_context.h"

namespace lemma::engine {

class StructuredText {
public:
    void add(std::string_view text);
    bool isInside() const;

private:
    void addCharacter(char c);
    void endCommand();

    CodeContext m_code;
    bool m_lineStart = true; // nothing but spaces yet
    bool m_tableLine = false;
    char m_last = 0;
    std::string m_command; // from a backslash on: "\begin{array}"
    int m_environments = 0;
    int m_brackets = 0; // open ones, counted from "[["
    int m_openLength = 0;
};

} // namespace lemma::engine
