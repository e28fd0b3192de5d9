#pragma once
// Where tests find what is too large for the repository. Nothing is found: the folder does not exist, the model is an
// empty path; such a test calls QSKIP.

#include <cstdlib>
#include <filesystem>
#include <string>

namespace lemma::tests {

// The folder of shared data: LEMMA_SHARED_DIR, or "shared" beside the repository.
inline std::filesystem::path sharedDirectory()
{
    if (const char* configured = std::getenv("LEMMA_SHARED_DIR"))
        return configured;
    const std::filesystem::path source = std::filesystem::path(LEMMA_TEST_DATA_DIR).parent_path().parent_path();
    const std::filesystem::path beside = source.parent_path() / "shared";
    return std::filesystem::is_directory(beside) ? beside : "/nonexistent";
}

// The starter model: LEMMA_STARTER_MODEL, or the first model in the user's data folder.
inline std::filesystem::path starterModel()
{
    if (const char* configured = std::getenv("LEMMA_STARTER_MODEL"))
        return configured;
    const char* dataHome = std::getenv("XDG_DATA_HOME");
    const char* home = std::getenv("HOME");
    const std::filesystem::path data = dataHome != nullptr ? std::filesystem::path(dataHome)
                                       : home != nullptr   ? std::filesystem::path(home) / ".local/share"
                                                           : std::filesystem::path("/nonexistent");
    std::filesystem::path first;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(data / "lemma/models", error))
        if (entry.path().extension() == ".gguf" && (first.empty() || entry.path() < first))
            first = entry.path();
    return first;
}

} // namespace lemma::tests
