#include "assistant/sandbox/runner/inner_report.h"

#include <array>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace lemma::assistant {

bool InnerReportReader::read(int descriptor)
{
    std::array<char, 4096> buffer;
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count < 0)
        return errno == EINTR || errno == EAGAIN;
    m_text.append(buffer.data(), static_cast<std::size_t>(count));
    for (std::size_t end = m_text.find('\n'); end != std::string::npos; end = m_text.find('\n')) {
        takeLine(std::string_view(m_text).substr(0, end));
        m_text.erase(0, end + 1);
    }
    return count > 0;
}

void InnerReportReader::takeLine(std::string_view line)
{
    const auto document = nlohmann::json::parse(line, nullptr, false);
    if (!document.is_object())
        return;
    m_report.started = m_report.started || document.value("started", false);
    m_report.error = document.value("error", m_report.error);
    if (document.contains("status")) {
        m_report.waitStatus = document.value("status", 0);
        m_report.wall = std::chrono::microseconds(document.value("wall", std::int64_t{0}));
        m_report.cpu = std::chrono::microseconds(document.value("cpu", std::int64_t{0}));
        m_report.peakMemoryBytes = document.value("peak", std::uint64_t{0});
    }
}

} // namespace lemma::assistant
