#include "app/window/main_window.h"

#include <QCloseEvent>
#include <QFileDialog>
#include <QMessageBox>
#include <QMimeData>
#include <QResizeEvent>
#include <QShortcut>
#include <QStackedWidget>

#include "app/bridge/error_text.h"
#include "app/bridge/history_service.h"
#include "app/bridge/text.h"
#include "app/coding/coding_page.h"
#include "app/history/history_panel.h"
#include "app/models/first_run_page.h"
#include "app/models/model_chooser.h"
#include "app/models/model_library.h"
#include "app/tutor/tutor_page.h"
#include "app/widgets/icons.h"
#include "app/widgets/layout.h"
#include "app/window/appearance_button.h"
#include "app/window/link_dialog.h"

namespace lemma::app {

namespace {

constexpr QSize InitialSize{1180, 780};
constexpr QSize SmallestSize{560, 460};
constexpr int NarrowWidth = 760; // below it the sidebar makes room for the page

} // namespace

MainWindow::MainWindow(const WindowServices& services, const Preferences& preferences)
    : m_services(services),
      m_preferences(preferences),
      m_history(new HistoryPanel(services.appearance, services.history)),
      m_chooser(new ModelChooser(services.models, toPath(preferences.model))),
      m_pages(new QStackedWidget),
      m_firstRun(new FirstRunPage(services.appearance, services.models)),
      m_tutor(new TutorPage(services.markdown, services.generation, services.history, services.tutorProgressFile)),
      m_coding(new CodingPage(services.markdown, services.generation, services.history, services.sandbox)),
      m_page(m_tutor)
{
    setWindowTitle(tr("Lemma"));
    setWindowIcon(applicationIcon());
    setMinimumSize(SmallestSize);
    setAcceptDrops(true);
    for (QWidget* page :
         {static_cast<QWidget*>(m_firstRun), static_cast<QWidget*>(m_tutor), static_cast<QWidget*>(m_coding)})
        m_pages->addWidget(page);

    auto* root = new QWidget(this);
    auto* columns = new QHBoxLayout(root);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    m_sidebar = makeSidebar();
    columns->addWidget(m_sidebar);
    auto* main = new QVBoxLayout;
    main->setSpacing(0);
    main->addWidget(makeHeader());
    main->addWidget(m_pages, 1);
    columns->addLayout(main, 1);
    setCentralWidget(root);

    connectParts();
    buildShortcuts();
    if (!restoreGeometry(preferences.geometry))
        resize(InitialSize);
    fitSidebar();
    onModelChanged();
    m_page->setFocus();
}

QWidget* MainWindow::makeSidebar()
{
    auto* sidebar = new QWidget(this);
    sidebar->setAttribute(Qt::WA_StyledBackground);
    sidebar->setProperty("look", "sidebar");
    sidebar->setFixedWidth(SidebarWidth);
    auto* layout = new QVBoxLayout(sidebar);
    layout->setContentsMargins(0, space::Medium, 0, space::Small);
    layout->setSpacing(space::Medium);
    auto* brand = new QHBoxLayout;
    brand->setContentsMargins(space::Large, 0, space::Medium, 0);
    brand->setSpacing(space::Small);
    auto* picture = new QLabel(sidebar);
    picture->setPixmap(applicationIcon().pixmap(QSize(26, 26), devicePixelRatioF()));
    brand->addWidget(picture);
    brand->addWidget(makeLabel(tr("Lemma"), "brand", sidebar), 1);
    layout->addLayout(brand);
    layout->addWidget(m_history, 1);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(space::Medium, 0, space::Medium, 0);
    foot->addWidget(new AppearanceButton(m_services.appearance, sidebar));
    foot->addStretch();
    layout->addLayout(foot);
    return sidebar;
}

QWidget* MainWindow::makeHeader()
{
    auto* header = new QWidget(this);
    header->setAttribute(Qt::WA_StyledBackground);
    header->setProperty("look", "header");
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(space::Medium, space::Small, space::Medium, space::Small);
    layout->setSpacing(space::Hair);
    QPushButton* menu = makeButton({}, "quiet", header);
    menu->setAccessibleName(tr("Show or hide the sessions"));
    menu->setToolTip(tr("Show or hide the sessions (F9)"));
    menu->setShortcut(Qt::Key_F9);
    connect(menu, &QPushButton::clicked, this, &MainWindow::toggleSidebar);
    m_tutorTab = makeButton(tr("Tutor"), "tab", header);
    m_tutorTab->setObjectName(QStringLiteral("tutorTab"));
    m_codingTab = makeButton(tr("Coding"), "tab", header);
    m_codingTab->setObjectName(QStringLiteral("codingTab"));
    const auto restyle = [this, menu] {
        const Colours& colours = m_services.appearance.colours();
        menu->setIcon(icon("menu", colours.muted));
        m_tutorTab->setIcon(icon("tutor", m_tutorTab->isChecked() ? colours.accent : colours.muted));
        m_codingTab->setIcon(icon("code", m_codingTab->isChecked() ? colours.accent : colours.muted));
    };
    for (QPushButton* tab : {m_tutorTab, m_codingTab}) {
        tab->setCheckable(true);
        tab->setAutoExclusive(true);
        connect(tab, &QPushButton::toggled, this, restyle);
    }
    connect(&m_services.appearance, &Appearance::changed, this, restyle);
    layout->addWidget(menu);
    layout->addSpacing(space::Small);
    layout->addWidget(m_tutorTab);
    layout->addWidget(m_codingTab);
    layout->addStretch();
    layout->addWidget(m_chooser);
    restyle();
    return header;
}

void MainWindow::connectParts()
{
    connect(m_tutorTab, &QPushButton::clicked, this, &MainWindow::showTutor);
    connect(m_codingTab, &QPushButton::clicked, this, &MainWindow::showCoding);
    connect(m_history, &HistoryPanel::newSessionRequested, this, &MainWindow::newSession);
    connect(m_history, &HistoryPanel::openRequested, this, &MainWindow::openSession);
    connect(m_history, &HistoryPanel::removed, this, &MainWindow::forget);
    connect(m_chooser, &ModelChooser::modelChanged, this, &MainWindow::onModelChanged);
    connect(m_chooser, &ModelChooser::addRequested, this, &MainWindow::chooseModelFile);
    connect(m_firstRun, &FirstRunPage::chooseFileRequested, this, &MainWindow::chooseModelFile);
    connect(m_tutor, &TutorPage::sessionBegun, m_history, &HistoryPanel::setCurrent);
    connect(m_coding, &CodingPage::sessionBegun, m_history, &HistoryPanel::setCurrent);
    connect(m_tutor, &TutorPage::linkActivated, this, &MainWindow::openLink);
    connect(m_coding, &CodingPage::linkActivated, this, &MainWindow::openLink);
    connect(&m_services.appearance, &Appearance::changed, this, &MainWindow::savePreferences);
}

void MainWindow::buildShortcuts()
{
    const auto shortcut = [this](const QKeySequence& key, void (MainWindow::*action)()) {
        connect(new QShortcut(key, this), &QShortcut::activated, this, action);
    };
    shortcut(QKeySequence::New, &MainWindow::newSession);
    shortcut(Qt::CTRL | Qt::Key_1, &MainWindow::showTutor);
    shortcut(Qt::CTRL | Qt::Key_2, &MainWindow::showCoding);
    connect(new QShortcut(QKeySequence::Quit, this), &QShortcut::activated, this, &QWidget::close);
}

// Without a model the first-run page stands in for a page that has nothing to show.
void MainWindow::showPage(QWidget* page)
{
    m_page = page;
    updatePage();
    page->setFocus();
}

void MainWindow::updatePage()
{
    const auto session = m_page == m_tutor ? m_tutor->session() : m_coding->session();
    const bool nothingToShow = m_chooser->chosen().empty() && !session;
    m_pages->setCurrentWidget(nothingToShow ? static_cast<QWidget*>(m_firstRun) : m_page);
    (m_page == m_tutor ? m_tutorTab : m_codingTab)->setChecked(true);
    m_history->setCurrent(session.value_or(0));
}

void MainWindow::showTutor() { showPage(m_tutor); }
void MainWindow::showCoding() { showPage(m_coding); }

void MainWindow::newSession()
{
    if (m_page == m_tutor)
        m_tutor->newSession();
    else
        m_coding->newSession();
    showPage(m_page);
}

void MainWindow::openSession(const engine::Session& session)
{
    if (session.kind == engine::SessionKind::Coding) {
        if (m_coding->session() != session.id)
            m_coding->openSession(session.id);
        showCoding();
    } else {
        if (m_tutor->session() != session.id)
            m_tutor->openSession(session.id);
        showTutor();
    }
}

void MainWindow::forget(engine::SessionId session)
{
    if (m_tutor->session() == session)
        m_tutor->newSession();
    if (m_coding->session() == session)
        m_coding->newSession();
    showPage(m_page);
}

void MainWindow::onModelChanged()
{
    m_tutor->setModel(m_chooser->chosen());
    m_coding->setModel(m_chooser->chosen());
    updatePage();
    if (!m_chooser->chosen().empty() && m_preferences.model != toQString(m_chooser->chosen()))
        savePreferences();
}

void MainWindow::chooseModelFile()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Choose a model file"), {}, tr("Models (*.gguf)"));
    if (!file.isEmpty())
        addModel(toPath(file));
}

