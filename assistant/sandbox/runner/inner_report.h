#pragma once
// Puts together what the inner helper tells through its pipe (inner.h).

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lemma::assistant {

struct InnerReport {
    bool started = false;
    std::string error;
    std::optional<int> waitStatus; // as of wait(2)
    std::chrono::microseconds wall{};
    std::chrono::microseconds cpu{};
    std::uint64_t peakMemoryBytes = 0;
};

class InnerReportReader {
public:
    // Reads once from the pipe, which does not block after an event. False when nothing more will come.
    bool read(int descriptor);
    const InnerReport& report() const { return m_report; }

private:
    void takeLine(std::string_view line);

    std::string m_text;
    InnerReport m_report;
};

} // namespace lemma::assistant
