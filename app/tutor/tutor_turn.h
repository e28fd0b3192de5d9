#pragma once
// One problem and what the model makes of it, as the student may see it. No widgets: the rules are here.
//
// The model's thought is cut into steps while it arrives; the student takes them out one at a time. Steps that state
// the answer, and the answer itself, stay covered until they are released: by an attempt or by asking for them. A model
// that does not think aloud gives its working in the answer: then the answer is cut into steps.

#include <QString>
#include <vector>

#include "tutor/trace/step_splitter.h"

namespace lemma::app {

struct TutorStep {
    tutor::StepKind kind = tutor::StepKind::Work;
    QString text; // Markdown

    // Says what the answer is, so it is covered with it.
    bool tellsAnswer = false;
};

class TutorTurn {
public:
    // What the model sends.
    void appendThought(const QString& text);
    void endThought();
    void appendAnswer(const QString& text);
    void finish(); // also after Stop or an error: what has arrived becomes the last step

    // What the student does.
    bool revealNext(); // false when none is ready
    void release(const QString& attempt);
    // As it was when the session was closed.
    void restore(int revealed, bool released, const QString& attempt);

    const std::vector<TutorStep>& steps() const { return m_steps; }
    int revealedCount() const { return m_revealed; }
    int readyCount() const { return static_cast<int>(m_steps.size()) - m_revealed; }
    bool covers(const TutorStep& step) const { return step.tellsAnswer && !m_released; }

    const QString& answer() const { return m_answer; }
    bool hasThought() const { return m_hasThought; }
    bool isFinished() const { return m_finished; }
    bool isReleased() const { return m_released; }
    const QString& attempt() const { return m_attempt; }

private:
    void take(std::vector<tutor::Step> steps);

    tutor::StepSplitter m_splitter;
    std::vector<TutorStep> m_steps;
    QString m_answer;
    QString m_attempt;
    int m_revealed = 0;
    bool m_hasThought = false;
    bool m_thoughtEnded = false;
    bool m_finished = false;
    bool m_released = false;
};

} // namespace lemma::app
