#include "app/coding/coding_page.h"

#include "app/bridge/error_text.h"
#include "app/bridge/text.h"
#include "app/coding/coding_turn_view.h"
#include "app/widgets/prompts.h"

namespace lemma::app {

namespace {

// The context is 16k by default: what is left of it after thought and answer holds the request.
constexpr int ThinkingTokens = 8000;
constexpr int MostTokens = 12000;

TalkFrame::Welcome welcome()
{
    return {CodingPage::tr("What shall the program do?"),
            CodingPage::tr(
                "Ask for code, read it, run it. Programs run in a sandbox without network, files or time to waste."),
            {CodingPage::tr("Write a Python function that returns the n-th Fibonacci number, and print the first ten."),
             CodingPage::tr("Print all primes below 100 in Python.")},
            CodingPage::tr("Describe the program")};
}

} // namespace

CodingPage::CodingPage(const MarkdownTools& tools, engine::GenerationService& service, HistoryService& history,
                       std::shared_ptr<SandboxAccess> sandbox, QWidget* parent)
    : TalkPage(tools, service, history,
               {.kind = engine::SessionKind::Coding,
                .welcome = welcome(),
                .instruction = prompt("coding"),
                .limits = {.maxTokens = MostTokens, .thinkingTokens = ThinkingTokens}},
               parent),
      m_sandbox(std::move(sandbox))
{
}

TurnView* CodingPage::makeTurn(const QString& request) { return new CodingTurnView(tools(), m_sandbox, request); }

void CodingPage::showStored(const std::vector<engine::StoredMessage>& branch)
{
    for (const engine::StoredMessage& stored : branch) {
        if (stored.message.role == engine::Role::User) {
            addTurn(toQString(std::string_view(stored.message.content)));
        } else if (newest()) {
            if (!stored.message.thought.empty())
                newest()->appendThought(toQString(std::string_view(stored.message.thought)));
            newest()->appendAnswer(toQString(std::string_view(stored.message.content)));
            newest()->finish(stored.endReason ? endReasonText(*stored.endReason) : QString());
        }
    }
}

} // namespace lemma::app
