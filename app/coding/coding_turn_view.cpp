#include "app/coding/coding_turn_view.h"

#include "app/bridge/text.h"
#include "app/coding/run_result_view.h"
#include "app/coding/thought_fold.h"
#include "app/markdown/code_block_view.h"
#include "app/widgets/layout.h"
#include "app/widgets/notice.h"
#include "assistant/sandbox/language.h"

namespace lemma::app {

CodingTurnView::CodingTurnView(const MarkdownTools& tools, std::shared_ptr<SandboxAccess> sandbox,
                               const QString& request, QWidget* parent)
    : TurnView(parent),
      m_tools(tools),
      m_sandbox(std::move(sandbox)),
      m_layout(new QVBoxLayout(this)),
      m_answer(new MarkdownView(tools, this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::Medium);
    QFrame* said = makeCard("said", this);
    said->setAccessibleName(tr("Request"));
    auto* text = new MarkdownView(tools, said);
    text->setMarkdown(request);
    cardLayout(said)->addWidget(text);
    m_layout->addWidget(said);
    m_layout->addWidget(m_answer);
    m_answer->setObjectName(QStringLiteral("codingAnswer"));
    m_answer->setRunnable([](const QString& language) { return assistant::findLanguage(toUtf8(language)) != nullptr; });
    connect(m_answer, &MarkdownView::runRequested, this, &CodingTurnView::run);
    connect(m_answer, &MarkdownView::linkActivated, this, &CodingTurnView::linkActivated);
}

void CodingTurnView::appendThought(const QString& text)
{
    if (!m_thought) {
        m_thought = new ThoughtFold(m_tools, this);
        m_layout->insertWidget(1, m_thought);
    }
    m_thought->append(text);
}

void CodingTurnView::endThought()
{
    if (m_thought)
        m_thought->finish();
}

void CodingTurnView::appendAnswer(const QString& text) { m_answer->append(text); }

void CodingTurnView::finish(const QString& note)
{
    endThought();
    m_answer->finish();
    if (!note.isEmpty())
        m_layout->addWidget(makeLabel(note, "muted", this));
}

void CodingTurnView::showError(const QString& happened, const QString& wayOut, const QString& details)
{
    finish({});
    m_layout->addWidget(new Notice(happened, wayOut, details, this));
}

// A second press begins anew: the earlier result, and with it the earlier run, goes.
void CodingTurnView::run(CodeBlockView* block)
{
    block->setResult(new RunResultView(m_sandbox, block->language(), block->code()));
}

} // namespace lemma::app
