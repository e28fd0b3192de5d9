// lemma-cli with a scripted engine: what the tests of ask and chat run. $LEMMA_SCRIPT holds a line for each question:
// "DELAY_MS|THOUGHT|ANSWER", or "fail|CODE NUMBER|MESSAGE"; "\n" stands for a line break.
#include <cstdlib>
#include <memory>
#include <sstream>
#include <string>

#include "app/cli/cli.h"
#include "tests/support/scripted_service.h"

namespace {

std::string unescaped(const std::string& text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool lineBreak = text.compare(i, 2, "\\n") == 0;
        out.push_back(lineBreak ? '\n' : text[i]);
        i += lineBreak ? 1 : 0;
    }
    return out;
}

lemma::tests::Script scriptOf(const std::string& line)
{
    const std::size_t first = line.find('|'), second = line.find('|', first + 1);
    const std::string thought = unescaped(line.substr(first + 1, second - first - 1));
    const std::string answer = unescaped(line.substr(second + 1));
    if (line.starts_with("fail"))
        return lemma::tests::scriptedFailure(static_cast<lemma::engine::ErrorCode>(std::stoi(thought)), answer);
    return lemma::tests::scriptedAnswer(thought, answer, std::chrono::milliseconds(std::stoi(line)));
}

} // namespace

int main(int argc, char** argv)
{
    lemma::app::CliServices services;
    services.makeEngine = [](const lemma::app::EngineSettings&) -> std::unique_ptr<lemma::engine::GenerationService> {
        auto service = std::make_unique<lemma::tests::ScriptedService>();
        const char* script = std::getenv("LEMMA_SCRIPT");
        std::istringstream lines(script ? script : "");
        for (std::string line; std::getline(lines, line);)
            service->enqueue(scriptOf(line));
        return service;
    };
    return lemma::app::runCli(argc, argv, services);
}
