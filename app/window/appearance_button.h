#pragma once
// Chooses between the desktop's look, light and dark.

#include <QPushButton>

namespace lemma::app {

class Appearance;

class AppearanceButton : public QPushButton {
    Q_OBJECT

public:
    explicit AppearanceButton(Appearance& appearance, QWidget* parent = nullptr);

private:
    void refresh();

    Appearance& m_appearance;
};

} // namespace lemma::app
