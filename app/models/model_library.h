#pragma once
// The models that are on this machine, as the window needs them.
//
//     ModelLibrary library([] { return listInstalledModels(modelDirectories()); }, userModelDirectory());
//     connect(&library, &ModelLibrary::changed, chooser, ...);
//     library.add("r1-distill-7b.gguf");   // linked into the folder, not copied
//
// The folder is watched: a model that is put there appears by itself. GUI thread only.

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>
#include <filesystem>
#include <functional>
#include <vector>

#include "engine/catalogue/installed_models.h"

namespace lemma::app {

class ModelLibrary : public QObject {
    Q_OBJECT

public:
    using List = std::function<std::vector<engine::InstalledModel>()>;

    ModelLibrary(List list, std::filesystem::path folder, QObject* parent = nullptr);

    const std::vector<engine::InstalledModel>& models() const { return m_models; }
    // The model to begin with: the last used one where it is still there; null: none that works.
    const engine::InstalledModel* preferred(const std::filesystem::path& lastUsed) const;
    const std::filesystem::path& folder() const { return m_folder; }

    // Links a GGUF file (with the other parts of a split one) into the folder. CorruptFile for something else.
    engine::Result<std::filesystem::path> add(const std::filesystem::path& file);

Q_SIGNALS:
    void changed();

private:
    void refresh();
    void watch();

    const List m_list;
    const std::filesystem::path m_folder;
    std::vector<engine::InstalledModel> m_models;
    QFileSystemWatcher m_watcher;
    QTimer m_settle; // a copy in progress changes the folder many times
};

} // namespace lemma::app
