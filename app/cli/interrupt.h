#pragma once
// Ctrl-C (SIGINT) and SIGTERM as stop requests.
//
//     Interrupts interrupts;                       // once, early in main
//     std::stop_source stop;
//     const Interrupts::Scope scope(interrupts, stop);
//     ... work that listens to stop.get_token() ...
//     if (stop.stop_requested()) return cancelled
//
// The first signal within a scope asks its source to stop; a second one, or one outside of any scope, ends the process
// at once with 130. Nothing is lost by that: the history is journalled. One Interrupts in a process.

#include <mutex>
#include <stop_token>
#include <thread>

namespace lemma::app {

class Interrupts {
public:
    Interrupts();
    Interrupts(const Interrupts&) = delete;
    Interrupts& operator=(const Interrupts&) = delete;
    ~Interrupts();

    class Scope {
    public:
        Scope(Interrupts& interrupts, std::stop_source source);
        Scope(const Scope&) = delete;
        Scope& operator=(const Scope&) = delete;
        ~Scope();

    private:
        Interrupts& m_interrupts;
    };

private:
    void watch();

    std::mutex m_mutex;
    std::stop_source m_source{std::nostopstate}; // of the present scope
    std::thread m_thread;
};

} // namespace lemma::app
