// `lemma-cli bench`: the machine, and the engine on it.
#include <memory>

#include <CLI/CLI.hpp>

#include "app/cli/bench_engine.h"
#include "app/cli/bench_machine.h"

namespace lemma::app {

void addBenchCommand(CLI::App& app, CommandContext& context)
{
    CLI::App* bench = app.add_subcommand("bench", "Measure this machine, or a model on it");
    bench->require_subcommand(1);
    auto options = std::make_shared<EngineBenchOptions>();

    CLI::App* machine = bench->add_subcommand("machine", "Cores and speed of memory");
    machine->add_option("--threads", options->threads, "Threads; 0: one a core")->check(CLI::Range(0, 4096));
    machine->add_flag("--json", options->json, "As one JSON object");
    machine->callback([options, &context] {
        context.action = [options, &context] { return benchMachine(options->threads, options->json, context); };
    });

    CLI::App* engine = bench->add_subcommand("engine", "Tokens a second of a model, reading and writing");
    engine->add_option("-m,--model", options->model, "Model: a path, a name, or a part of one");
    options->adapters.addTo(*engine);
    engine->add_option("--prompt", options->prompt, "Tokens to read")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    engine->add_option("--generate", options->generate, "Tokens to write")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    engine->add_option("--threads", options->threads, "Threads of computation; 0: one a core")
        ->check(CLI::Range(0, 4096));
    engine->add_option("--repetitions", options->repetitions, "The median is reported")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    engine->add_flag("--json", options->json, "As one JSON object");
    engine->callback(
        [options, &context] { context.action = [options, &context] { return benchEngine(*options, context); }; });
}

} // namespace lemma::app
