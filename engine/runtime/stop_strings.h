#pragma once
// Finds the strings at which an answer is to end, across the pieces in which it arrives.
//
//     StopStrings stops({"\n\n", "END"});
//     StopStrings::Output out = stops.push("text E");   // out.text == "text ", " E" may be the beginning of a stop
//     string out = stops.push("ND more");                      // out.text == "", out.stopped

#include <string>
#include <string_view>
#include <vector>

namespace lemma::engine {

class StopStrings {
public:
    explicit StopStrings(std::vector<std::string> strings);

    struct Output {
        std::string text; // may be shown: certainly before any stop string
        bool stopped = false;
    };
    Output push(std::string_view piece);

    // At the end: what was held back and turned out to be ordinary text.
    std::string flush();

private:
    std::vector<std::string> m_strings;
    std::string m_held;
};

} // namespace lemma::engine
