#pragma once
// A conversation as a page leads it: asks the model, keeps what was said, has it stored.
//
//     Conversation conversation(generation, history, SessionKind::Tutor);
//     conversation.setModel(path);
//     conversation.ask("Solve 3x + 5 = 20", instruction);
//     connect(&conversation.generation(), &GenerationSession::thoughtAppended, ...);
//
// The user's message is stored before the model begins. Where storing fails the model answers all the same, and
// notStored() is emitted. GUI thread only.

#include <QObject>
#include <filesystem>
#include <optional>

#include "app/bridge/generation_session.h"
#include "app/bridge/history_service.h"

namespace lemma::app {

class Conversation : public QObject {
    Q_OBJECT

public:
    Conversation(engine::GenerationService& service, HistoryService& history, engine::SessionKind kind,
                 QObject* parent = nullptr);

    void setModel(const std::filesystem::path& model) { m_model = model; }
    void setLimits(const engine::GenerationLimits& limits) { m_limits = limits; }
    // Added, for the model only, to the first message of the conversation: R1 wants no system prompt.
    void setInstruction(const QString& instruction) { m_instruction = instruction; }

    void ask(const QString& text);
    void stop() { m_generation.stop(); }
    bool isRunning() const { return m_generation.isRunning(); }

    // Begins anew (a running answer is stopped), or goes on with a stored session.
    void reset();
    engine::Result<std::vector<engine::StoredMessage>> open(engine::SessionId session);

    GenerationSession& generation() { return m_generation; }
    std::optional<engine::SessionId> session() const { return m_session; }
    // The answer that is being written or was written last.
    std::optional<engine::MessageId> answer() const { return m_answer; }

Q_SIGNALS:
    void sessionBegun(qint64 session);
    void notStored(const lemma::engine::Error& error);

private:
    void store(const QString& text, engine::GenerationRequest& request);
    engine::Conversation prompt() const;

    GenerationSession m_generation;
    HistoryService& m_history;
    const engine::SessionKind m_kind;
    std::filesystem::path m_model;
    engine::GenerationLimits m_limits;
    QString m_instruction;
    engine::Conversation m_messages; // as they are stored
    std::optional<engine::SessionId> m_session;
    std::optional<engine::MessageId> m_answer;
};

} // namespace lemma::app
