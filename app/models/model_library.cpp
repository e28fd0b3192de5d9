#include "app/models/model_library.h"

#include <QFile>
#include <QRegularExpression>

#include "app/bridge/text.h"

namespace lemma::app {

using engine::ErrorCode;
using engine::fail;
using engine::Result;

namespace fs = std::filesystem;

namespace {

constexpr int SettleTime = 500; // milliseconds

bool isGguf(const fs::path& path)
{
    QFile file(toQString(path));
    return file.open(QIODevice::ReadOnly) && file.read(4) == "GGUF";
}

// All parts of a split model ("name-00001-of-00003.gguf"), or the file alone.
std::vector<fs::path> parts(const fs::path& file)
{
    static const QRegularExpression split(QStringLiteral("^(.*)-\\d{5}-of-(\\d{5})\\.gguf$"));
    const auto match = split.match(toQString(file.filename()));
    if (!match.hasMatch())
        return {file};
    std::vector<fs::path> result;
    for (int part = 1; part <= match.captured(2).toInt(); ++part) {
        const QString name =
            QStringLiteral("%1-%2-of-%3.gguf")
                .arg(match.captured(1), QString::number(part).rightJustified(5, u'0'), match.captured(2));
        result.push_back(file.parent_path() / toPath(name));
    }
    return result;
}

} // namespace

ModelLibrary::ModelLibrary(List list, fs::path folder, QObject* parent)
    : QObject(parent), m_list(std::move(list)), m_folder(std::move(folder))
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(SettleTime);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_settle, qOverload<>(&QTimer::start));
    connect(&m_settle, &QTimer::timeout, this, &ModelLibrary::refresh);
    m_models = m_list();
    watch();
}

const engine::InstalledModel* ModelLibrary::preferred(const fs::path& lastUsed) const
{
    return engine::defaultModel(m_models, lastUsed);
}

// A folder that does not exist yet is watched through its nearest parent that does.
void ModelLibrary::watch()
{
    fs::path existing = m_folder;
    std::error_code error;
    while (!existing.empty() && !fs::is_directory(existing, error) && existing.has_relative_path())
        existing = existing.parent_path();
    if (!m_watcher.directories().isEmpty())
        m_watcher.removePaths(m_watcher.directories());
    m_watcher.addPath(toQString(existing));
}

void ModelLibrary::refresh()
{
    m_models = m_list();
    watch();
    Q_EMIT changed();
}

Result<fs::path> ModelLibrary::add(const fs::path& file)
{
    if (!isGguf(file))
        return fail(ErrorCode::CorruptFile, "not a GGUF file: " + file.string());
    std::error_code error;
    fs::create_directories(m_folder, error);
    if (error)
        return fail(ErrorCode::Io, m_folder.string() + ": " + error.message());
    for (const fs::path& part : parts(file)) {
        const fs::path link = m_folder / part.filename();
        if (fs::equivalent(part, link, error))
            continue; // it is there already
        fs::create_symlink(fs::absolute(part), link, error);
        if (error)
            return fail(ErrorCode::Io, link.string() + ": " + error.message());
    }
    refresh();
    return m_folder / parts(file).front().filename();
}

} // namespace lemma::app
