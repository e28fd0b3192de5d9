#include "assistant/judge/protocol.h"

#include <nlohmann/json.hpp>

namespace lemma::assistant {

using nlohmann::json;

namespace {

constexpr int maxDepth = 1000; // the driver stops at 100 levels of values, each of which takes a few here

int depthOf(std::string_view line)
{
    int depth = 0;
    int deepest = 0;
    bool inText = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (inText && c == '\\')
            ++i;
        else if (c == '"')
            inText = !inText;
        else if (!inText && (c == '[' || c == '{'))
            deepest = std::max(deepest, ++depth);
        else if (!inText && (c == ']' || c == '}'))
            --depth;
    }
    return deepest;
}

} // namespace

void ProtocolLines::add(std::string_view bytes)
{
    if (m_isBroken)
        return;
    m_pending.erase(0, m_begin);
    m_begin = 0;
    m_pending += bytes;
}

std::optional<std::string> ProtocolLines::next()
{
    const std::size_t end = m_pending.find('\n', m_begin);
    const std::size_t length = (end == std::string::npos ? m_pending.size() : end) - m_begin;
    if (length > maxProtocolLine) {
        m_isBroken = true;
        m_pending.clear();
        m_begin = 0;
        return std::nullopt;
    }
    if (end == std::string::npos)
        return std::nullopt;
    std::string line = m_pending.substr(m_begin, length);
    m_begin = end + 1;
    return line;
}

std::optional<json> parseProtocolLine(std::string_view line)
{
    if (depthOf(line) > maxDepth)
        return std::nullopt;
    json value = json::parse(line, nullptr, false);
    if (!value.is_object())
        return std::nullopt;
    return value;
}

std::string textMember(const json& message, const char* name)
{
    const bool isThere = message.is_object() && message.contains(name) && message[name].is_string();
    return isThere ? message[name].get<std::string>() : std::string();
}

int numberMember(const json& message, const char* name)
{
    const bool isThere = message.is_object() && message.contains(name) && message[name].is_number_integer();
    return isThere ? message[name].get<int>() : 0;
}

json objectMember(const json& message, const char* name)
{
    const bool isThere = message.is_object() && message.contains(name) && message[name].is_object();
    return isThere ? message[name] : json::object();
}

} // namespace lemma::assistant
