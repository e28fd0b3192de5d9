#pragma once
// The thread on which MathJax runs, and the one that watches it. Used by FormulaService only.

#include <QString>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "app/formula/formula.h"

namespace lemma::app {

class FormulaEngine;

class FormulaWorker {
public:
    using Done = std::pair<FormulaKey, Formula>;

    // `wake` is called, on the worker, when results lie ready and the last ones had been taken.
    FormulaWorker(QString mathJaxFolder, std::chrono::milliseconds limit, std::function<void()> wake);
    ~FormulaWorker();

    void submit(const FormulaKey& key); // any thread
    std::vector<Done> takeDone();       // any thread

private:
    void work(const std::stop_token& stop);
    void watch(const std::stop_token& stop);
    Formula set(const FormulaKey& key, const std::stop_token& stop);
    void publish(Done done);

    const QString m_folder;
    const std::chrono::milliseconds m_limit;
    const std::function<void()> m_wake;

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<FormulaKey> m_waiting;
    std::vector<Done> m_done;
    FormulaEngine* m_running = nullptr; // while a formula is being set
    std::chrono::steady_clock::time_point m_deadline;
    std::unique_ptr<FormulaEngine> m_engine; // worker's thread only
    int m_setByEngine = 0;                   // worker's thread only
    std::optional<QString> m_loadError;      // worker's thread only
    std::jthread m_watcher;
    std::jthread m_thread;
};

} // namespace lemma::app
