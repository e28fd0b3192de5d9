#pragma once
// Where a command writes. On a terminal: colours and a line of progress; into a pipe or file: the plain text alone.
//
//     console.write(console.style(Style::Thought), text, console.style(Style::Plain));
//     console.progress("Reading the prompt, 120 of 300 tokens");   // stderr, one line, replaced by the next
//     console.warn("the history cannot be opened");
//
// A reader that goes away (`| head`) is no error: closed() becomes true and nothing more is written. NO_COLOR is
// respected. One thread.

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace lemma::app {

enum class Style : std::uint8_t { Plain, Heading, Thought, Faint, Error };

class Console {
public:
    Console(); // ignores SIGPIPE for the process

    bool isTerminal() const { return m_terminal; } // stdout
    bool closed() const { return m_closed; }
    std::string_view style(Style style) const; // empty without colours

    template <class... Parts>
    void write(Parts... parts)
    {
        std::string text;
        (text.append(std::string_view(parts)), ...);
        writeText(text);
    }
    // JSON lines for --json; text that is not UTF-8 is shown with U+FFFD.
    void line(std::string_view text) { write(text, "\n"); }

    void progress(std::string_view text); // nothing unless stderr and stdout are terminals
    void clearProgress();
    void note(std::string_view text); // faint, on stderr; only when both are terminals
    void warn(std::string_view text);
    void writeToErrors(std::string_view text); // stderr as it is
    void error(const engine::Error& error);    // "lemma-cli: not-found: ..."

private:
    void writeText(std::string_view text);

    bool m_terminal = false;
    bool m_errorTerminal = false;
    bool m_colours = false;
    bool m_closed = false;
    std::string m_progress; // the line that is shown; empty: none
};

} // namespace lemma::app
