#pragma once
// What a tensor type number means that we cannot read: the message must tell the user why this file is refused.

#include <cstdint>
#include <string>

namespace lemma::engine {

// "tensor type 140 (a type of ik_llama.cpp)". Numbers: ggml-org/ggml, include/ggml.h, and ikawrakow/ik_llama.cpp.
std::string describeForeignTensorType(std::uint32_t number);

} // namespace lemma::engine
