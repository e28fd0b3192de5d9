#pragma once
// Light, dark or as the desktop is; applies the theme to the application and tells when it changed.
//
//     Appearance appearance(*qApp);
//     appearance.setMode(Appearance::Mode::Dark);
//     painter.setPen(appearance.colours().muted);
//
// The desktop's wish is asked of the XDG portal (asynchronously: start-up does not wait); without a portal the palette
// that the platform gave is looked at. GUI thread only.

#include <QObject>

#include "app/widgets/theme.h"

class QApplication;
class QDBusVariant;

namespace lemma::app {

class Appearance : public QObject {
    Q_OBJECT

public:
    enum class Mode : quint8 { System, Light, Dark };

    explicit Appearance(QApplication& application);

    Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    const Colours& colours() const { return m_colours; }

    // "system", "light", "dark": for the settings.
    static QString modeName(Mode mode);
    static Mode modeFromName(const QString& name);

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void onPortalSetting(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void askPortal();
    void apply();

    QApplication& m_application;
    Mode m_mode = Mode::System;
    bool m_systemDark = false;
    Colours m_colours;
};

} // namespace lemma::app
