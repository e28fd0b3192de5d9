#include "app/bridge/conversation.h"

#include <random>

#include "app/bridge/text.h"

namespace lemma::app {

using engine::Message;
using engine::Role;

Conversation::Conversation(engine::GenerationService& service, HistoryService& history, engine::SessionKind kind,
                           QObject* parent)
    : QObject(parent), m_generation(service), m_history(history), m_kind(kind)
{
    // What the model says is put to the last message, so that the next request knows it.
    connect(&m_generation, &GenerationSession::thoughtAppended, this,
            [this](const QString& text) { m_messages.back().thought += toUtf8(text); });
    connect(&m_generation, &GenerationSession::answerAppended, this,
            [this](const QString& text) { m_messages.back().content += toUtf8(text); });
}

void Conversation::ask(const QString& text)
{
    m_generation.stop();
    m_messages.push_back({Role::User, toUtf8(text), {}});
    engine::GenerationRequest request;
    request.model = m_model;
    request.conversation = prompt();
    request.seed = std::random_device()();
    request.limits = m_limits;
    m_messages.push_back({Role::Assistant, {}, {}});
    m_generation.start(std::move(request), [this, &text](engine::GenerationRequest& ready) { store(text, ready); });
}

void Conversation::store(const QString& text, engine::GenerationRequest& request)
{
    engine::TurnRequest turn;
    turn.session = m_session;
    turn.kind = m_kind;
    turn.text = toUtf8(text);
    const auto begun = m_history.begin(turn, request);
    if (!begun) {
        m_answer.reset();
        Q_EMIT notStored(begun.error());
        return;
    }
    const bool isNew = !m_session;
    m_session = begun->session;
    m_answer = begun->answer;
    if (isNew)
        Q_EMIT sessionBegun(begun->session);
}

// Past answers that hold nothing (stopped or failed before the first word) are left out together with their question.
engine::Conversation Conversation::prompt() const
{
    engine::Conversation result;
    for (const Message& message : m_messages) {
        if (message.role == Role::Assistant && message.content.empty()) {
            if (!result.empty())
                result.pop_back();
            continue;
        }
        result.push_back(message);
    }
    if (!m_instruction.isEmpty() && !result.empty())
        result.front().content += "\n\n" + toUtf8(m_instruction);
    return result;
}

void Conversation::reset()
{
    m_generation.stop();
    m_messages.clear();
    m_session.reset();
    m_answer.reset();
}

engine::Result<std::vector<engine::StoredMessage>> Conversation::open(engine::SessionId session)
{
    reset();
    LEMMA_TRY(std::vector<engine::StoredMessage> branch, m_history.branch(session));
    m_session = session;
    for (const engine::StoredMessage& stored : branch)
        m_messages.push_back(stored.message);
    return branch;
}

} // namespace lemma::app
