#include "app/formula/formula_worker.h"

#include "app/bridge/text.h"
#include "app/formula/formula_engine.h"
#include "engine/base/log.h"

namespace lemma::app {

namespace {

// MathJax's document keeps a little of every formula: 6,000 of them cost 20 MB.
constexpr int FormulasPerEngine = 5000;

} // namespace

FormulaWorker::FormulaWorker(QString mathJaxFolder, std::chrono::milliseconds limit, std::function<void()> wake)
    : m_folder(std::move(mathJaxFolder)), m_limit(limit), m_wake(std::move(wake))
{
    m_watcher = std::jthread([this](const std::stop_token& stop) { watch(stop); });
    m_thread = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

FormulaWorker::~FormulaWorker()
{
    m_thread.request_stop();
    {
        const std::scoped_lock lock(m_mutex);
        m_deadline = {}; // long past: the watcher ends what is running
    }
    m_changed.notify_all();
    m_thread.join(); // before the watcher, which must still be able to interrupt
}

void FormulaWorker::submit(const FormulaKey& key)
{
    const std::scoped_lock lock(m_mutex);
    m_waiting.push_back(key);
    m_changed.notify_all();
}

std::vector<FormulaWorker::Done> FormulaWorker::takeDone()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_done, {});
}

void FormulaWorker::work(const std::stop_token& stop)
{
    while (true) {
        FormulaKey key;
        {
            std::unique_lock lock(m_mutex);
            if (!m_changed.wait(lock, stop, [this] { return !m_waiting.empty(); }) || stop.stop_requested())
                break;
            key = std::move(m_waiting.front());
            m_waiting.pop_front();
        }
        Formula formula = set(key, stop);
        publish({std::move(key), std::move(formula)});
    }
    m_engine.reset(); // a script engine dies on the thread that made it
}

Formula FormulaWorker::set(const FormulaKey& key, const std::stop_token& stop)
{
    if (m_engine && m_setByEngine >= FormulasPerEngine)
        m_engine.reset();
    if (!m_engine && !m_loadError) {
        auto made = FormulaEngine::create(m_folder);
        m_setByEngine = 0;
        if (made) {
            m_engine = *std::move(made);
        } else {
            m_loadError = toQString(std::string_view(made.error().message));
            engine::log(engine::LogLevel::Warning, "{}", made.error().message);
        }
    }
    if (!m_engine) {
        Formula formula;
        formula.state = Formula::State::Failed;
        formula.error = *m_loadError;
        return formula;
    }
    {
        const std::scoped_lock lock(m_mutex);
        m_running = m_engine.get();
        m_deadline = stop.stop_requested() ? std::chrono::steady_clock::time_point{}
                                           : std::chrono::steady_clock::now() + m_limit;
        m_changed.notify_all();
    }
    ++m_setByEngine;
    Formula formula = m_engine->set(key);
    const std::scoped_lock lock(m_mutex);
    m_running = nullptr;
    return formula;
}

void FormulaWorker::publish(Done done)
{
    bool first = false;
    {
        const std::scoped_lock lock(m_mutex);
        first = m_done.empty();
        m_done.push_back(std::move(done));
    }
    if (first)
        m_wake();
}

void FormulaWorker::watch(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested()) {
        if (!m_running) {
            m_changed.wait(lock, stop, [this] { return m_running != nullptr; });
            continue;
        }
        const auto deadline = m_deadline;
        // Wakes early when the formula is done, another one began or the deadline was moved.
        const bool moved =
            m_changed.wait_until(lock, stop, deadline, [&] { return !m_running || m_deadline != deadline; });
        if (!moved && m_running && m_deadline == deadline) {
            m_running->interrupt();
            // set() clears the flag when it starts; repeat a little later in case we came just before that.
            m_deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(20);
        }
    }
}

} // namespace lemma::app
