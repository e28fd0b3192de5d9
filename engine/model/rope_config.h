#pragma once
// Rotary position embedding as a file describes it. Used by model_config.cpp.

#include "engine/base/result.h"
#include "engine/model/config_reader.h"
#include "engine/model/model_config.h"

namespace lemma::engine {

// Fills config.rope for `dimensions` rotated dimensions a head. With latent attention and YaRN also multiplies
// config.attentionScale, as DeepSeek's models want it.
Result<void> readRope(const ConfigReader& reader, int dimensions, ModelConfig& config);

} // namespace lemma::engine
