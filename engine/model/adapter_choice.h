#pragma once
// Which adapters a model runs with, and how: as a user chooses them, and as the record of a run keeps them.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lemma::engine {

enum class AdapterMode : std::uint8_t {
    Runtime, // y = W x + scale * B (A x): weights stay as small as they are; a few percent of time
    Merge,   // W + scale * B A is made once: no time, but the changed weights become 16- or 32-bit floats
};
inline std::string_view adapterModeName(AdapterMode mode) { return mode == AdapterMode::Merge ? "merge" : "runtime"; }

struct AdapterChoice {
    std::string file;
    float scale = 1;  // 0: no effect, 1: as trained
    std::string hash; // Adapter::hash() of the file, once it has been opened

    bool operator==(const AdapterChoice&) const = default;
};

struct AdapterChoices {
    std::vector<AdapterChoice> files; // may be none
    AdapterMode mode = AdapterMode::Runtime;

    // Whether both make the same of a model: wherever the files lie.
    bool sameEffect(const AdapterChoices& other) const
    {
        bool same = files.size() == other.files.size() && (files.empty() || mode == other.mode);
        for (std::size_t i = 0; same && i < files.size(); ++i)
            same = files[i].hash == other.files[i].hash && files[i].scale == other.files[i].scale;
        return same;
    }
};

} // namespace lemma::engine
