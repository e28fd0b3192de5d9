#include "app/tutor/tutor_turn.h"

#include <algorithm>

#include "app/bridge/text.h"

namespace lemma::app {

void TutorTurn::appendThought(const QString& text)
{
    m_hasThought = true;
    take(m_splitter.push(toUtf8(text)));
}

void TutorTurn::endThought()
{
    if (std::exchange(m_thoughtEnded, true) || !m_hasThought)
        return;
    take(m_splitter.finish());
}

void TutorTurn::appendAnswer(const QString& text)
{
    m_answer += text;
    if (m_hasThought)
        endThought();
    else
        take(m_splitter.push(toUtf8(text)));
}

void TutorTurn::finish()
{
    if (std::exchange(m_finished, true))
        return;
    if (!m_thoughtEnded)
        take(m_splitter.finish());
}

void TutorTurn::take(std::vector<tutor::Step> steps)
{
    for (tutor::Step& step : steps) {
        QString text = toQString(std::string_view(step.text)).trimmed();
        if (text.isEmpty())
            continue;
        const bool tells = step.kind == tutor::StepKind::Answer || text.contains(QLatin1String("\\boxed"));
        m_steps.push_back({step.kind, std::move(text), tells});
    }
}

bool TutorTurn::revealNext()
{
    if (readyCount() == 0)
        return false;
    ++m_revealed;
    return true;
}

void TutorTurn::release(const QString& attempt)
{
    m_attempt = attempt;
    m_released = true;
}

void TutorTurn::restore(int revealed, bool released, const QString& attempt)
{
    m_revealed = std::clamp(revealed, 0, static_cast<int>(m_steps.size()));
    m_released = released;
    m_attempt = attempt;
}

} // namespace lemma::app
