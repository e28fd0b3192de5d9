#include "tutor/working/working.h"

#include <optional>
#include <utility>

#include "tutor/math/exact_memory.h"
#include "tutor/working/working_progress.h"

namespace lemma::tutor {

std::vector<LineCheck> checkWorking(const std::vector<std::string>& lines, const WorkingOptions& options,
                                    std::stop_token stop)
{
    releaseExactMemoryAtThreadEnd();
    const long allowance = std::chrono::duration_cast<std::chrono::microseconds>(options.workInAll).count();
    std::vector<LineCheck> checks;
    std::optional<Working> working;
    long used = 0;
    std::size_t last = 0; // the last line that was not only a check
    const auto finish = [&] {
        if (working && last < checks.size() && used < allowance)
            used += working->finish(checks[last]);
        working.reset();
    };
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].find_first_not_of(" \t\r") == std::string::npos) {
            finish();
            continue;
        }
        if (!working)
            working.emplace(options, stop);
        LineCheck check;
        if (used < allowance && !stop.stop_requested())
            used += working->next(lines[i], check);
        else
            check.reason = "too-much";
        check.text = lines[i];
        check.line = i + 1;
        if (working->wentOn())
            last = checks.size();
        checks.push_back(std::move(check));
    }
    finish();
    return checks;
}

const char* lineRelationName(LineRelation relation)
{
    switch (relation) {
    case LineRelation::First: return "first";
    case LineRelation::Equivalent: return "equivalent";
    case LineRelation::Follows: return "follows";
    case LineRelation::Lost: return "lost";
    case LineRelation::Gained: return "gained";
    case LineRelation::Different: return "different";
    case LineRelation::Unknown: return "unknown";
    case LineRelation::NotRead: return "not-read";
    }
    return "unknown";
}

} // namespace lemma::tutor
