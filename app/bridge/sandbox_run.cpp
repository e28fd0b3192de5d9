#include "app/bridge/sandbox_run.h"

#include <QtConcurrent/QtConcurrentRun>

#include "app/bridge/text.h"
#include "assistant/sandbox/language.h"

namespace lemma::app {

using engine::Result;

// A failed probe is not remembered: the user may install what is missing and press Run again.
Result<std::shared_ptr<const assistant::Sandbox>> SandboxAccess::get()
{
    const std::scoped_lock lock(m_mutex);
    if (!m_sandbox) {
        LEMMA_TRY(assistant::Sandbox probed, assistant::Sandbox::probe(m_options));
        m_sandbox = std::make_shared<const assistant::Sandbox>(std::move(probed));
    }
    return m_sandbox;
}

namespace {

Result<assistant::RunReport> runNow(SandboxAccess& access, const assistant::RunRequest& request, std::stop_token stop)
{
    LEMMA_TRY(const std::shared_ptr<const assistant::Sandbox> sandbox, access.get());
    return sandbox->run(request, std::move(stop));
}

} // namespace

SandboxRun::SandboxRun(std::shared_ptr<SandboxAccess> sandbox, const QString& language, const QString& code,
                       QObject* parent)
    : QObject(parent)
{
    assistant::RunRequest request;
    request.language = toUtf8(language);
    const assistant::Language* known = assistant::findLanguage(request.language);
    request.files = {{"main" + std::string(known ? known->extensions.front() : ".txt"), toUtf8(code) + "\n"}};
    connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] { Q_EMIT finished(*m_watcher.result()); });
    m_watcher.setFuture(QtConcurrent::run([sandbox = std::move(sandbox), request, stop = m_stop.get_token()] {
        return std::make_shared<Report>(runNow(*sandbox, request, stop));
    }));
}

SandboxRun::~SandboxRun() { m_stop.request_stop(); }

} // namespace lemma::app
