#include "app/markdown/code_block_view.h"

#include <KSyntaxHighlighting/SyntaxHighlighter>
#include <QClipboard>
#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBlock>
#include <QTimer>
#include <QVBoxLayout>
#include <cmath>

#include "app/markdown/code_colours.h"
#include "app/widgets/appearance.h"
#include "app/widgets/icons.h"

namespace lemma::app {

namespace {

constexpr int CopiedShown = 1500; // milliseconds

QPushButton* quietButton(const QString& text, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setProperty("look", "quiet");
    button->setCursor(Qt::PointingHandCursor);
    return button;
}

} // namespace

CodeBlockView::CodeBlockView(const Appearance& appearance, CodeColours& colours, QWidget* parent)
    : QFrame(parent),
      m_appearance(appearance),
      m_colours(colours),
      m_layout(new QVBoxLayout(this)),
      m_name(new QLabel(this)),
      m_copy(quietButton(tr("Copy"), this)),
      m_run(quietButton(tr("Run"), this)),
      m_text(new QPlainTextEdit(this))
{
    setProperty("look", "sunken");
    m_name->setProperty("look", "muted");
    m_copy->setAccessibleName(tr("Copy this code"));
    m_run->setAccessibleName(tr("Run this code in the sandbox"));
    m_run->setObjectName(QStringLiteral("run"));
    m_run->hide();
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setAccessibleName(tr("Code"));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_text->setUndoRedoEnabled(false);
    m_text->setTabChangesFocus(true);
    m_text->viewport()->setAutoFillBackground(false);
    m_text->viewport()->installEventFilter(this);
    m_text->document()->setDocumentMargin(space::Medium);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(font().pointSizeF());
    m_text->setFont(fixed);
    m_text->setTabStopDistance(4 * QFontMetricsF(fixed).horizontalAdvance(u' '));

    auto* header = new QHBoxLayout;
    header->setContentsMargins(space::Medium, space::Hair, space::Hair, 0);
    header->setSpacing(space::Hair);
    header->addWidget(m_name);
    header->addStretch();
    header->addWidget(m_copy);
    header->addWidget(m_run);
    m_layout->setContentsMargins(1, 1, 1, 1);
    m_layout->setSpacing(0);
    m_layout->addLayout(header);
    m_layout->addWidget(m_text);

    connect(m_copy, &QPushButton::clicked, this, &CodeBlockView::copy);
    connect(m_run, &QPushButton::clicked, this, [this] { Q_EMIT runRequested(this); });
    connect(&m_appearance, &Appearance::changed, this, &CodeBlockView::restyle);
    restyle();
    fitHeight();
}

void CodeBlockView::setCode(const QString& code, const QString& language, bool closed)
{
    if (language != m_language || !m_highlighter)
        setLanguage(language);
    if (code != m_code) {
        if (code.startsWith(m_code)) {
            QTextCursor cursor(m_text->document());
            cursor.movePosition(QTextCursor::End);
            cursor.insertText(code.mid(m_code.size()));
        } else {
            m_text->setPlainText(code);
        }
        m_code = code;
        fitHeight();
    }
    m_closed = closed;
    m_run->setVisible(m_runnable && m_closed);
}

void CodeBlockView::setLanguage(const QString& language)
{
    m_language = language;
    m_name->setText(language.isEmpty() ? tr("Code") : m_colours.languageName(language));
    delete m_highlighter;
    m_highlighter = m_colours.attach(m_text->document(), language, m_appearance.colours().dark);
}

void CodeBlockView::setRunnable(bool runnable)
{
    m_runnable = runnable;
    m_run->setVisible(m_runnable && m_closed);
}

void CodeBlockView::setResult(QWidget* result)
{
    delete m_result;
    m_result = result;
    m_layout->addWidget(result);
}

void CodeBlockView::restyle()
{
    const Colours& colours = m_appearance.colours();
    m_copy->setIcon(icon("copy", colours.muted));
    m_run->setIcon(icon("play", colours.accent));
    if (m_highlighter)
        m_colours.setDark(m_highlighter, colours.dark);
}

void CodeBlockView::fitHeight()
{
    const double lines = m_text->document()->blockCount();
    const double line = QFontMetricsF(m_text->font()).lineSpacing();
    const int bar =
        m_text->horizontalScrollBar()->maximum() > 0 ? m_text->horizontalScrollBar()->sizeHint().height() : 0;
    m_text->setFixedHeight(static_cast<int>(std::ceil(lines * line)) + 2 * space::Medium + bar);
}

bool CodeBlockView::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Wheel) {
        event->ignore(); // the page scrolls, not we
        return true;
    }
    if (event->type() == QEvent::Resize)
        fitHeight();
    return QFrame::eventFilter(watched, event);
}

void CodeBlockView::copy()
{
    QGuiApplication::clipboard()->setText(m_code);
    m_copy->setText(tr("Copied"));
    m_copy->setIcon(icon("check", m_appearance.colours().good.ink));
    QTimer::singleShot(CopiedShown, this, [this] {
        m_copy->setText(tr("Copy"));
        m_copy->setIcon(icon("copy", m_appearance.colours().muted));
    });
}

} // namespace lemma::app