void MainWindow::addModel(const std::filesystem::path& file)
{
    const auto added = m_services.models.add(file);
    if (added) {
        m_chooser->choose(*added);
        return;
    }
    const ErrorText text = errorText(added.error());
    QMessageBox box(QMessageBox::NoIcon, tr("Add a model"), text.happened, QMessageBox::Ok, this);
    box.setInformativeText(text.wayOut);
    box.setDetailedText(text.details);
    box.exec();
}

void MainWindow::openLink(const QUrl& url) { askToOpen(url, this); }

// In a narrow window it is shown on request only, which is no wish for the next time.
void MainWindow::toggleSidebar()
{
    m_sidebar->setVisible(!m_sidebar->isVisible());
    if (width() >= NarrowWidth)
        m_preferences.sidebar = m_sidebar->isVisible();
}

void MainWindow::fitSidebar() { m_sidebar->setVisible(m_preferences.sidebar && width() >= NarrowWidth); }

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    const bool wasNarrow = event->oldSize().width() < NarrowWidth;
    if (event->oldSize().isValid() && wasNarrow != (width() < NarrowWidth))
        fitSidebar();
}

void MainWindow::savePreferences()
{
    m_preferences.appearance = m_services.appearance.mode();
    if (!m_chooser->chosen().empty())
        m_preferences.model = toQString(m_chooser->chosen());
    m_preferences.geometry = saveGeometry();
    m_preferences.save();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    savePreferences();
    QMainWindow::closeEvent(event);
}

// A model file that is dropped anywhere on the window is added.
void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.front().toLocalFile().endsWith(QLatin1String(".gguf"), Qt::CaseInsensitive))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    addModel(toPath(event->mimeData()->urls().front().toLocalFile()));
    event->acceptProposedAction();
}

} // namespace lemma::app
