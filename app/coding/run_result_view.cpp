#include "app/coding/run_result_view.h"

#include <QFontDatabase>
#include <QLocale>

#include "app/bridge/text.h"
#include "app/widgets/layout.h"

namespace lemma::app {

using assistant::RunReport;
using assistant::Verdict;

namespace {

struct VerdictText {
    QString text;
    const char* tint;
};

VerdictText verdictText(const RunReport& report)
{
    switch (report.verdict) {
    case Verdict::Ok: return {RunResultView::tr("Ran to the end"), "good"};
    case Verdict::RuntimeError:
        return {report.signal > 0 ? RunResultView::tr("Ended by signal %1").arg(report.signal)
                                  : RunResultView::tr("Failed with exit code %1").arg(report.exitCode),
                "bad"};
    case Verdict::TimeLimit: return {RunResultView::tr("Time limit"), "caution"};
    case Verdict::MemoryLimit: return {RunResultView::tr("Memory limit"), "caution"};
    case Verdict::OutputLimit: return {RunResultView::tr("Output limit"), "caution"};
    case Verdict::CompileError: return {RunResultView::tr("Does not compile"), "bad"};
    case Verdict::SandboxError: return {RunResultView::tr("The sandbox failed"), "bad"};
    case Verdict::Cancelled: return {RunResultView::tr("Stopped"), "neutral"};
    }
    return {{}, "neutral"};
}

QString duration(std::chrono::microseconds time)
{
    const double milliseconds = static_cast<double>(time.count()) / 1000;
    return milliseconds < 1000 ? RunResultView::tr("%1 ms").arg(qRound(milliseconds))
                               : RunResultView::tr("%1 s").arg(QLocale().toString(milliseconds / 1000, 'f', 2));
}

} // namespace

RunResultView::RunResultView(std::shared_ptr<SandboxAccess> sandbox, const QString& language, const QString& code,
                             QWidget* parent)
    : QFrame(parent),
      m_run(new SandboxRun(std::move(sandbox), language, code, this)),
      m_layout(new QVBoxLayout(this)),
      m_verdict(makeChip(tr("Running\u2026"), "neutral", this)),
      m_figures(makeLabel({}, "muted", this)),
      m_stop(makeButton(tr("Stop"), "quiet", this))
{
    setObjectName(QStringLiteral("runResult"));
    setProperty("look", "result");
    m_verdict->setObjectName(QStringLiteral("verdict"));
    m_figures->setObjectName(QStringLiteral("figures"));
    m_stop->setObjectName(QStringLiteral("stopRun"));
    m_layout->setContentsMargins(space::Medium, space::Small, space::Medium, space::Medium);
    m_layout->setSpacing(space::Small);
    auto* header = new QHBoxLayout;
    header->setSpacing(space::Small);
    header->addWidget(m_verdict);
    header->addWidget(m_figures, 1);
    header->addWidget(m_stop);
    m_layout->addLayout(header);
    connect(m_stop, &QPushButton::clicked, m_run, &SandboxRun::stop);
    connect(m_run, &SandboxRun::finished, this, &RunResultView::showResult);
}

void RunResultView::showResult(const engine::Result<RunReport>& result)
{
    m_stop->hide();
    if (result)
        showReport(*result);
    else
        showRefusal(result.error());
}

void RunResultView::showReport(const RunReport& report)
{
    const auto [text, tint] = verdictText(report);
    m_verdict->setText(text);
    setTint(m_verdict, tint);
    m_figures->setText(
        tr("%1 \u00b7 %2 of memory")
            .arg(duration(report.wall), QLocale().formattedDataSize(static_cast<qint64>(report.peakMemoryBytes), 1)));
    addOutput(tr("Compiler"), report.compilerMessages, report.verdict == Verdict::CompileError);
    addOutput(tr("Output"), report.displayOutput, false);
    addOutput(tr("Errors"), report.displayErrors, true);
    if (report.displayOutput.empty() && report.displayErrors.empty() && report.compilerMessages.empty() &&
        report.verdict != Verdict::SandboxError)
        m_layout->addWidget(makeLabel(tr("The program wrote nothing."), "muted", this));
    if (report.outputTruncated)
        m_layout->addWidget(makeLabel(tr("More was written than is shown."), "muted", this));
    if (report.verdict == Verdict::SandboxError && !report.detail.empty())
        m_layout->addWidget(makeLabel(toQString(std::string_view(report.detail)), "muted", this));
    if (!report.isolation.empty())
        m_layout->addWidget(
            makeLabel(tr("Isolated by %1").arg(toQString(std::string_view(report.isolation))), "muted", this));
}

// The sandbox says in its message what to do about it: nothing is ever run without isolation.
void RunResultView::showRefusal(const engine::Error& error)
{
    m_verdict->setText(tr("Not run"));
    setTint(m_verdict, "caution");
    QLabel* why = makeLabel(toQString(std::string_view(error.message)), "plain", this);
    why->setObjectName(QStringLiteral("refusal"));
    why->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_layout->addWidget(why);
}

void RunResultView::addOutput(const QString& title, const std::string& text, bool bad)
{
    if (text.empty())
        return;
    QString shown = toQString(std::string_view(text));
    while (shown.endsWith(u'\n'))
        shown.chop(1);
    m_layout->addWidget(makeLabel(title, "muted", this));
    QLabel* label = makeLabel(shown, bad ? "badOutput" : "output", this);
    label->setObjectName(bad ? QStringLiteral("errors") : QStringLiteral("output"));
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(font().pointSizeF());
    label->setFont(fixed);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setAccessibleName(title);
    m_layout->addWidget(label);
}

} // namespace lemma::app
