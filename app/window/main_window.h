#pragma once
// The window: puts the history, the pages and the model chooser together and does nothing else.

#include <QMainWindow>
#include <filesystem>
#include <memory>

#include "app/bridge/sandbox_run.h"
#include "app/markdown/markdown_view.h"
#include "app/window/preferences.h"
#include "engine/history/records.h"

class QPushButton;
class QStackedWidget;

namespace lemma::engine {
class GenerationService;
}

namespace lemma::app {

class CodingPage;
class FirstRunPage;
class HistoryPanel;
class HistoryService;
class ModelChooser;
class ModelLibrary;
class TutorPage;

// What the window is made of; all of it outlives the window.
struct WindowServices {
    Appearance& appearance;
    MarkdownTools markdown;
    engine::GenerationService& generation;
    HistoryService& history;
    ModelLibrary& models;
    std::shared_ptr<SandboxAccess> sandbox;
    QString tutorProgressFile; // empty: not kept
};

class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(const WindowServices& services, const Preferences& preferences);

    void showTutor();
    void showCoding();
    void openSession(const engine::Session& session);
    void addModel(const std::filesystem::path& file);

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* makeSidebar();
    QWidget* makeHeader();
    void connectParts();
    void buildShortcuts();
    void newSession();
    void forget(engine::SessionId session);
    void onModelChanged();
    void chooseModelFile();
    void showPage(QWidget* page);
    void updatePage();
    void toggleSidebar();
    void fitSidebar();
    void openLink(const QUrl& url);
    void savePreferences();

    WindowServices m_services;
    Preferences m_preferences;
    HistoryPanel* m_history;
    ModelChooser* m_chooser;
    QStackedWidget* m_pages;
    FirstRunPage* m_firstRun;
    TutorPage* m_tutor;
    CodingPage* m_coding;
    QWidget* m_sidebar;
    QPushButton* m_tutorTab;
    QPushButton* m_codingTab;
    QWidget* m_page; // that was last asked for; the first-run page stands in for it
};

} // namespace lemma::app
