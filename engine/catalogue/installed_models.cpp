#include "engine/catalogue/installed_models.h"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/ascii.h"
#include "engine/base/user_directories.h"
#include "engine/gguf/split_name.h"

namespace lemma::engine {
namespace {

bool isModelFile(const std::filesystem::directory_entry& entry)
{
    std::error_code error;
    if (!entry.is_regular_file(error) || asciiLowered(entry.path().extension().string()) != ".gguf")
        return false;
    // Projectors for images lie beside their models and are no language models.
    if (asciiLowered(entry.path().filename().string()).find("mmproj") != std::string::npos)
        return false;
    const auto split = parseSplitName(entry.path());
    return !split || split->number == 1;
}

// 3: the very name, 2: one of its names, 1: a part of one, 0: not meant.
int closeness(const InstalledModel& model, const std::string& wanted)
{
    const std::string file = asciiLowered(model.path.filename().string()),
                      stem = asciiLowered(model.path.stem().string());
    const std::string name = asciiLowered(model.name);
    if (wanted == file)
        return 3;
    if (wanted == stem || wanted == name)
        return 2;
    return file.find(wanted) != std::string::npos || name.find(wanted) != std::string::npos ? 1 : 0;
}

Error nothingInstalled()
{
    return {ErrorCode::NotFound,
            fmt::format("no model is installed; put a GGUF file into {}", userModelDirectory().string())};
}

} // namespace

std::vector<std::filesystem::path> modelDirectories()
{
    std::vector<std::filesystem::path> directories;
    if (std::filesystem::path configured = pathFromEnvironment("LEMMA_MODELS"); !configured.empty())
        directories.push_back(std::move(configured));
    directories.push_back(userDataDirectory() / "lemma" / "models");
    for (const std::filesystem::path& data : systemDataDirectories())
        directories.push_back(data / "lemma" / "models");
    return directories;
}

std::filesystem::path userModelDirectory() { return modelDirectories().front(); }

std::vector<InstalledModel> listInstalledModels(const std::vector<std::filesystem::path>& directories)
{
    std::vector<InstalledModel> models;
    for (const std::filesystem::path& directory : directories) {
        std::vector<std::filesystem::path> files;
        std::error_code error; // a folder that is missing or closed to us holds no models
        std::filesystem::directory_iterator entry(directory, error), end;
        for (; !error && entry != end; entry.increment(error))
            if (isModelFile(*entry))
                files.push_back(entry->path());
        std::sort(files.begin(), files.end());
        for (const std::filesystem::path& file : files)
            models.push_back(inspectModel(file));
    }
    return models;
}

const InstalledModel* defaultModel(const std::vector<InstalledModel>& models, const std::filesystem::path& lastUsed)
{
    const InstalledModel* best = nullptr;
    for (const InstalledModel& model : models) {
        if (model.problem)
            continue;
        if (model.path == lastUsed)
            return &model;
        if (!best || (model.reasons && !best->reasons))
            best = &model;
    }
    return best;
}

Result<std::filesystem::path> resolveModel(std::string_view wanted, const std::vector<InstalledModel>& models,
                                           const std::filesystem::path& lastUsed)
{
    if (wanted.empty()) {
        const InstalledModel* model = defaultModel(models, lastUsed);
        if (!model)
            return fail(nothingInstalled());
        return model->path;
    }
    std::error_code error;
    if (std::filesystem::is_regular_file(wanted, error))
        return std::filesystem::path(wanted);
    int best = 1;
    std::vector<const InstalledModel*> fitting;
    for (const InstalledModel& model : models) {
        const int close = closeness(model, asciiLowered(wanted));
        if (close < best)
            continue;
        if (close > best)
            fitting.clear();
        best = close;
        fitting.push_back(&model);
    }
    if (fitting.empty())
        return fail(models.empty() ? nothingInstalled()
                                   : Error{ErrorCode::NotFound, fmt::format("there is no model '{}'", wanted)});
    // The same file name in two folders: the first folder counts, as with programs in $PATH.
    const auto sameName = [&fitting](const InstalledModel* model) {
        return model->path.filename() == fitting.front()->path.filename();
    };
    if (!std::all_of(fitting.begin(), fitting.end(), sameName)) {
        std::vector<std::string> names;
        for (const InstalledModel* model : fitting)
            names.push_back(model->path.filename().string());
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("'{}' may mean any of these models: {}", wanted, fmt::join(names, ", ")));
    }
    return fitting.front()->path;
}

} // namespace lemma::engine
