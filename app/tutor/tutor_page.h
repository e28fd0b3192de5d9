#pragma once
// The student's page: a problem goes in, the model's reasoning comes out one step at a time, the answer stays covered
// until the student has tried or asks for it.

#include "app/talk/talk_page.h"
#include "app/tutor/tutor_progress.h"

namespace lemma::app {

class TutorTurnView;

class TutorPage : public TalkPage {
    Q_OBJECT

public:
    TutorPage(const MarkdownTools& tools, engine::GenerationService& service, HistoryService& history,
              const QString& progressFile, QWidget* parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    TurnView* makeTurn(const QString& problem) override;
    void showStored(const std::vector<engine::StoredMessage>& branch) override;
    void onAsked() override;
    TutorTurnView* turn() const;
    void showStoredTurn(const engine::StoredMessage& question, const engine::StoredMessage* answer);
    // From now on what the student does with the newest turn is kept, under its answer.
    void rememberAs(engine::MessageId answer);

    TutorProgress m_progress;
};

} // namespace lemma::app
