#pragma once
// The lines that a driver inside the sandbox and the judge outside say to each other: one JSON object a line.
//
// What comes out of the sandbox is hostile: lines are bounded in length and depth before they are read.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace lemma::assistant {

inline constexpr std::size_t maxProtocolLine = 1 << 20;

// Collects pieces of output into lines. A line that is too long ends the talk: nothing after it is read.
class ProtocolLines {
public:
    void add(std::string_view bytes);
    std::optional<std::string> next();
    bool isBroken() const { return m_isBroken; }

private:
    std::string m_pending;
    std::size_t m_begin = 0;
    bool m_isBroken = false;
};

// Nothing where the line is no object, or nested deeper than any honest value.
std::optional<nlohmann::json> parseProtocolLine(std::string_view line);

// Members of a message, whatever its author put there: empty, or 0, where it is something else.
std::string textMember(const nlohmann::json& message, const char* name);
int numberMember(const nlohmann::json& message, const char* name);
nlohmann::json objectMember(const nlohmann::json& message, const char* name);

} // namespace lemma::assistant
