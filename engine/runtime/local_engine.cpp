#include "engine/runtime/local_engine.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <functional>
#include <new>
#include <utility>

#include "engine/base/log.h"
#include "engine/base/thread_pool.h"
#include "engine/runtime/generation.h"
#include "engine/runtime/loaded_model.h"

namespace lemma::engine {
namespace {

// A token that stops when either of two does: the user's Stop, or the end of the program.
class EitherStop {
public:
    EitherStop(const std::stop_token& first, const std::stop_token& second)
        : m_first(first, [this] { m_source.request_stop(); }), m_second(second, [this] { m_source.request_stop(); })
    {
    }
    std::stop_token token() const { return m_source.get_token(); }

private:
    std::stop_source m_source;
    std::stop_callback<std::function<void()>> m_first;
    std::stop_callback<std::function<void()>> m_second;
};

// Whether what is loaded is what a request names: it knows no hashes.
bool sameFiles(const AdapterChoices& loaded, const AdapterChoices& wanted)
{
    const auto same = [](const AdapterChoice& a, const AdapterChoice& b) {
        return a.file == b.file && a.scale == b.scale && (b.hash.empty() || a.hash == b.hash);
    };
    return (wanted.files.empty() || loaded.mode == wanted.mode) && std::ranges::equal(loaded.files, wanted.files, same);
}

} // namespace

LocalEngine::LocalEngine(LocalEngineOptions options)
    : m_options(options), m_thread([this](const std::stop_token& shutdown) { threadMain(shutdown); })
{
}

LocalEngine::~LocalEngine() = default;

void LocalEngine::submit(GenerationRequest request)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_queue.push_back(std::move(request));
    }
    m_wake.notify_one();
}

void LocalEngine::threadMain(const std::stop_token& shutdown)
{
    m_pool = std::make_unique<ThreadPool>(m_options.threads);
    while (true) {
        GenerationRequest request;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, shutdown, [this] { return !m_queue.empty(); });
            // Also at shutdown the queue is emptied: each request is owed its onFinished.
            if (m_queue.empty())
                break;
            request = std::move(m_queue.front());
            m_queue.pop_front();
        }
        request.onFinished(answer(request, shutdown));
    }
    m_model.reset();
    m_pool.reset();
}

// The border where exceptions end: whatever is thrown below becomes the request's error, and the thread lives on.
Result<GenerationSummary> LocalEngine::answer(const GenerationRequest& request, const std::stop_token& shutdown)
{
    const EitherStop stop(request.stop, shutdown);
    try {
        return loadAndGenerate(request, stop.token());
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "not enough memory for this model and context");
    } catch (const std::exception& error) {
        log(LogLevel::Error, "engine: unexpected exception: {}", error.what());
        return fail(ErrorCode::Internal, error.what());
    }
}

// The drafting model that the request names, if it names one, in its place. False when stopped on the way.
Result<bool> LocalEngine::prepareDraft(const GenerationRequest& request, const std::stop_token& stop)
{
    const std::filesystem::path& wanted = request.drafting.model;
    if (wanted.empty() || (m_model->draft() && m_model->draft()->path() == wanted))
        return true;
    LEMMA_CHECK(m_model->setDraft(nullptr)); // before the next is loaded: two at once may not fit
    auto loaded = LoadedModel::load(wanted, *m_pool, {m_options.precision, m_options.cacheBytes}, stop,
                                    [&](float fraction) { request.onEvent(Loading{fraction}); });
    if (!loaded && loaded.error().code == ErrorCode::Cancelled)
        return false;
    LEMMA_TRY(std::unique_ptr<LoadedModel> draft, std::move(loaded));
    LEMMA_CHECK(m_model->setDraft(std::move(draft)));
    return true;
}

Result<GenerationSummary> LocalEngine::loadAndGenerate(const GenerationRequest& request, std::stop_token stop)
{
    GenerationSummary summary;
    summary.reason = EndReason::Cancelled;
    if (stop.stop_requested())
        return summary;
    const auto started = std::chrono::steady_clock::now();
    const AdapterChoices& adapters = request.earlier ? request.earlier->run.adapters : request.adapters;
    if (!m_model || m_model->path() != request.model || !sameFiles(m_model->adapters(), adapters)) {
        m_model.reset(); // before the next is loaded: two models at once may not fit
        auto loaded = LoadedModel::load(request.model, *m_pool,
                                        {m_options.precision, m_options.cacheBytes, adapters, m_options.savedCaches},
                                        stop, [&](float fraction) { request.onEvent(Loading{fraction}); });
        if (!loaded && loaded.error().code == ErrorCode::Cancelled)
            return summary;
        LEMMA_TRY(m_model, std::move(loaded));
    }
    LEMMA_TRY(const bool ready, prepareDraft(request, stop));
    if (!ready)
        return summary;
    const std::chrono::duration<double> loadTime = std::chrono::steady_clock::now() - started;
    LEMMA_TRY(summary, generate(*m_model, request, stop));
    summary.usage.loadTime = loadTime;
    return summary;
}

} // namespace lemma::engine
