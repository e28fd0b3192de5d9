#pragma once
// The history as the window uses it: a connection of the GUI thread for reading, and the recorder that stores turns
// while they happen. Where the file cannot be opened the window still works; nothing is kept then, and openError() says
// why.
//
// GUI thread only. Destroy it after the GenerationService whose requests it records.

#include <QObject>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "engine/history/recorder.h"

namespace lemma::app {

class HistoryService : public QObject {
    Q_OBJECT

public:
    explicit HistoryService(const std::filesystem::path& file, QObject* parent = nullptr);
    ~HistoryService() override;

    const std::optional<engine::Error>& openError() const { return m_openError; }

    // The last used one first; empty where nothing can be read.
    std::vector<engine::Session> sessions() const;
    engine::Result<std::vector<engine::StoredMessage>> branch(engine::SessionId session) const;
    engine::Result<void> rename(engine::SessionId session, const QString& title);
    engine::Result<void> remove(engine::SessionId session);

    // SessionRecorder::begin(): call it with the request ready to be submitted.
    engine::Result<engine::RecordedTurn> begin(const engine::TurnRequest& turn, engine::GenerationRequest& request);

Q_SIGNALS:
    void changed();
    // Text could not be written; it is kept in memory and tried again.
    void storageFailed();

private:
    std::optional<engine::Error> m_openError;
    std::unique_ptr<engine::HistoryStore> m_store;
    std::unique_ptr<engine::SessionRecorder> m_recorder;
};

} // namespace lemma::app
