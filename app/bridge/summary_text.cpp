#include "app/bridge/summary_text.h"

#include <QCoreApplication>
#include <QLocale>

#include "app/bridge/error_text.h"

namespace lemma::app {

namespace {

struct SummaryTexts {
    Q_DECLARE_TR_FUNCTIONS(lemma::app::SummaryTexts)
};

} // namespace

QString summaryText(const engine::GenerationSummary& summary)
{
    if (summary.reason == engine::EndReason::Cancelled)
        return SummaryTexts::tr("Stopped");
    QStringList parts;
    if (summary.usage.thoughtTokens > 0)
        parts += SummaryTexts::tr("Thought: %n token(s)", nullptr, summary.usage.thoughtTokens);
    parts += SummaryTexts::tr("Answer: %n token(s)", nullptr, summary.usage.answerTokens);
    if (const double speed = summary.usage.decodeTokensPerSecond(); speed > 0)
        parts += SummaryTexts::tr("%1 tokens/s").arg(QLocale().toString(speed, 'f', 1));
    if (summary.thoughtClosedByLimit)
        parts += SummaryTexts::tr("the thought was closed at its limit");
    return parts.join(QStringLiteral(" \u00b7 "));
}

} // namespace lemma::app
