#pragma once
// What a run of code came to: verdict, output, time, memory and what isolated it; or why it was not run.

#include <QFrame>
#include <memory>

#include "app/bridge/sandbox_run.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace lemma::app {

class RunResultView : public QFrame {
    Q_OBJECT

public:
    // Starts the run at once; destroying the view ends it.
    RunResultView(std::shared_ptr<SandboxAccess> sandbox, const QString& language, const QString& code,
                  QWidget* parent = nullptr);

private:
    void showResult(const engine::Result<assistant::RunReport>& result);
    void showReport(const assistant::RunReport& report);
    void showRefusal(const engine::Error& error);
    void addOutput(const QString& title, const std::string& text, bool bad);

    SandboxRun* m_run;
    QVBoxLayout* m_layout;
    QLabel* m_verdict;
    QLabel* m_figures;
    QPushButton* m_stop;
};

} // namespace lemma::app
