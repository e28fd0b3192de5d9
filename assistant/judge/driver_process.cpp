#include "assistant/judge/driver_process.h"

#include <algorithm>

namespace lemma::assistant {

using engine::Result;
using nlohmann::json;

DriverProcess::DriverProcess(const Sandbox& sandbox, RunRequest request, std::stop_token stop)
{
    request.liveInput = m_input;
    request.onOutput = [this](std::string_view bytes) {
        const std::lock_guard lock(m_mutex);
        m_lines.add(bytes);
        m_changed.notify_one();
    };
    m_thread = std::thread(
        [this, &sandbox, request = std::move(request), stop = std::move(stop)] { run(sandbox, request, stop); });
}

DriverProcess::~DriverProcess() { finish(); }

void DriverProcess::run(const Sandbox& sandbox, RunRequest request, std::stop_token stop)
{
    Result<RunReport> report = sandbox.run(request, std::move(stop));
    const std::lock_guard lock(m_mutex);
    m_report = std::move(report);
    m_hasEnded = true;
    m_changed.notify_one();
}

void DriverProcess::send(const json& message)
{
    m_input->write(message.dump(-1, ' ', false, json::error_handler_t::replace) + '\n');
}

std::optional<json> DriverProcess::receive()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        if (const auto line = m_lines.next())
            return parseProtocolLine(*line);
        if (m_hasEnded || m_lines.isBroken())
            return std::nullopt;
        m_changed.wait(lock);
    }
}

std::optional<json> DriverProcess::receiveWith(std::initializer_list<const char*> members)
{
    auto message = receive();
    while (message && std::ranges::none_of(members, [&](const char* name) { return message->contains(name); }))
        message = receive();
    return message;
}

std::optional<json> DriverProcess::receiveAnswer(const json& id)
{
    auto message = receiveWith({"i"});
    while (message && (*message)["i"] != id)
        message = receiveWith({"i"});
    return message;
}

const Result<RunReport>& DriverProcess::finish()
{
    m_input->close();
    if (m_thread.joinable())
        m_thread.join();
    return *m_report;
}

} // namespace lemma::assistant
