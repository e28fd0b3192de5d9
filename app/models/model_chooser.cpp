#include "app/models/model_chooser.h"

#include <QLocale>
#include <QRegularExpression>
#include <QStandardItemModel>
#include <utility>

#include "app/bridge/error_text.h"
#include "app/bridge/text.h"
#include "app/models/model_library.h"

namespace lemma::app {

ModelChooser::ModelChooser(const ModelLibrary& library, const std::filesystem::path& preferred, QWidget* parent)
    : QComboBox(parent), m_library(library)
{
    setObjectName(QStringLiteral("modelChooser"));
    setAccessibleName(tr("Model"));
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    setMaximumWidth(340);
    connect(this, &QComboBox::activated, this, &ModelChooser::onActivated);
    connect(&m_library, &ModelLibrary::changed, this, [this] { fill(m_model); });
    fill(preferred);
}

void ModelChooser::choose(const std::filesystem::path& model) { fill(model); }

namespace {

// The file's name says most: "DeepSeek-R1-Distill-Qwen-7B-Q4_K_M". The name inside is often an internal one.
QString label(const engine::InstalledModel& model)
{
    static const QRegularExpression part(QStringLiteral("-\\d{5}-of-\\d{5}$"));
    return toQString(model.path.stem()).remove(part);
}

QString description(const engine::InstalledModel& model)
{
    if (model.problem)
        return errorText(*model.problem).happened + u' ' + toQString(model.path);
    return ModelChooser::tr("%1\n%2, %3")
        .arg(toQString(std::string_view(model.name)), toQString(model.path),
             QLocale().formattedDataSize(static_cast<qint64>(model.bytes), 1));
}

} // namespace

// Takes the model that is wanted while it is there, else the best. Files that cannot be used are listed, but cannot be
// chosen.
void ModelChooser::fill(const std::filesystem::path& wanted)
{
    const engine::InstalledModel* chosen = m_library.preferred(wanted);
    const std::filesystem::path before = std::exchange(m_model, chosen ? chosen->path : std::filesystem::path());
    clear();
    for (const engine::InstalledModel& entry : m_library.models()) {
        addItem(label(entry));
        setItemData(count() - 1, description(entry), Qt::ToolTipRole);
        if (auto* item = static_cast<QStandardItemModel*>(model())->item(count() - 1))
            item->setEnabled(!entry.problem);
        if (&entry == chosen)
            setCurrentIndex(count() - 1);
    }
    if (!chosen) {
        insertItem(0, tr("No model yet"));
        setCurrentIndex(0);
    }
    insertSeparator(count());
    addItem(tr("Add a model file\u2026"));
    setToolTip(currentData(Qt::ToolTipRole).toString());
    if (m_model != before)
        Q_EMIT modelChanged();
}

void ModelChooser::onActivated(int index)
{
    const bool adds = index == count() - 1;
    const auto& models = m_library.models();
    fill(adds || m_model.empty() ? m_model
                                 : models[static_cast<size_t>(index)].path); // adding is never the current entry
    if (adds)
        Q_EMIT addRequested();
}

} // namespace lemma::app
