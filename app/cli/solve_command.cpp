// `lemma-cli solve`: exact solutions of school problems, with the steps.
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/cli.h"
#include "app/cli/exit_code.h"
#include "engine/history/value_json.h"
#include "tutor/math/print.h"
#include "tutor/solver/solve.h"

namespace lemma::app {
namespace {

using namespace lemma::tutor;

struct SolveCommandOptions {
    std::string problem;
    std::string variable;
    std::string domain = "real";
    int milliseconds = 500;
    bool json = false;
};

nlohmann::ordered_json toJson(const Solution& solution)
{
    nlohmann::ordered_json steps = nlohmann::ordered_json::array();
    for (const SolutionStep& step : solution.steps)
        steps.push_back({{"action", actionName(step.action)}, {"from", toPlain(step.from)}, {"to", toPlain(step.to)}});
    nlohmann::ordered_json values = nlohmann::ordered_json::array();
    for (const Expr& value : solution.solutions)
        values.push_back(toPlain(value));
    nlohmann::ordered_json object = {{"status", solution.solved ? "solved" : "unknown"},
                                     {"kind", problemKindName(solution.kind)},
                                     {"solutions", values}};
    if (!solution.solved)
        object["reason"] = solution.reason;
    object["set"] = solution.set ? toPlain(solution.set) : "";
    object["latex"] = solution.set ? toLatex(solution.set) : "";
    object["steps"] = steps;
    object["verified"] = solution.solved; // what is not verified is not returned as solved
    return object;
}

void print(const Solution& solution, Console& console)
{
    for (const SolutionStep& step : solution.steps) {
        console.line(fmt::format("{}:", actionSentence(step.action)));
        console.line(fmt::format("    {}  ->  {}", toPlain(step.from), toPlain(step.to)));
    }
    if (solution.solved)
        console.line(fmt::format("Solution: {}", toPlain(solution.set)));
    else
        console.line(fmt::format("Unknown: {}", solution.reason));
}

engine::Result<int> runSolve(const SolveCommandOptions& options, Console& console)
{
    SolveOptions how;
    how.variable = options.variable;
    how.domain = options.domain == "complex" ? Domain::Complex : Domain::Real;
    const Solution solution = solveText(options.problem, how, Budget(std::chrono::milliseconds(options.milliseconds)));
    if (options.json)
        console.line(engine::jsonLine(toJson(solution)));
    if (!solution.readable)
        return engine::fail(engine::ErrorCode::InvalidArgument, solution.reason);
    if (!options.json)
        print(solution, console);
    return exitDone;
}

} // namespace

void addSolveCommand(CLI::App& app, CommandContext& context)
{
    CLI::App* command = app.add_subcommand("solve", "Solve a problem exactly, with steps; every solution is verified");
    auto options = std::make_shared<SolveCommandOptions>();
    command->add_option("problem", options->problem, "The problem, as plain text or LaTeX")->required();
    command->add_option("--variable", options->variable, "What to solve for; default: the only unknown, or x");
    command->add_option("--domain", options->domain, "Which numbers count as solutions")
        ->check(CLI::IsMember({"real", "complex"}))
        ->capture_default_str();
    command->add_option("--time", options->milliseconds, "Milliseconds before it gives up")
        ->check(CLI::Range(1, 60'000))
        ->capture_default_str();
    command->add_flag("--json", options->json,
                      "One object: status, kind, solutions, set, latex, steps, verified; reason when unknown");
    command->footer(
        "Families:\n"
        "  equations in one unknown: polynomial, rational, with radicals, exponentials, logarithms, absolute\n"
        "  values; trigonometric ones: all solutions, or those in an interval (\"sin x = 1/2, 0 <= x < 2 pi\")\n"
        "  inequalities in one unknown, also with absolute values, radicals, exponentials, logarithms\n"
        "  systems of linear equations\n"
        "  derivatives, integrals, limits, sums and products in LaTeX, or \"differentiate ...\",\n"
        "  \"integrate ...\"; functions that are defined first (\"f(x) = x^3, f'(2)\")\n"
        "  matrices: sums, products, powers, A^T, A^{-1}, det, tr, rank, \"eigenvalues of ...\"\n"
        "  gcd, lcm, powers and linear congruences to a modulus\n"
        "  counting: n!, binomial coefficients, C(n, k), P(n, k); constants are simplified\n"
        "  statistics: mean, median, mode, range, variance, standard deviation, sample variance,\n"
        "  sample standard deviation, quartiles: \"median of 3, 1, 4\"\n"
        "Everything else is \"unknown\".\n"
        "A problem that begins with a minus sign stands behind --.\n"
        "Example: lemma-cli solve \"x^2 - 5x + 6 = 0\" --json");
    command->callback(
        [options, &context] { context.action = [options, &context] { return runSolve(*options, context.console); }; });
}

} // namespace lemma::app
