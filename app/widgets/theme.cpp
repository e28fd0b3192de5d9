#include "app/widgets/theme.h"

#include <QFile>
#include <algorithm>
#include <cmath>
#include <utility>

namespace lemma::app {

Colours lightColours()
{
    Colours c;
    c.dark = false;
    c.page = QColor(0xFAF9F6);
    c.surface = QColor(0xFFFFFF);
    c.sunken = QColor(0xF4F2EC);
    c.sidebar = QColor(0xF1EEE7);
    c.border = QColor(0xE2DED3);
    c.strongBorder = QColor(0x8F897B);
    c.text = QColor(0x22201C);
    c.muted = QColor(0x625D52);
    c.accent = QColor(0x3F51B5);
    c.accentHover = QColor(0x33439B);
    c.onAccent = QColor(0xFFFFFF);
    c.accentSoft = QColor(0xE4E7F7);
    c.selection = QColor(0xCBD3F5);
    c.neutral = {QColor(0x55504A), QColor(0xECE8DF)};
    c.info = {QColor(0x2C419F), QColor(0xE4E8F9)};
    c.good = {QColor(0x1D6339), QColor(0xDFF1E4)};
    c.caution = {QColor(0x7A4B00), QColor(0xFBEBCB)};
    c.bad = {QColor(0x9B2226), QColor(0xFBE3E1)};
    c.special = {QColor(0x6A2C91), QColor(0xF1E5F8)};
    return c;
}

Colours darkColours()
{
    Colours c;
    c.dark = true;
    c.page = QColor(0x191A1E);
    c.surface = QColor(0x222429);
    c.sunken = QColor(0x15161A);
    c.sidebar = QColor(0x141519);
    c.border = QColor(0x34373F);
    c.strongBorder = QColor(0x7B808C);
    c.text = QColor(0xE9E7E2);
    c.muted = QColor(0xA9A79F);
    c.accent = QColor(0xA3B1FF);
    c.accentHover = QColor(0xBBC5FF);
    c.onAccent = QColor(0x151935);
    c.accentSoft = QColor(0x2C3048);
    c.selection = QColor(0x3D4677);
    c.neutral = {QColor(0xC9C6BE), QColor(0x34363D)};
    c.info = {QColor(0xB6C2FF), QColor(0x2A3055)};
    c.good = {QColor(0x8FD8A8), QColor(0x1E3A2A)};
    c.caution = {QColor(0xF0C674), QColor(0x40331A)};
    c.bad = {QColor(0xF5A5A0), QColor(0x472526)};
    c.special = {QColor(0xDDB4F2), QColor(0x32243D)};
    return c;
}

double contrast(const QColor& a, const QColor& b)
{
    const auto luminance = [](const QColor& colour) {
        const auto linear = [](double part) {
            return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
    };
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

QPalette makePalette(const Colours& c)
{
    QPalette palette;
    palette.setColor(QPalette::Window, c.page);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::Base, c.surface);
    palette.setColor(QPalette::AlternateBase, c.sunken);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::PlaceholderText, c.muted);
    palette.setColor(QPalette::Button, c.surface);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::BrightText, c.bad.ink);
    palette.setColor(QPalette::Highlight, c.selection);
    palette.setColor(QPalette::HighlightedText, c.text);
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::LinkVisited, c.special.ink);
    palette.setColor(QPalette::ToolTipBase, c.surface);
    palette.setColor(QPalette::ToolTipText, c.text);
    palette.setColor(QPalette::Light, c.surface);
    palette.setColor(QPalette::Midlight, c.border);
    palette.setColor(QPalette::Mid, c.border);
    palette.setColor(QPalette::Dark, c.strongBorder);
    palette.setColor(QPalette::Shadow, c.strongBorder);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, c.muted);
    return palette;
}

// The sheet is a resource with names in place of colours: "@accent" and so on.
QString makeStyleSheet(const Colours& c)
{
    QFile file(QStringLiteral(":/lemma/style.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const std::pair<const char*, QColor> names[] = {
        {"@page", c.page},
        {"@surface", c.surface},
        {"@sunken", c.sunken},
        {"@sidebar", c.sidebar},
        {"@strongBorder", c.strongBorder},
        {"@border", c.border},
        {"@text", c.text},
        {"@muted", c.muted},
        {"@accentHover", c.accentHover},
        {"@accentSoft", c.accentSoft},
        {"@accent", c.accent},
        {"@onAccent", c.onAccent},
        {"@selection", c.selection},
        {"@neutralInk", c.neutral.ink},
        {"@neutralGround", c.neutral.ground},
        {"@infoInk", c.info.ink},
        {"@infoGround", c.info.ground},
        {"@goodInk", c.good.ink},
        {"@goodGround", c.good.ground},
        {"@cautionInk", c.caution.ink},
        {"@cautionGround", c.caution.ground},
        {"@badInk", c.bad.ink},
        {"@badGround", c.bad.ground},
        {"@specialInk", c.special.ink},
        {"@specialGround", c.special.ground},
    };
    for (const auto& [name, colour] : names)
        sheet.replace(QLatin1String(name), colour.name());
    sheet.replace(QStringLiteral("@cardRadius"), QStringLiteral("%1px").arg(CardRadius));
    sheet.replace(QStringLiteral("@controlRadius"), QStringLiteral("%1px").arg(ControlRadius));
    return sheet;
}

} // namespace lemma::app
