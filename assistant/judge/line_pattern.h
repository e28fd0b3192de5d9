#pragma once
// A regular expression for a whole line, with a limit of steps: patterns may be careless and lines hostile.

#include <memory>
#include <string_view>

#include "engine/base/result.h"

namespace lemma::assistant {

class LinePattern {
public:
    // InvalidArgument says what is wrong with the pattern and where.
    static engine::Result<LinePattern> compile(std::string_view pattern);

    bool matches(std::string_view line) const; // false as well where the limit of steps is met

private:
    using Code = std::unique_ptr<void, void (*)(void*)>;
    explicit LinePattern(Code code) : m_code(std::move(code)) {}

    Code m_code; // PCRE2's, whose header stays in the source
};

} // namespace lemma::assistant
