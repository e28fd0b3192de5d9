#include "app/window/appearance_button.h"

#include <QActionGroup>
#include <QMenu>

#include "app/widgets/appearance.h"
#include "app/widgets/icons.h"

namespace lemma::app {

AppearanceButton::AppearanceButton(Appearance& appearance, QWidget* parent)
    : QPushButton(parent), m_appearance(appearance)
{
    setObjectName(QStringLiteral("appearance"));
    setProperty("look", "quiet");
    setText(tr("Appearance"));
    auto* menu = new QMenu(this);
    auto* group = new QActionGroup(menu);
    const std::pair<Appearance::Mode, QString> modes[] = {
        {Appearance::Mode::System, tr("As the desktop")},
        {Appearance::Mode::Light, tr("Light")},
        {Appearance::Mode::Dark, tr("Dark")},
    };
    for (const auto& [mode, text] : modes) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(appearance.mode() == mode);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, mode = mode] { m_appearance.setMode(mode); });
    }
    setMenu(menu);
    connect(&m_appearance, &Appearance::changed, this, &AppearanceButton::refresh);
    refresh();
}

void AppearanceButton::refresh() { setIcon(app::icon("moon", m_appearance.colours().muted)); }

} // namespace lemma::app
