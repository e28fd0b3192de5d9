#include "app/tutor/step_card.h"

#include "app/tutor/step_kind_text.h"
#include "app/widgets/layout.h"

namespace lemma::app {

StepCard::StepCard(const MarkdownTools& tools, const TutorStep& step, int number, bool covered, QWidget* parent)
    : QFrame(parent), m_tools(tools), m_step(step), m_covered(covered), m_layout(new QVBoxLayout(this))
{
    setProperty("look", "card");
    setObjectName(QStringLiteral("step"));
    const QString kind = stepKindText(step.kind);
    setAccessibleName(tr("Step %1, %2").arg(number).arg(kind));
    m_layout->setContentsMargins(space::Large, space::Medium, space::Large, space::Medium);
    m_layout->setSpacing(space::Small);
    auto* header = new QHBoxLayout;
    header->setSpacing(space::Small);
    QLabel* title = makeLabel(tr("Step %1").arg(number), "muted", this);
    title->setWordWrap(false);
    header->addWidget(title);
    header->addWidget(makeChip(kind, stepKindTint(step.kind), this));
    header->addStretch();
    m_layout->addLayout(header);
    if (m_covered) {
        m_content = makeLabel(tr("This step states the answer. It opens when you have tried, or when you ask for it."),
                              "muted", this);
        m_layout->addWidget(m_content);
    } else {
        showText();
    }
}

void StepCard::uncover()
{
    if (!m_covered)
        return;
    m_covered = false;
    delete m_content;
    showText();
}

void StepCard::showText()
{
    auto* view = new MarkdownView(m_tools, this);
    view->setMarkdown(m_step.text);
    connect(view, &MarkdownView::linkActivated, this, &StepCard::linkActivated);
    m_content = view;
    m_layout->addWidget(view);
}

} // namespace lemma::app
