#pragma once
// What the user chose, as a value: read at the start, written when it changes. $XDG_CONFIG_HOME/lemma/lemma.conf.

#include <QByteArray>
#include <QString>

#include "app/widgets/appearance.h"

namespace lemma::app {

struct Preferences {
    Appearance::Mode appearance = Appearance::Mode::System;
    QString model; // path of the one last used
    bool sidebar = true;
    QByteArray geometry; // of the window

    static Preferences load();
    void save() const;
};

} // namespace lemma::app
