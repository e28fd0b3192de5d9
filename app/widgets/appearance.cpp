#include "app/widgets/appearance.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QPalette>
#include <QStyleFactory>

static void initStyleResources() { Q_INIT_RESOURCE(lemma); } // Qt wants this outside of any namespace

namespace lemma::app {

namespace {

const QString PortalService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString PortalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString PortalInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString AppearanceGroup = QStringLiteral("org.freedesktop.appearance");
const QString ColourSchemeKey = QStringLiteral("color-scheme");

constexpr uint PortalPrefersDark = 1;

} // namespace

Appearance::Appearance(QApplication& application) : m_application(application)
{
    initStyleResources();
    m_systemDark = application.palette().color(QPalette::Window).lightness() < 128;
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    apply();
    askPortal();
}

QString Appearance::modeName(Mode mode)
{
    switch (mode) {
    case Mode::System: return QStringLiteral("system");
    case Mode::Light: return QStringLiteral("light");
    case Mode::Dark: return QStringLiteral("dark");
    }
    return QStringLiteral("system");
}

Appearance::Mode Appearance::modeFromName(const QString& name)
{
    for (const Mode mode : {Mode::Light, Mode::Dark}) {
        if (name == modeName(mode))
            return mode;
    }
    return Mode::System;
}

void Appearance::setMode(Mode mode)
{
    if (mode == m_mode)
        return;
    m_mode = mode;
    apply();
}

void Appearance::askPortal()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(PortalService, PortalPath, PortalInterface, QStringLiteral("SettingChanged"), this,
                SLOT(onPortalSetting(QString, QString, QDBusVariant)));
    QDBusMessage question =
        QDBusMessage::createMethodCall(PortalService, PortalPath, PortalInterface, QStringLiteral("Read"));
    question << AppearanceGroup << ColourSchemeKey;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isValid())
            onPortalSetting(AppearanceGroup, ColourSchemeKey, reply.value());
        watcher->deleteLater();
    });
}

void Appearance::onPortalSetting(const QString& group, const QString& key, const QDBusVariant& value)
{
    if (group != AppearanceGroup || key != ColourSchemeKey)
        return;
    QVariant plain = value.variant();
    if (plain.canConvert<QDBusVariant>()) // Read() wraps its answer twice
        plain = plain.value<QDBusVariant>().variant();
    const bool dark = plain.toUInt() == PortalPrefersDark;
    if (dark == m_systemDark)
        return;
    m_systemDark = dark;
    if (m_mode == Mode::System)
        apply();
}

void Appearance::apply()
{
    const bool dark = m_mode == Mode::Dark || (m_mode == Mode::System && m_systemDark);
    m_colours = dark ? darkColours() : lightColours();
    m_application.setPalette(makePalette(m_colours));
    m_application.setStyleSheet(makeStyleSheet(m_colours));
    Q_EMIT changed();
}

} // namespace lemma::app
