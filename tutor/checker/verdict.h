#pragma once
// What a comparison of two pieces of mathematics says, and why.

#include <optional>
#include <string>

namespace lemma::tutor {

enum class Equality : unsigned char { Equal, Different, Unknown };

struct Verdict {
    Equality equality = Equality::Unknown;
    // Stable words for programs: "exact", "same-form", "points", "refuted", "kind", "units", "text", "size",
    // "not-read", "undecided".
    std::string reason = "undecided";
    // Where both sides have values and they differ, simple numbers first: "x = 2: 4 and 6". Empty for constants.
    std::string counterexample;
};

constexpr const char* equalityName(Equality equality)
{
    return equality == Equality::Equal ? "equal" : equality == Equality::Different ? "different" : "unknown";
}

} // namespace lemma::tutor
