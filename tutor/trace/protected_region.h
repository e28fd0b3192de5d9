#pragma once
// Follows a text byte by byte and tells whether a cut is forbidden there: inside formulas and code. Internal to
// tutor/trace.
//
// One forgotten mark must not glue a whole thought together: inline formulas ($...$, \(...\)) and inline code end at a
// blank line at the latest, as in TeX and Markdown, and displayed ones ($$, \[, \begin) at the first blank line after
// 4,000 bytes. A dollar that looks like money ("$5 and") does not protect the end of its sentence.

#include <cstddef>
#include <cstdint>
#include <string>

namespace lemma::tutor {

class ProtectedRegion {
public:
    void feed(char c);

    // Whether the place after the bytes fed so far is protected.
    bool inside() const { return m_region != Region::Text; }

    // Displayed formulas and code blocks closed so far.
    int displaysClosed() const { return m_displaysClosed; }

private:
    enum class Region : std::uint8_t {
        Text,
        DollarStart, // one $ seen: a second one makes it a display
        Dollar,      // $ ... $
        Parenthesis, // \( ... \)
        DoubleDollar,
        DoubleDollarEnd, // one $ of the closing $$ seen
        Bracket,         // \[ ... \]
        Environment,     // \begin{...} ... \end{...}, counted
        Code,            // ` ... `
        Fence,           // from a line that begins with ``` or ~~~ to the next such line
    };

    void enter(Region region);
    void closeDisplay();
    void feedLineStart(char c);
    void feedEscaped(char c);
    void feedCommand(char c);
    void feedPlain(char c);
    void feedDollar(char c);
    void endOfLine();

    Region m_region = Region::Text;
    std::size_t m_length = 0; // bytes in the present region
    int m_displaysClosed = 0;
    int m_environments = 0;      // depth of \begin
    std::string m_lineStart;     // first bytes of the line after its white space
    bool m_fenceOpening = false; // this line has opened the fence
    bool m_backslash = false;    // the last byte was a backslash that escapes
    bool m_inCommand = false;    // letters of a command are being read
    std::string m_command;
    bool m_money = false;       // what follows the present $ may be an amount
    bool m_sentenceEnd = false; // in an amount: the last byte was . ? or !
};

} // namespace lemma::tutor
