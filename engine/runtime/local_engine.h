#pragma once
// The engine of this machine: one thread that owns the model, its KV cache and every number computed with them.
//
//     LocalEngine engine({.threads = 0});
//     engine.submit(request);   // from any thread; see generation_service.h for what the callbacks promise
//
// The model that a request names is loaded when it is not the present one, and stays loaded. Destruction cancels what
// is running and what is waiting (each request still gets its onFinished) and joins the thread.

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "engine/model/model.h"
#include "engine/runtime/generation_service.h"
#include "engine/runtime/saved_cache_options.h"

namespace lemma::engine {

class LoadedModel;
class ThreadPool;

struct LocalEngineOptions {
    int threads = 0; // of the compute pool; 0: all cores that are really usable
    Precision precision = Precision::Fast;
    // Most memory for the keys and values of everything that was read and written, in bytes. What was used longest ago
    // is given up first, and a conversation that alone is larger meets the end of its context. None: half of what is
    // free when a model is loaded.
    std::optional<std::int64_t> cacheBytes = std::nullopt;
    // Keeps what the model has read for the next start; none: nothing is kept. A draft model's is not.
    std::optional<SavedCacheOptions> savedCaches = std::nullopt;
};

class LocalEngine : public GenerationService {
public:
    explicit LocalEngine(LocalEngineOptions options = {});
    LocalEngine(const LocalEngine&) = delete;
    LocalEngine& operator=(const LocalEngine&) = delete;
    ~LocalEngine() override;

    void submit(GenerationRequest request) override;

private:
    void threadMain(const std::stop_token& shutdown);
    Result<GenerationSummary> answer(const GenerationRequest& request, const std::stop_token& shutdown);
    Result<bool> prepareDraft(const GenerationRequest& request, const std::stop_token& stop);
    Result<GenerationSummary> loadAndGenerate(const GenerationRequest& request, std::stop_token stop);

    const LocalEngineOptions m_options;
    std::mutex m_mutex; // guards m_queue
    std::condition_variable_any m_wake;
    std::deque<GenerationRequest> m_queue;

    // Touched by the engine thread only.
    std::unique_ptr<ThreadPool> m_pool;
    std::unique_ptr<LoadedModel> m_model;

    std::jthread m_thread; // last: joined before anything above is destroyed
};

} // namespace lemma::engine
