#include "app/widgets/talk_frame.h"

#include <QTextEdit>
#include <QVBoxLayout>

#include "app/widgets/composer.h"
#include "app/widgets/layout.h"
#include "app/widgets/phase_bar.h"
#include "app/widgets/transcript.h"

namespace lemma::app {

TalkFrame::TalkFrame(const Appearance& appearance, const Welcome& welcome, QWidget* parent)
    : QWidget(parent),
      m_transcript(new Transcript(this)),
      m_phase(new PhaseBar),
      m_composer(new Composer(appearance, welcome.placeholder))
{
    m_welcome = makeWelcome(welcome);
    auto* foot = new QWidget(this);
    foot->setMaximumWidth(ColumnWidth);
    auto* footColumn = new QVBoxLayout(foot);
    footColumn->setContentsMargins(0, 0, 0, space::Large);
    footColumn->setSpacing(space::Small);
    footColumn->addWidget(m_phase);
    footColumn->addWidget(m_composer);
    auto* centred = new QHBoxLayout;
    centred->setContentsMargins(space::Huge, 0, space::Huge, 0);
    centred->addStretch(1);
    centred->addWidget(foot, 1000);
    centred->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::Hair);
    layout->addWidget(m_welcome, 1);
    layout->addWidget(m_transcript, 1);
    layout->addLayout(centred);
    reset();
}

QWidget* TalkFrame::makeWelcome(const Welcome& welcome)
{
    constexpr int explanationWidth = 460;
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setSpacing(space::Medium);
    column->addStretch(2);
    QLabel* title = makeLabel(welcome.title, "title", page);
    title->setAlignment(Qt::AlignHCenter);
    column->addWidget(title);
    QLabel* explanation = makeLabel(welcome.explanation, "muted", page);
    explanation->setAlignment(Qt::AlignHCenter);
    explanation->setMaximumWidth(explanationWidth);
    auto* row = new QHBoxLayout; // an alignment would take the second line away from a label that wraps
    row->addStretch(1);
    row->addWidget(explanation, 1000);
    row->addStretch(1);
    column->addLayout(row);
    column->addSpacing(space::Medium);
    for (const QString& example : welcome.examples) {
        QPushButton* button = makeButton(example, nullptr, page);
        button->setAccessibleName(tr("Try: %1").arg(example));
        connect(button, &QPushButton::clicked, this, [this, example] {
            m_composer->setText(example);
            m_composer->setFocus();
        });
        column->addWidget(button, 0, Qt::AlignHCenter);
    }
    column->addStretch(3);
    return page;
}

void TalkFrame::reset()
{
    m_transcript->clear();
    m_transcript->hide();
    m_welcome->show();
    m_phase->reset();
    m_composer->setRunning(false);
}

void TalkFrame::showTranscript()
{
    m_welcome->hide();
    m_transcript->show();
}

} // namespace lemma::app
