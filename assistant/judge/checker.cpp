#include "assistant/judge/checker.h"

#include <fmt/format.h>

#include "assistant/sandbox/language.h"

namespace lemma::assistant {

using engine::ErrorCode;
using engine::fail;
using engine::Result;

Result<Comparison> runChecker(const Sandbox& sandbox, const Comparator& checker, const CheckerInput& files,
                              std::stop_token stop)
{
    const Language* language = findLanguage(checker.checkerLanguage);
    if (language == nullptr)
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("the checker's language '{}' is not known", checker.checkerLanguage));
    RunRequest request;
    request.language = std::string(language->id);
    request.files = {{"checker" + std::string(language->extensions.front()), checker.checkerSource},
                     {"input", files.input},
                     {"expected", files.expected},
                     {"output", files.output}};
    LEMMA_TRY(const RunReport report, sandbox.run(request, std::move(stop)));
    if (report.verdict == Verdict::Cancelled)
        return fail(ErrorCode::Cancelled, "stopped");
    const bool hasDecided = report.verdict == Verdict::Ok ||
                            (report.verdict == Verdict::RuntimeError && report.exitCode == 1 && report.errors.empty());
    if (!hasDecided)
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("the checker itself failed ({}): {}{}", verdictName(report.verdict),
                                report.compilerMessages, report.displayErrors.substr(0, 500)));
    return Comparison{report.verdict == Verdict::Ok,
                      report.verdict == Verdict::Ok ? std::string() : report.displayOutput.substr(0, 500)};
}

} // namespace lemma::assistant
