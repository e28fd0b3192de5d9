#pragma once
// Shows an answer while it arrives: thought and answer told apart by heading and type face.

#include "app/cli/console.h"
#include "engine/runtime/event.h"
#include "tutor/trace/step_splitter.h"

namespace lemma::app {

enum class ThoughtDisplay : std::uint8_t { Show, Hide };

class AnswerPrinter {
public:
    virtual ~AnswerPrinter() = default;
    virtual void show(const engine::Event& event) = 0;
    virtual void finish(const engine::Result<engine::GenerationSummary>& result) = 0;
};

// For people. Into a pipe with a hidden thought: the bare answer and a final line break.
class TextPrinter : public AnswerPrinter {
public:
    TextPrinter(Console& console, ThoughtDisplay thought) : m_console(console), m_thought(thought) {}

    void show(const engine::Event& event) override;
    void finish(const engine::Result<engine::GenerationSummary>& result) override;

private:
    enum class Part : std::uint8_t { None, Thought, Answer };

    void enter(Part part);
    void print(std::string_view text);

    Console& m_console;
    ThoughtDisplay m_thought;
    Part m_part = Part::None;
    bool m_lineOpen = false; // the last character was no line break
    bool m_leading = true;   // only white space of the part so far, which is not shown
    int m_thoughtTokens = 0; // for the progress line of a hidden thought
    int m_chainTokens = 0;   // for that of several chains
    int m_chainsEnded = 0;
};

// For programs: one event a line (event_json.h).
class JsonPrinter : public AnswerPrinter {
public:
    explicit JsonPrinter(Console& console) : m_console(console) {}

    void show(const engine::Event& event) override;
    void finish(const engine::Result<engine::GenerationSummary>& result) override;

private:
    void showSteps(const std::vector<tutor::Step>& steps);

    Console& m_console;
    tutor::StepSplitter m_splitter;
    int m_steps = 0;
};

} // namespace lemma::app
