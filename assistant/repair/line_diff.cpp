#include "assistant/repair/line_diff.h"

#include <algorithm>
#include <fmt/format.h>

#include "assistant/extract/lines.h"

namespace lemma::assistant {

namespace {

using Lines = std::vector<std::string_view>;

// For each number of changes, how far along `before` every diagonal reaches; index 0 is diagonal -changes.
using Frontiers = std::vector<std::vector<int>>;

int reach(const std::vector<int>& frontier, int changes, int diagonal)
{
    const int index = diagonal + changes;
    return index < 0 || index > 2 * changes ? -1 : frontier[static_cast<std::size_t>(index)];
}

// Empty: more changes than are looked for.
Frontiers forwardPass(const Lines& before, const Lines& after)
{
    const int lengthBefore = static_cast<int>(before.size());
    const int lengthAfter = static_cast<int>(after.size());
    Frontiers frontiers;
    for (int changes = 0; changes <= std::min(maxChangedLines, lengthBefore + lengthAfter); ++changes) {
        std::vector<int> frontier(static_cast<std::size_t>(2 * changes + 1), -1);
        for (int diagonal = -changes; diagonal <= changes; diagonal += 2) {
            int x = 0;
            if (changes > 0) {
                const int added = reach(frontiers.back(), changes - 1, diagonal + 1);       // a line of `after`
                const int removed = reach(frontiers.back(), changes - 1, diagonal - 1) + 1; // a line of `before`
                x = std::max(added, removed);
            }
            int y = x - diagonal;
            while (x < lengthBefore && y >= 0 && y < lengthAfter &&
                   before[static_cast<std::size_t>(x)] == after[static_cast<std::size_t>(y)]) {
                ++x;
                ++y;
            }
            frontier[static_cast<std::size_t>(diagonal + changes)] = x;
            if (x >= lengthBefore && y >= lengthAfter) {
                frontiers.push_back(std::move(frontier));
                return frontiers;
            }
        }
        frontiers.push_back(std::move(frontier));
    }
    return {};
}

std::vector<DiffLine> backtrack(const Frontiers& frontiers, const Lines& before, const Lines& after)
{
    std::vector<DiffLine> lines;
    int x = static_cast<int>(before.size());
    int y = static_cast<int>(after.size());
    for (int changes = static_cast<int>(frontiers.size()) - 1; changes >= 0; --changes) {
        const int diagonal = x - y;
        int startX = 0;
        int startY = 0;
        bool added = false;
        if (changes > 0) {
            const std::vector<int>& frontier = frontiers[static_cast<std::size_t>(changes - 1)];
            const int byAdding = reach(frontier, changes - 1, diagonal + 1);
            const int byRemoving = reach(frontier, changes - 1, diagonal - 1) + 1;
            added = byAdding >= byRemoving;
            startX = added ? byAdding : byRemoving;
            startY = startX - diagonal;
        }
        for (; x > startX && y > startY; --x, --y)
            lines.push_back({LineChange::Same, before[static_cast<std::size_t>(x - 1)]});
        if (changes == 0)
            break;
        if (added)
            lines.push_back({LineChange::Added, after[static_cast<std::size_t>(--y)]});
        else
            lines.push_back({LineChange::Removed, before[static_cast<std::size_t>(--x)]});
    }
    std::ranges::reverse(lines);
    return lines;
}

char signOf(LineChange change) { return change == LineChange::Same ? ' ' : change == LineChange::Removed ? '-' : '+'; }

} // namespace

std::vector<DiffLine> lineDiff(std::string_view before, std::string_view after)
{
    const Lines old = splitLines(before);
    const Lines young = splitLines(after);
    const Frontiers frontiers = forwardPass(old, young);
    if (!frontiers.empty())
        return backtrack(frontiers, old, young);
    std::vector<DiffLine> lines;
    for (const std::string_view line : old)
        lines.push_back({LineChange::Removed, line});
    for (const std::string_view line : young)
        lines.push_back({LineChange::Added, line});
    return lines;
}

std::string unifiedDiff(std::string_view before, std::string_view after, std::size_t context)
{
    const std::vector<DiffLine> lines = lineDiff(before, after);
    std::string text;
    std::size_t lineBefore = 1; // of lines[i]
    std::size_t lineAfter = 1;
    std::size_t counted = 0;
    const auto countTo = [&](std::size_t end) {
        for (; counted < end; ++counted) {
            lineBefore += lines[counted].change != LineChange::Added ? 1 : 0;
            lineAfter += lines[counted].change != LineChange::Removed ? 1 : 0;
        }
    };
    for (std::size_t i = 0; i < lines.size();) {
        if (lines[i].change == LineChange::Same) {
            ++i;
            continue;
        }
        std::size_t last = i; // the hunk's last change: the next one within twice the context belongs to it
        for (std::size_t k = i; k < lines.size() && k <= last + 2 * context + 1; ++k)
            last = lines[k].change != LineChange::Same ? k : last;
        const std::size_t begin = i - std::min(i, context);
        const std::size_t end = std::min(lines.size(), last + context + 1);
        countTo(begin);
        std::string body;
        std::size_t countBefore = 0;
        std::size_t countAfter = 0;
        for (std::size_t k = begin; k < end; ++k) {
            body.append(1, signOf(lines[k].change)).append(lines[k].text).append("\n");
            countBefore += lines[k].change != LineChange::Added ? 1 : 0;
            countAfter += lines[k].change != LineChange::Removed ? 1 : 0;
        }
        text += fmt::format("@@ -{},{} +{},{} @@\n{}", lineBefore, countBefore, lineAfter, countAfter, body);
        i = end;
    }
    return text;
}

} // namespace lemma::assistant
