#pragma once
// The real window on scripted answers, with a history and settings of its own in a temporary folder.
//
//     WindowFixture fixture;
//     fixture.service.enqueue(tests::scriptedAnswer(thought, answer));
//     fixture.open();
//     fixture.ask("Solve 3x + 5 = 20");

#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTextEdit>
#include <memory>

#include "app/bridge/history_service.h"
#include "app/bridge/text.h"
#include "app/formula/formula_service.h"
#include "app/formula/mathjax_files.h"
#include "app/markdown/code_colours.h"
#include "app/models/model_library.h"
#include "app/window/main_window.h"
#include "tests/support/scripted_service.h"

namespace lemma::tests {

class WindowFixture {
public:
    WindowFixture() : appearance(*qApp), formulas(app::findMathJax())
    {
        qputenv("XDG_CONFIG_HOME", folder.filePath(QStringLiteral("config")).toUtf8());
        history = std::make_unique<app::HistoryService>(path("history.sqlite"));
        service = std::make_unique<ScriptedService>();
    }

    std::filesystem::path path(const char* name) const { return app::toPath(folder.filePath(QLatin1String(name))); }

    // A model that only exists as an entry: scripted answers need no file.
    void addModel(const std::string& name)
    {
        engine::InstalledModel model;
        model.path = path("models") / (name + ".gguf");
        model.name = name;
        model.bytes = 98'362'432;
        model.reasons = true;
        installed.push_back(model);
    }

    app::MainWindow& open()
    {
        models = std::make_unique<app::ModelLibrary>([this] { return installed; }, path("models"));
        window = std::make_unique<app::MainWindow>(app::WindowServices{appearance,
                                                                       {appearance, formulas, codeColours},
                                                                       generation(),
                                                                       *history,
                                                                       *models,
                                                                       sandbox,
                                                                       folder.filePath(QStringLiteral("tutor.ini"))},
                                                   app::Preferences::load());
        window->show();
        [[maybe_unused]] const bool exposed = QTest::qWaitForWindowExposed(window.get());
        return *window;
    }

    engine::GenerationService& generation()
    {
        return engine ? *engine : static_cast<engine::GenerationService&>(*service);
    }

    // The visible one of that name: both pages have a composer, for example.
    template <class Widget>
    Widget* find(const char* name) const
    {
        const auto all = window->findChildren<Widget*>(QLatin1String(name));
        for (Widget* widget : all) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }

    // A button of that name is visible and can be pressed.
    bool enabled(const char* name) const
    {
        const auto* button = find<QPushButton>(name);
        return button && button->isEnabled();
    }

    void ask(const QString& text) const
    {
        auto* composer = find<QTextEdit>("composer");
        QVERIFY(composer);
        composer->setPlainText(text);
        QTest::keyClick(composer, Qt::Key_Return);
    }

    void click(const char* name) const
    {
        auto* button = find<QPushButton>(name);
        QVERIFY2(button, name);
        QTest::mouseClick(button, Qt::LeftButton);
    }

    // Everything a user can read on the window, in no particular order.
    QString visibleText() const;

    QTemporaryDir folder;
    std::vector<engine::InstalledModel> installed;
    app::Appearance appearance;
    app::FormulaService formulas;
    app::CodeColours codeColours;
    std::shared_ptr<app::SandboxAccess> sandbox = std::make_shared<app::SandboxAccess>();
    std::unique_ptr<app::HistoryService> history;
    std::unique_ptr<ScriptedService> service;          // after the history
    std::unique_ptr<engine::GenerationService> engine; // in place of the scripts, where one is put here
    std::unique_ptr<app::ModelLibrary> models;
    std::unique_ptr<app::MainWindow> window;
};

} // namespace lemma::tests
