// The grader on any two texts (the first line and the rest): it ends, it does not say "different" of a text and itself,
// and it does not say "equal" in one order and "different" in the other.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tutor/checker/grade.h"
#include "tutor/math/parser.h"

using namespace lemma::tutor;

static Equality verdict(std::string_view gold, std::string_view answer)
{
    return grade(gold, answer, {}, Budget(std::chrono::milliseconds(10))).equality;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const std::size_t cut = text.find('\n');
    const std::string_view gold = text.substr(0, cut);
    const std::string_view answer = cut == std::string_view::npos ? gold : text.substr(cut + 1);
    const Equality there = verdict(gold, answer);
    if (gold == answer) {
        if (there == Equality::Different)
            std::abort();
        return 0;
    }
    const Equality back = verdict(answer, gold);
    if ((there == Equality::Equal && back == Equality::Different) ||
        (there == Equality::Different && back == Equality::Equal))
        std::abort();
    return 0;
}
