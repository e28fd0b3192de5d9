#include "engine/runtime/structured_text.h"

#include <algorithm>
#include <array>

namespace lemma::engine {
namespace {

constexpr int longestOpen = 4000;
constexpr std::size_t longestCommand = 24; // "\begin{smallmatrix*}" and a little

bool isEnvironmentOfRows(std::string_view name)
{
    constexpr std::array<std::string_view, 9> others{"array", "tabular", "aligned", "align",    "align*",
                                                     "cases", "gather",  "split",   "longtable"};
    return name.find("matrix") != std::string_view::npos ||
           std::find(others.begin(), others.end(), name) != others.end();
}

} // namespace

void StructuredText::add(std::string_view text)
{
    m_code.add(text);
    for (const char c : text)
        addCharacter(c);
}

bool StructuredText::isInside() const
{
    return m_tableLine || m_environments > 0 || m_brackets > 0 || m_code.insideCode();
}

void StructuredText::addCharacter(char c)
{
    if (m_environments > 0 || m_brackets > 0) {
        if (++m_openLength > longestOpen) {
            m_environments = 0;
            m_brackets = 0;
        }
    } else {
        m_openLength = 0;
    }
    if (c == '\n') {
        m_lineStart = true;
        m_tableLine = false;
    } else if (m_lineStart && c != ' ') {
        m_tableLine = c == '|';
        m_lineStart = false;
    }
    if (c == '[' && (m_brackets > 0 || m_last == '['))
        m_brackets += m_brackets > 0 ? 1 : 2;
    else if (c == ']' && m_brackets > 0)
        --m_brackets;
    if (c == '\\') {
        m_command = c;
    } else if (!m_command.empty()) {
        m_command += c;
        if (c == '}')
            endCommand();
        else if (m_command.size() > longestCommand)
            m_command.clear();
    }
    m_last = c;
}

void StructuredText::endCommand()
{
    constexpr std::string_view begin = "\\begin{";
    constexpr std::string_view end = "\\end{";
    const std::string_view command = m_command;
    const auto nameAfter = [&](std::string_view word) {
        return command.substr(word.size(), command.size() - word.size() - 1);
    };
    if (command.starts_with(begin) && isEnvironmentOfRows(nameAfter(begin)))
        ++m_environments;
    else if (command.starts_with(end) && isEnvironmentOfRows(nameAfter(end)))
        m_environments = std::max(0, m_environments - 1);
    m_command.clear();
}

} // namespace lemma::engine
