#pragma once
// File names of split sets: model-00002-of-00005.gguf.

#include <filesystem>
#include <optional>

namespace lemma::engine {

struct SplitName {
    std::filesystem::path prefix; // folder and name before "-00002-of-00005.gguf"
    int number = 0;               // from 1
    int count = 0;

    std::filesystem::path part(int partNumber) const;
};

// Nothing where the name does not have the form, or its numbers contradict each other.
std::optional<SplitName> parseSplitName(const std::filesystem::path& path);

} // namespace lemma::engine
