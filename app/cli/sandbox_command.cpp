// `lemma-cli sandbox`: what isolates the programs that are run, and does it hold?
#include <chrono>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/cli.h"
#include "app/cli/exit_code.h"
#include "assistant/sandbox/language.h"
#include "assistant/sandbox/sandbox.h"
#include "engine/history/value_json.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;
using namespace lemma::assistant;
using nlohmann::ordered_json;

ordered_json languageJson(const Language& language)
{
    const auto tool = findToolchain(language);
    return {{"id", language.id},
            {"name", language.name},
            {"installed", tool.has_value()},
            {"tool", tool ? tool->string() : ""},
            {"package", language.package}};
}

Result<int> selfTest(bool json, Console& console)
{
    ProbeOptions options;
    options.useCache = false;
    const auto start = std::chrono::steady_clock::now();
    const auto sandbox = Sandbox::probe(options);
    const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::string isolation;
    if (sandbox) {
        RunRequest request;
        request.language = "bash";
        request.files = {{"main.sh", "true\n"}};
        LEMMA_TRY(const RunReport report, sandbox->run(request));
        isolation = report.isolation;
    }
    ordered_json list = ordered_json::array();
    for (const Language& language : languages())
        list.push_back(languageJson(language));
    if (json) {
        console.line(jsonLine({{"holds", sandbox.has_value()},
                               {"isolation", isolation},
                               {"detail", sandbox ? "" : sandbox.error().message},
                               {"seconds", took},
                               {"languages", std::move(list)}}));
        return sandbox ? exitDone : exitCodeOf(sandbox.error().code);
    }
    if (!sandbox)
        return fail(sandbox.error());
    console.line(fmt::format("The sandbox held against every attack ({:.2f} s): {}.", took, isolation));
    for (const ordered_json& language : list)
        console.line(fmt::format("  {:<12} {}", language["name"].get<std::string>(),
                                 language["installed"].get<bool>()
                                     ? language["tool"].get<std::string>()
                                     : "not installed; apt install " + language["package"].get<std::string>()));
    return exitDone;
}

} // namespace

void addSandboxCommand(CLI::App& app, CommandContext& context)
{
    CLI::App* command = app.add_subcommand("sandbox", "What isolates the programs that are run");
    command->require_subcommand(1);
    CLI::App* test = command->add_subcommand("self-test", "Attack the sandbox as a hostile program would");
    auto json = std::make_shared<bool>(false);
    test->add_flag("--json", *json, "One JSON object");
    test->footer("Exit code 0 when it held. When it does not, no program is ever run: there is no way around it.");
    test->callback(
        [json, &context] { context.action = [json, &context] { return selfTest(*json, context.console); }; });
}

} // namespace lemma::app
