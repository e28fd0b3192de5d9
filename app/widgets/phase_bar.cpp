#include "app/widgets/phase_bar.h"

#include <QAccessible>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QVBoxLayout>
#include <algorithm>

#include "app/widgets/layout.h"

namespace lemma::app {

namespace {

constexpr int NumbersInterval = 250; // milliseconds

} // namespace

PhaseBar::PhaseBar(QWidget* parent)
    : QWidget(parent), m_text(makeLabel({}, "muted", this)), m_progress(new QProgressBar(this))
{
    m_text->setObjectName(QStringLiteral("phase"));
    m_text->setWordWrap(false);
    m_progress->setTextVisible(false);
    m_progress->setRange(0, 1000);
    QSizePolicy keepsItsPlace = m_progress->sizePolicy();
    keepsItsPlace.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(keepsItsPlace);
    m_progress->setAccessibleName(tr("Progress"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::Hair, 0, space::Hair, 0);
    layout->setSpacing(space::Hair);
    layout->addWidget(m_text);
    layout->addWidget(m_progress);
    reset();
}

QString PhaseBar::text() const { return m_text->text(); }

void PhaseBar::reset()
{
    m_phase.clear();
    m_text->clear();
    m_progress->setVisible(false);
}

void PhaseBar::begin()
{
    m_wrote = false;
    showPhase(tr("Starting"), {}, -1);
}

void PhaseBar::setLoading(double fraction)
{
    const int permille = static_cast<int>(std::clamp(fraction, 0.0, 1.0) * 1000);
    showPhase(tr("Loading the model"), tr("%1 %").arg(permille / 10), permille);
}

void PhaseBar::setReading(int done, int total, int reused)
{
    QString numbers = tr("%1 of %2 tokens").arg(done).arg(total);
    if (reused > 0)
        numbers += tr(", %1 remembered").arg(reused);
    showPhase(tr("Reading"), numbers, total > 0 ? done * 1000 / total : -1);
}

void PhaseBar::setWriting(Writing what, int tokens)
{
    if (!m_wrote) {
        m_wrote = true;
        m_writing.start();
    }
    const QString phase = what == Writing::Thinking ? tr("Thinking") : tr("Answering");
    if (phase == m_phase && m_shown.isValid() && m_shown.elapsed() < NumbersInterval)
        return;
    const double seconds = static_cast<double>(m_writing.elapsed()) / 1000;
    QString numbers = tr("%n token(s)", nullptr, tokens);
    if (seconds > 0.5)
        numbers += tr(" \u00b7 %1 tokens/s").arg(QLocale().toString(tokens / seconds, 'f', 1));
    showPhase(phase, numbers, -1);
}

void PhaseBar::end(const QString& summary) { showPhase(summary, {}, -1); }

void PhaseBar::showPhase(const QString& phase, const QString& numbers, int permille)
{
    m_text->setText(numbers.isEmpty() ? phase : phase + QStringLiteral(" \u00b7 ") + numbers);
    m_progress->setVisible(permille >= 0);
    m_progress->setValue(std::max(permille, 0));
    m_shown.start();
    if (phase == m_phase)
        return;
    m_phase = phase;
    setAccessibleName(phase);
    QAccessibleEvent event(this, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&event);
}

} // namespace lemma::app
