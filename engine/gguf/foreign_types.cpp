#include "engine/gguf/foreign_types.h"

#include <string_view>

#include <fmt/format.h>

namespace lemma::engine {
namespace {

struct Range {
    std::uint32_t first;
    std::uint32_t last;
    std::string_view meaning;
};

constexpr Range ranges[] = {
    {4, 4, "Q4_2, removed from the format in 2023"},
    {5, 5, "Q4_3, removed from the format in 2023"},
    {9, 9, "Q8_1, a format of activations, not of weights"},
    {15, 15, "Q8_K, a format of activations, not of weights"},
    {24, 24, "I8, not a format of weights"},
    {25, 25, "I16, not a format of weights"},
    {26, 26, "I32, not a format of weights"},
    {27, 27, "I64, not a format of weights"},
    {28, 28, "F64, not a format of weights"},
    {31, 33, "a pre-arranged Q4_0 variant, removed from the format"},
    {36, 38, "a pre-arranged IQ4_NL variant, removed from the format"},
    {40, 40, "NVFP4, not supported"},
    {41, 41, "Q1_0, not supported"},
    {42, 42, "Q2_0, not supported"},
    {97, 99, "a type of ik_llama.cpp"},
    {133, 158, "a type of ik_llama.cpp"},
    {202, 240, "a row-interleaved type of ik_llama.cpp"},
    {335, 352, "a row-interleaved type of ik_llama.cpp"},
};

} // namespace

std::string describeForeignTensorType(std::uint32_t number)
{
    for (const Range& range : ranges) {
        if (number >= range.first && number <= range.last)
            return fmt::format("tensor type {} ({})", number, range.meaning);
    }
    return fmt::format("tensor type {} (unknown)", number);
}

} // namespace lemma::engine
