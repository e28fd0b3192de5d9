#pragma once
// Limits as JSON, for the Job and for the inner helper's argument.

#include <nlohmann/json_fwd.hpp>

#include "assistant/sandbox/limits.h"

namespace lemma::assistant {

nlohmann::json limitsToJson(const Limits& limits);
// Throws nlohmann::json::exception where a field is missing or of the wrong type.
Limits limitsFromJson(const nlohmann::json& document);

} // namespace lemma::assistant
