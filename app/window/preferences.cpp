#include "app/window/preferences.h"

#include <QSettings>

namespace lemma::app {

namespace {

const QString AppearanceKey = QStringLiteral("appearance");
const QString ModelKey = QStringLiteral("model");
const QString SidebarKey = QStringLiteral("sidebar");
const QString GeometryKey = QStringLiteral("geometry");

} // namespace

Preferences Preferences::load()
{
    const QSettings file(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("lemma"), QStringLiteral("lemma"));
    Preferences result;
    result.appearance = Appearance::modeFromName(file.value(AppearanceKey).toString());
    result.model = file.value(ModelKey).toString();
    result.sidebar = file.value(SidebarKey, true).toBool();
    result.geometry = file.value(GeometryKey).toByteArray();
    return result;
}

void Preferences::save() const
{
    QSettings file(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("lemma"), QStringLiteral("lemma"));
    file.setValue(AppearanceKey, Appearance::modeName(appearance));
    file.setValue(ModelKey, model);
    file.setValue(SidebarKey, sidebar);
    file.setValue(GeometryKey, geometry);
}

} // namespace lemma::app
