#pragma once
// The look of Lemma in one place: the grid, the radii, the colours of light and dark, and the palette and style sheet
// made of them. Nothing else in app/ names a colour or a distance of its own.
//
// Every ink has a contrast of at least 4.5:1 on every ground it is used on; tests/app/theme_test.cpp computes it.
// Widgets choose their look by the property "look": primary, quiet, link (buttons); card, covered, sunken (frames);
// title, heading, muted, chip (labels).

#include <QColor>
#include <QPalette>
#include <QString>

namespace lemma::app {

// All distances are multiples of 4 pixels.
namespace space {
constexpr int Hair = 4;
constexpr int Small = 8;
constexpr int Medium = 12;
constexpr int Large = 16;
constexpr int Huge = 24;
constexpr int Vast = 40;
} // namespace space

constexpr int CardRadius = 10;
constexpr int ControlRadius = 7;
constexpr int ColumnWidth = 760; // of text that is pleasant to read
constexpr int SidebarWidth = 264;

// A coloured label: ink on ground.
struct Tint {
    QColor ink;
    QColor ground;
};

struct Colours {
    bool dark = false;
    QColor page;    // behind everything
    QColor surface; // cards, inputs
    QColor sunken;  // code, quiet areas
    QColor sidebar;
    QColor border;
    QColor strongBorder; // of controls, 3:1 on the page
    QColor text;
    QColor muted;
    QColor accent; // primary buttons, focus, links
    QColor accentHover;
    QColor onAccent;
    QColor accentSoft; // selected row, hover
    QColor selection;

    Tint neutral;
    Tint info;
    Tint good;
    Tint caution;
    Tint bad;
    Tint special;
};

Colours lightColours();
Colours darkColours();

// WCAG 2 contrast of two opaque colours, 1 to 21.
double contrast(const QColor& a, const QColor& b);

QPalette makePalette(const Colours& colours);
QString makeStyleSheet(const Colours& colours);

} // namespace lemma::app
