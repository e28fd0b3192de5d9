#pragma once
// A program in the sandbox that answers one line of JSON with another, while it runs.
//
//     DriverProcess driver(sandbox, request, stop);
//     driver.send({{"i", 0}, ...});
//     const auto answer = driver.receive();      // nothing: it has ended, or writes what is no protocol
//     const auto report = driver.finish();       // how it ended
//
// For one thread; the run has a thread of its own, which finish() and the destructor wait for.

#include <condition_variable>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <thread>

#include "assistant/judge/protocol.h"
#include "assistant/sandbox/sandbox.h"

namespace lemma::assistant {

class DriverProcess {
public:
    DriverProcess(const Sandbox& sandbox, RunRequest request, std::stop_token stop);
    ~DriverProcess();
    DriverProcess(const DriverProcess&) = delete;
    DriverProcess& operator=(const DriverProcess&) = delete;

    void send(const nlohmann::json& message);
    void closeInput() { m_input->close(); }
    std::optional<nlohmann::json> receive();
    // The next message that has one of these members; what a solution writes in between decides nothing.
    std::optional<nlohmann::json> receiveWith(std::initializer_list<const char*> members);
    // The answer to question `id`, which is of the type that the question had.
    std::optional<nlohmann::json> receiveAnswer(const nlohmann::json& id);
    // Closes its input and waits; a program that goes on regardless meets its limits.
    const engine::Result<RunReport>& finish();

private:
    void run(const Sandbox& sandbox, RunRequest request, std::stop_token stop);

    std::shared_ptr<LiveInput> m_input = std::make_shared<LiveInput>();
    std::mutex m_mutex;
    std::condition_variable m_changed;
    ProtocolLines m_lines;
    bool m_hasEnded = false;
    std::optional<engine::Result<RunReport>> m_report;
    std::thread m_thread;
};

} // namespace lemma::assistant
