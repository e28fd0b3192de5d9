#pragma once
// The developer's page: a request gives an answer with coloured code; Run executes it in the sandbox and shows what
// came of it. Without a sandbox nothing is run, and the reason is shown.

#include <memory>

#include "app/bridge/sandbox_run.h"
#include "app/talk/talk_page.h"

namespace lemma::app {

class CodingPage : public TalkPage {
    Q_OBJECT

public:
    CodingPage(const MarkdownTools& tools, engine::GenerationService& service, HistoryService& history,
               std::shared_ptr<SandboxAccess> sandbox, QWidget* parent = nullptr);

private:
    TurnView* makeTurn(const QString& request) override;
    void showStored(const std::vector<engine::StoredMessage>& branch) override;

    std::shared_ptr<SandboxAccess> m_sandbox;
};

} // namespace lemma::app
