#pragma once
// Lines from standard input, interruptible. The terminal itself does the editing.

#include <optional>
#include <stop_token>
#include <string>

#include "engine/base/result.h"

namespace lemma::app {

class LineReader {
public:
    // The next line without its end; none at the end of the input or when stopped.
    std::optional<std::string> readLine(const std::stop_token& stop);

private:
    std::string m_buffer;
    bool m_ended = false;
};

// All of standard input. Io when it cannot be read.
engine::Result<std::string> readStandardInput();

} // namespace lemma::app
