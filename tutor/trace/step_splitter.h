#pragma once
// Cuts a chain of thought into steps while it streams.
//
//     StepSplitter splitter;
//     for (const Step& step : splitter.push(delta.text, delta.tokens))   // mostly none, sometimes one or more
//         show(step);
//     showTail(splitter.pending());                                      // the step that is still growing
//     for (const Step& step : splitter.finish())                         // at ThoughtEnd
//         show(step);
//
// The steps joined are the thought, byte for byte, and the same thought gives the same steps however it is divided into
// pieces (tested). A step is
//   - a paragraph, joined with those that follow until it holds 60 characters or a displayed formula;
//   - cut before a sentence that turns to a check, another idea or a doubt ("Wait, ...", "Let me verify ...");
//   - together with the displayed formula, code block or list that its last sentence introduces;
//   - never cut inside a formula or code (protected_region.h).
// A step is handed out when the next one has begun: after one character of a new paragraph, or 48 bytes of a sentence.
// Text without any of these is cut at a line or sentence after 800 characters. A thought of white space only is one
// step. Cost is linear; one owner thread.

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "tutor/trace/protected_region.h"
#include "tutor/trace/step.h"

namespace lemma::tutor {

class StepSplitter {
public:
    // `tokens` of the piece, where known: steps then tell the tokens that they begin and end with.
    std::vector<Step> push(std::string_view text, engine::TokenRange tokens = {});

    // The end of the thought: hands out what is left and is then ready for another thought.
    std::vector<Step> finish();

    // What has arrived since the last step handed out; valid until the next call.
    std::string_view pending() const { return std::string_view(m_text).substr(m_start); }

private:
    enum class Decision : std::uint8_t { Cut, Join, NeedMore };

    struct Piece {
        std::size_t end = 0; // byte offset in the thought
        engine::TokenRange tokens;
    };

    void scan(bool final, std::vector<Step>& steps);
    void advance();
    bool atBoundary() const;
    Decision decide(std::string_view ahead, bool final) const;
    Decision decideParagraph(std::string_view ahead, bool final) const;
    Decision decideSentence(std::string_view ahead, bool final) const;
    std::string_view presentLine() const
    {
        return std::string_view(m_text).substr(m_lineStart, m_cursor - m_lineStart);
    }
    Step cut();
    engine::TokenRange takeTokens(std::size_t begin, std::size_t end);

    std::string m_text;          // from the present step on, or a little before
    std::size_t m_textBegin = 0; // offset of m_text in the thought
    std::size_t m_start = 0;     // of the present step in m_text
    std::size_t m_cursor = 0;    // bytes of m_text that have been read
    std::deque<Piece> m_pieces;  // those that the present step or later ones hold
    ProtectedRegion m_region;

    // Of the present step, up to the cursor.
    int m_characters = 0; // from its first to its last visible one
    int m_spaces = 0;     // white space since then
    int m_lineBreaks = 0; // among it
    int m_sentences = 1;
    int m_displaysBefore = 0;      // closed before the step began
    bool m_sentenceEnd = false;    // the last visible characters are . ? or ! and perhaps closing marks
    char m_lastVisible = 0;        // Markdown emphasis apart
    std::size_t m_lineStart = 0;   // first visible character of the present line, in m_text
    bool m_lineHasDisplay = false; // a displayed formula or code block ended on it
};

} // namespace lemma::tutor
