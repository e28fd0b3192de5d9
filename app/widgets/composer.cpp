#include "app/widgets/composer.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QTextDocument>
#include <QTextEdit>
#include <algorithm>

#include "app/widgets/appearance.h"
#include "app/widgets/icons.h"
#include "app/widgets/layout.h"

namespace lemma::app {

namespace {

constexpr int MostLines = 8; // before the field scrolls

} // namespace

Composer::Composer(const Appearance& appearance, const QString& placeholder, QWidget* parent)
    : QFrame(parent),
      m_appearance(appearance),
      m_editor(new QTextEdit(this)),
      m_send(makeButton(tr("Send"), "primary", this)),
      m_stop(makeButton(tr("Stop"), nullptr, this))
{
    setProperty("look", "composer");
    m_editor->setObjectName(QStringLiteral("composer"));
    m_editor->setAcceptRichText(false);
    m_editor->setPlaceholderText(placeholder);
    m_editor->setAccessibleName(placeholder);
    m_editor->setTabChangesFocus(true);
    m_editor->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_editor->document()->setDocumentMargin(space::Hair);
    m_editor->installEventFilter(this);
    m_send->setObjectName(QStringLiteral("send"));
    m_send->setToolTip(tr("Send (Return)"));
    m_stop->setObjectName(QStringLiteral("stop"));
    m_stop->setToolTip(tr("Stop (Escape)"));

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::Medium, space::Small, space::Small, space::Small);
    layout->setSpacing(space::Small);
    layout->addWidget(m_editor, 1);
    layout->addWidget(m_send, 0, Qt::AlignBottom);
    layout->addWidget(m_stop, 0, Qt::AlignBottom);

    connect(m_editor, &QTextEdit::textChanged, this, [this] {
        fitHeight();
        refresh();
    });
    connect(m_send, &QPushButton::clicked, this, &Composer::send);
    connect(m_stop, &QPushButton::clicked, this, &Composer::stopped);
    connect(&m_appearance, &Appearance::changed, this, &Composer::restyle);
    setFocusProxy(m_editor);
    fitHeight();
    refresh();
}

QString Composer::text() const { return m_editor->toPlainText(); }
void Composer::setText(const QString& text) { m_editor->setPlainText(text); }
void Composer::clear() { m_editor->clear(); }

void Composer::setRunning(bool running)
{
    m_running = running;
    refresh();
}

void Composer::setBlocked(const QString& reason)
{
    m_blocked = reason;
    refresh();
}

void Composer::refresh()
{
    m_send->setVisible(!m_running);
    m_stop->setVisible(m_running);
    m_send->setEnabled(m_blocked.isEmpty() && !text().trimmed().isEmpty());
    restyle();
    m_send->setToolTip(m_blocked.isEmpty() ? tr("Send (Return)") : m_blocked);
}

void Composer::send()
{
    if (m_running || !m_send->isEnabled())
        return;
    const QString said = text().trimmed();
    clear();
    Q_EMIT sent(said);
}

void Composer::fitHeight()
{
    const double line = QFontMetricsF(m_editor->font()).lineSpacing();
    const double margins = 2 * m_editor->document()->documentMargin();
    const double wanted = std::max(m_editor->document()->size().height(), line + margins);
    m_editor->setFixedHeight(static_cast<int>(std::min(wanted, MostLines * line + margins)) + 2);
}

void Composer::restyle()
{
    const Colours& colours = m_appearance.colours();
    m_send->setIcon(icon("send", m_send->isEnabled() ? colours.onAccent : colours.muted));
    m_stop->setIcon(icon("stop", colours.bad.ink));
}

bool Composer::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        setProperty("active", event->type() == QEvent::FocusIn);
        refreshStyle(this);
    }
    if (event->type() == QEvent::Resize)
        fitHeight();
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool isReturn = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (isReturn && !(key->modifiers() & Qt::ShiftModifier)) {
            send();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace lemma::app
