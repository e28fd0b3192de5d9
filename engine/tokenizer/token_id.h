#pragma once
// The number of a token in a model's vocabulary.

#include <cstdint>

namespace lemma::engine {

using TokenId = std::int32_t;

} // namespace lemma::engine
