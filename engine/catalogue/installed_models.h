#pragma once
// The model files on this machine, and which one a user means.
//
//     std::vector<InstalledModel> models = listInstalledModels(modelDirectories());
//     LEMMA_TRY(std::filesystem::path model, resolveModel(commandLine.model, models, lastUsed));
//
// Reads only the headers of the files; a file that cannot be read is listed with its problem, not left out. Any thread.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace lemma::engine {

struct InstalledModel {
    std::filesystem::path path; // of the first part of a split set
    std::string name;           // general.name, else the file's
    std::string architecture;
    std::string quantization; // "Q4_K_M", "F16", ...
    std::uint64_t bytes = 0;  // all parts
    std::int64_t parameters = 0;
    std::int64_t contextLength = 0; // trained for; 0: not told
    bool reasons = false;           // of R1's kind: thinks before it answers
    std::optional<Error> problem;   // the file cannot be used; the fields above are then mostly empty
};

// $LEMMA_MODELS, then lemma/models in the user's data directory, then in each of the system's. Missing ones included.
std::vector<std::filesystem::path> modelDirectories();

// Where a user puts a new model: the first of them.
std::filesystem::path userModelDirectory();

// GGUF files in these folders, in this order and by name; other parts of split sets, projectors and folders left out.
std::vector<InstalledModel> listInstalledModels(const std::vector<std::filesystem::path>& directories);

InstalledModel inspectModel(const std::filesystem::path& file);

// The model that is used when none is named: the last used one, else one that reasons, else any; nullptr without one
// that works.
const InstalledModel* defaultModel(const std::vector<InstalledModel>& models, const std::filesystem::path& lastUsed);

// A path, a file name with or without .gguf, the model's name, or any part of these that fits one model only; letter
// case does not matter. Empty: the default. NotFound tells where models belong, InvalidArgument what is ambiguous.
Result<std::filesystem::path> resolveModel(std::string_view wanted, const std::vector<InstalledModel>& models,
                                           const std::filesystem::path& lastUsed);

} // namespace lemma::engine
