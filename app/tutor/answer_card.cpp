#include "app/tutor/answer_card.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>

#include "app/widgets/appearance.h"
#include "app/widgets/icons.h"
#include "app/widgets/layout.h"

namespace lemma::app {

AnswerCard::AnswerCard(const MarkdownTools& tools, QWidget* parent)
    : QFrame(parent), m_tools(tools), m_layout(new QVBoxLayout(this))
{
    setProperty("look", "covered");
    setObjectName(QStringLiteral("answer"));
    setAccessibleName(tr("Answer, covered"));
    m_layout->setContentsMargins(space::Large, space::Medium, space::Large, space::Medium);
    m_layout->setSpacing(space::Small);
    buildCover();
}

void AnswerCard::buildCover()
{
    m_cover = new QWidget(this);
    auto* column = new QVBoxLayout(m_cover);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::Small);
    column->addWidget(makeLabel(tr("The answer is covered"), "heading", m_cover));
    column->addWidget(
        makeLabel(tr("What do you get? Type your answer to compare it with the model's."), "plain", m_cover));
    auto* row = new QHBoxLayout;
    row->setSpacing(space::Small);
    m_attempt = new QLineEdit(m_cover);
    m_attempt->setObjectName(QStringLiteral("attempt"));
    m_attempt->setPlaceholderText(tr("My answer"));
    m_attempt->setAccessibleName(tr("My answer"));
    m_compare = makeButton(tr("Compare"), "primary", m_cover);
    m_compare->setObjectName(QStringLiteral("compare"));
    m_compare->setEnabled(false);
    QPushButton* show = makeButton(tr("Show the answer without trying"), "link", m_cover);
    show->setObjectName(QStringLiteral("showAnswer"));
    row->addWidget(m_attempt, 1);
    row->addWidget(m_compare);
    column->addLayout(row);
    column->addWidget(show, 0, Qt::AlignLeft);
    m_layout->addWidget(m_cover);

    const auto compare = [this] {
        if (const QString attempt = m_attempt->text().trimmed(); !attempt.isEmpty())
            Q_EMIT released(attempt);
    };
    connect(m_attempt, &QLineEdit::textChanged, this,
            [this](const QString& text) { m_compare->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_attempt, &QLineEdit::returnPressed, this, compare);
    connect(m_compare, &QPushButton::clicked, this, compare);
    connect(show, &QPushButton::clicked, this, [this] { Q_EMIT released(QString()); });
}

void AnswerCard::showAnswer(const QString& answer, const QString& attempt)
{
    if (m_answer)
        return;
    m_cover->deleteLater(); // we may have been called by one of its buttons
    m_cover->hide();
    setLook(this, "card");
    setAccessibleName(tr("Answer"));
    if (!attempt.isEmpty()) {
        m_layout->addWidget(makeLabel(tr("Your answer"), "muted", this));
        auto* mine = new MarkdownView(m_tools, this);
        mine->setObjectName(QStringLiteral("ownAnswer"));
        mine->setMarkdown(attempt);
        m_layout->addWidget(mine);
        m_layout->addSpacing(space::Hair);
    }
    auto* header = new QHBoxLayout;
    header->addWidget(makeLabel(attempt.isEmpty() ? tr("Answer") : tr("The model's answer"), "muted", this));
    header->addStretch();
    QPushButton* copy = makeButton(tr("Copy"), "quiet", this);
    copy->setAccessibleName(tr("Copy the answer"));
    copy->setIcon(icon("copy", m_tools.appearance.colours().muted));
    header->addWidget(copy);
    m_layout->addLayout(header);
    m_answer = new MarkdownView(m_tools, this);
    m_answer->setObjectName(QStringLiteral("modelAnswer"));
    m_answer->append(answer);
    m_layout->addWidget(m_answer);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_answer->markdown()); });
    connect(m_answer, &MarkdownView::linkActivated, this, &AnswerCard::linkActivated);
}

void AnswerCard::appendAnswer(const QString& piece)
{
    if (m_answer)
        m_answer->append(piece);
}

void AnswerCard::finishAnswer()
{
    if (m_answer)
        m_answer->finish();
}

} // namespace lemma::app
