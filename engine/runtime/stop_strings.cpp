#include "engine/runtime/stop_strings.h"

#include <algorithm>
#include <utility>

namespace lemma::engine {
namespace {

// Length of the longest end of `text` that is a beginning of `wanted`, shorter than all of it.
std::size_t overlap(std::string_view text, std::string_view wanted)
{
    for (std::size_t n = std::min(text.size(), wanted.size() - 1); n > 0; --n) {
        if (text.substr(text.size() - n) == wanted.substr(0, n))
            return n;
    }
    return 0;
}

} // namespace

StopStrings::StopStrings(std::vector<std::string> strings) : m_strings(std::move(strings))
{
    std::erase(m_strings, std::string());
}

StopStrings::Output StopStrings::push(std::string_view piece)
{
    m_held += piece;
    // The string that is complete first counts, not the one that begins first: only so is the result the same however
    // the text was cut into pieces.
    std::size_t firstEnd = std::string::npos;
    std::size_t shown = m_held.size();
    std::size_t held = 0;
    for (const std::string& wanted : m_strings) {
        const std::size_t begin = m_held.find(wanted);
        if (begin != std::string::npos && begin + wanted.size() < firstEnd) {
            firstEnd = begin + wanted.size();
            shown = begin;
        }
        held = std::max(held, overlap(m_held, wanted));
    }
    Output output;
    output.stopped = firstEnd != std::string::npos;
    if (!output.stopped)
        shown -= held;
    output.text = m_held.substr(0, shown);
    m_held.erase(0, output.stopped ? m_held.size() : shown);
    return output;
}

std::string StopStrings::flush() { return std::exchange(m_held, {}); }

} // namespace lemma::engine
