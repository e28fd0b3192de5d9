#include <memory>

#include "app/cli/cli.h"
#include "engine/runtime/local_engine.h"

int main(int argc, char** argv)
{
    lemma::app::CliServices services;
    services.makeEngine =
        [](const lemma::app::EngineSettings& settings) -> std::unique_ptr<lemma::engine::GenerationService> {
        lemma::engine::LocalEngineOptions options;
        options.threads = settings.threads;
        options.cacheBytes = settings.cacheMemory;
        options.savedCaches = settings.savedCaches;
        return std::make_unique<lemma::engine::LocalEngine>(options);
    };
    return lemma::app::runCli(argc, argv, services);
}
