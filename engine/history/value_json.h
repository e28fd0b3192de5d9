#pragma once
// Sampling parameters and usage as JSON: one spelling for store, export and the terminal's --json.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "engine/history/records.h"
#include "engine/runtime/event.h"
#include "engine/sampling/parameters.h"

namespace lemma::engine {

nlohmann::ordered_json samplingToJson(const SamplingParameters& sampling);
nlohmann::ordered_json usageToJson(const Usage& usage);
nlohmann::ordered_json consensusToJson(const StoredConsensus& consensus);

// From a stored object, or its text; unknown and missing members are passed over, none when it is no object at all.
SamplingParameters samplingFromObject(const nlohmann::ordered_json& object);
std::optional<SamplingParameters> samplingFromJson(std::string_view text);
std::optional<Usage> usageFromJson(std::string_view text);

// One line of JSON. Text that is not UTF-8 is shown with U+FFFD instead of failing.
std::string jsonLine(const nlohmann::ordered_json& value);

} // namespace lemma::engine
