#pragma once
// How the authors of a family recommend to sample from it: the values of the models' generation_config.json, for R1
// those of its README. Used where a request does not say how to sample.

#include "engine/chat/chat_template.h"
#include "engine/sampling/parameters.h"

namespace lemma::engine {

SamplingParameters recommendedSampling(TemplateFamily family);

} // namespace lemma::engine
