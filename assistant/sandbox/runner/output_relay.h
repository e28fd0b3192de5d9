#pragma once
// Passes one stream of the program's output on, counts it and caps it.

#include <cstdint>
#include <string>

#include "assistant/sandbox/file_descriptor.h"

namespace lemma::assistant {

// Shared by stdout and stderr.
struct OutputBudget {
    std::uint64_t keep = 0;  // bytes that may still be passed on
    std::uint64_t total = 0; // bytes that the program wrote
};

class OutputRelay {
public:
    OutputRelay(FileDescriptor source, int target, OutputBudget& budget)
        : m_source(std::move(source)), m_target(target), m_budget(budget)
    {
    }

    int source() const { return m_source.get(); }

    // Reads once, which does not block after an event on source(). False when nothing more will come.
    bool read();

    // Reads what is in the pipe now. For when the program is gone: others may still hold the pipe open.
    void drain();

    // Passes on as much as the reader takes without making us wait: a reader that hangs must not stop the clock.
    void flush();

    // Passes on everything, waiting for the reader. For when nothing is left to supervise.
    void flushAll();

    // The beginning of what was read: bubblewrap's own complaint, if the program never started.
    const std::string& head() const { return m_head; }

private:
    bool writeSome(int timeoutMilliseconds);

    FileDescriptor m_source;
    int m_target;
    OutputBudget& m_budget;
    std::string m_pending;
    std::size_t m_written = 0; // of m_pending
    std::string m_head;
};

} // namespace lemma::assistant
