#include <memory>

#include "app/cli/cli.h"
#include "engine/runtime/local_engine.h"

int main(int argc, char** argv)
{
    lemma::app::CliServices services;
    services.makeEngine = [](int threads) -> std::unique_ptr<lemma::engine::GenerationService> {
        lemma::engine::LocalEngineOptions options;
        options.threads = threads;
        return std::make_unique<lemma::engine::LocalEngine>(options);
    };
    return lemma::app::runCli(argc, argv, services);
}
