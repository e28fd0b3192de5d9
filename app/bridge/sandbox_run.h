#pragma once
// Runs a program in the sandbox, away from the GUI thread.
//
//     auto* run = new SandboxRun(sandbox, "python", code, view);
//     connect(run, &SandboxRun::finished, view, &RunResultView::showReport);
//
// The sandbox is probed (and attacked, see assistant/sandbox) when the first program is to be run. finished() comes
// exactly once, unless the run is destroyed before, which ends the program.

#include <QFutureWatcher>
#include <QObject>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

#include "assistant/sandbox/sandbox.h"

namespace lemma::app {

// The sandbox of this machine, or why there is none; found out once. Thread-safe.
class SandboxAccess {
public:
    explicit SandboxAccess(assistant::ProbeOptions options = {}) : m_options(std::move(options)) {}

    engine::Result<std::shared_ptr<const assistant::Sandbox>> get();

private:
    const assistant::ProbeOptions m_options;
    std::mutex m_mutex;
    std::shared_ptr<const assistant::Sandbox> m_sandbox;
};

class SandboxRun : public QObject {
    Q_OBJECT

public:
    SandboxRun(std::shared_ptr<SandboxAccess> sandbox, const QString& language, const QString& code,
               QObject* parent = nullptr);
    ~SandboxRun() override;

    void stop() { m_stop.request_stop(); }

Q_SIGNALS:
    void finished(const lemma::engine::Result<lemma::assistant::RunReport>& report);

private:
    using Report = engine::Result<assistant::RunReport>;

    std::stop_source m_stop;
    QFutureWatcher<std::shared_ptr<Report>> m_watcher;
};

} // namespace lemma::app
