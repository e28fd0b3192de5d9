#include "app/bridge/history_service.h"

#include "app/bridge/text.h"
#include "engine/base/log.h"

namespace lemma::app {

using engine::ErrorCode;
using engine::fail;
using engine::Result;

HistoryService::HistoryService(const std::filesystem::path& file, QObject* parent) : QObject(parent)
{
    auto store = engine::HistoryStore::open(file);
    if (!store) {
        m_openError = store.error();
        engine::log(engine::LogLevel::Warning, "history: {}", store.error().message);
        return;
    }
    m_store = std::make_unique<engine::HistoryStore>(*std::move(store));
    engine::SessionRecorder::Options options;
    options.onStorageError = [this](const engine::Error& error) {
        engine::log(engine::LogLevel::Warning, "history: {}", error.message);
        Q_EMIT storageFailed(); // from the recorder's thread: receivers on the GUI thread get it queued
    };
    auto recorder = engine::SessionRecorder::open(file, std::move(options));
    if (recorder)
        m_recorder = *std::move(recorder);
    else
        m_openError = recorder.error();
}

HistoryService::~HistoryService() = default;

std::vector<engine::Session> HistoryService::sessions() const
{
    if (!m_store)
        return {};
    auto sessions = m_store->sessions();
    if (!sessions)
        engine::log(engine::LogLevel::Warning, "history: {}", sessions.error().message);
    return sessions ? *std::move(sessions) : std::vector<engine::Session>();
}

Result<std::vector<engine::StoredMessage>> HistoryService::branch(engine::SessionId session) const
{
    if (!m_store)
        return fail(*m_openError);
    return m_store->activeBranch(session);
}

Result<void> HistoryService::rename(engine::SessionId session, const QString& title)
{
    if (!m_store)
        return fail(*m_openError);
    LEMMA_CHECK(m_store->renameSession(session, toUtf8(title)));
    Q_EMIT changed();
    return {};
}

Result<void> HistoryService::remove(engine::SessionId session)
{
    if (!m_store)
        return fail(*m_openError);
    LEMMA_CHECK(m_store->deleteSession(session));
    Q_EMIT changed();
    return {};
}

Result<engine::RecordedTurn> HistoryService::begin(const engine::TurnRequest& turn, engine::GenerationRequest& request)
{
    if (!m_recorder)
        return fail(m_openError.value_or(engine::Error{ErrorCode::Io, "history: not open"}));
    auto begun = m_recorder->begin(turn, request);
    if (begun)
        Q_EMIT changed();
    return begun;
}

} // namespace lemma::app
