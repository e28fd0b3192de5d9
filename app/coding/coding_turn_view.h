#pragma once
// One request on the coding page: what was asked, the thought (folded), the answer with code that can be run.

#include <memory>

#include "app/bridge/sandbox_run.h"
#include "app/markdown/markdown_view.h"
#include "app/talk/turn_view.h"

class QVBoxLayout;

namespace lemma::app {

class ThoughtFold;

class CodingTurnView : public TurnView {
    Q_OBJECT

public:
    CodingTurnView(const MarkdownTools& tools, std::shared_ptr<SandboxAccess> sandbox, const QString& request,
                   QWidget* parent = nullptr);

    void appendThought(const QString& text) override;
    void endThought() override;
    void appendAnswer(const QString& text) override;
    void finish(const QString& note) override;
    void showError(const QString& happened, const QString& wayOut, const QString& details) override;

    const MarkdownView& answer() const { return *m_answer; }

private:
    void run(CodeBlockView* block);

    MarkdownTools m_tools;
    std::shared_ptr<SandboxAccess> m_sandbox;
    QVBoxLayout* m_layout;
    ThoughtFold* m_thought = nullptr;
    MarkdownView* m_answer;
};

} // namespace lemma::app
