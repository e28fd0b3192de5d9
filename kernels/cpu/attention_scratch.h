#pragma once
// Growing a vector from a kernel file would compile parts of std::vector for that file's instruction set, and the
// linker might then share them with everybody: so it happens elsewhere.

#include <cstddef>
#include <vector>

namespace lemma::kernels::cpu {

float* growScratch(std::vector<float>& scratch, std::size_t floats);

} // namespace lemma::kernels::cpu
