#include "app/tutor/step_kind_text.h"

#include <QCoreApplication>

namespace lemma::app {

namespace {

struct StepKindTexts {
    Q_DECLARE_TR_FUNCTIONS(lemma::app::StepKindTexts)
};

} // namespace

QString stepKindText(tutor::StepKind kind)
{
    using tutor::StepKind;
    switch (kind) {
    case StepKind::Understand: return StepKindTexts::tr("Understand");
    case StepKind::Plan: return StepKindTexts::tr("Plan");
    case StepKind::Work: return StepKindTexts::tr("Work");
    case StepKind::Check: return StepKindTexts::tr("Check");
    case StepKind::AnotherIdea: return StepKindTexts::tr("Another idea");
    case StepKind::ChangeOfMind: return StepKindTexts::tr("Change of mind");
    case StepKind::Answer: return StepKindTexts::tr("Answer");
    }
    return {};
}

const char* stepKindTint(tutor::StepKind kind)
{
    using tutor::StepKind;
    switch (kind) {
    case StepKind::Understand:
    case StepKind::Work: return "neutral";
    case StepKind::Plan: return "info";
    case StepKind::Check: return "good";
    case StepKind::AnotherIdea:
    case StepKind::ChangeOfMind: return "caution";
    case StepKind::Answer: return "special";
    }
    return "neutral";
}

} // namespace lemma::app
