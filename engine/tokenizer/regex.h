#pragma once
// A compiled Unicode regular expression (PCRE2, compiled to machine code where the system allows that).
//
//     LEMMA_TRY(Regex digits, Regex::compile("\\p{N}"));
//     digits.split(text, [](std::string_view piece) { ... });
//
// The subject of split() must be valid UTF-8. Immutable, so it may be used from several threads.

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/result.h"

struct pcre2_real_code_8;

namespace lemma::engine {

class Regex {
public:
    // Internal when the pattern is malformed: patterns are ours, never a user's.
    static Result<Regex> compile(const std::string& pattern);

    // Gives every match and every gap between matches, in order; together they are the text. Empty matches do not
    // count. The pieces point into `text`.
    void split(std::string_view text, const std::function<void(std::string_view)>& piece) const;

private:
    struct FreeCode {
        void operator()(pcre2_real_code_8* code) const;
    };
    explicit Regex(pcre2_real_code_8* code);

    std::unique_ptr<pcre2_real_code_8, FreeCode> m_code;
};

} // namespace lemma::engine
