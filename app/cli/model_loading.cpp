#include "app/cli/model_loading.h"

#include <chrono>

#include <fmt/format.h>

#include "app/cli/console.h"
#include "engine/catalogue/installed_models.h"
#include "engine/model/adapter.h"

namespace lemma::app {

using namespace lemma::engine;

Result<LoadedWeights> loadWeights(const std::string& wanted, const AdapterOptions& adapters, Precision precision,
                                  int threads, Console& console, const std::stop_token& stop)
{
    LEMMA_TRY(const std::filesystem::path path, resolveModel(wanted, listInstalledModels(modelDirectories()), {}));
    LEMMA_TRY(GgufFile opened, GgufFile::open(path));
    LEMMA_TRY(AdapterChoices choices, adapters.read());
    LoadedWeights loaded;
    loaded.pool = std::make_unique<ThreadPool>(threads);
    ModelOptions options;
    options.precision = precision;
    options.pool = loaded.pool.get();
    options.stop = stop;
    options.adapterMode = choices.mode;
    LEMMA_TRY(options.adapters, openAdapters(choices));
    options.onProgress = [&console](float fraction) {
        console.progress(fmt::format("Loading the model, {:.0f} %", static_cast<double>(fraction) * 100));
    };
    const auto start = std::chrono::steady_clock::now();
    Result<std::unique_ptr<Model>> model = Model::load(std::make_shared<const GgufFile>(std::move(opened)), options);
    console.clearProgress();
    if (!model)
        return fail(std::move(model).error());
    loaded.model = std::move(*model);
    loaded.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return loaded;
}

} // namespace lemma::app
