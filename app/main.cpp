// lemma: the window. Puts the services together, in the order in which they depend on each other, and shows it.

#include <QApplication>
#include <QCommandLineParser>

#include "app/bridge/history_service.h"
#include "app/bridge/text.h"
#include "app/formula/formula_service.h"
#include "app/formula/mathjax_files.h"
#include "app/markdown/code_colours.h"
#include "app/models/model_library.h"
#include "app/tutor/tutor_progress.h"
#include "app/widgets/appearance.h"
#include "app/widgets/translations.h"
#include "app/window/main_window.h"
#include "app/window/termination.h"
#include "engine/runtime/local_engine.h"

using namespace lemma;
using namespace lemma::app;

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("lemma"));
    QApplication::setApplicationDisplayName(QStringLiteral("Lemma"));
    QApplication::setApplicationVersion(QStringLiteral(LEMMA_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.lemma.Lemma"));

    installTranslations(application);

    QCommandLineParser commandLine;
    commandLine.setApplicationDescription(
        QApplication::translate("main", "Think through problems with a model on your own machine"));
    commandLine.addHelpOption();
    commandLine.addVersionOption();
    const QCommandLineOption modelOption(
        QStringLiteral("model"), QApplication::translate("main", "Model file to begin with"), QStringLiteral("file"));
    commandLine.addOption(modelOption);
    commandLine.process(application);

    const Termination termination(application);
    Preferences preferences = Preferences::load();
    if (commandLine.isSet(modelOption))
        preferences.model = commandLine.value(modelOption);

    Appearance appearance(application);
    appearance.setMode(preferences.appearance);
    FormulaService formulas(findMathJax());
    CodeColours codeColours;
    ModelLibrary models([] { return engine::listInstalledModels(engine::modelDirectories()); },
                        engine::userModelDirectory());
    HistoryService history(engine::defaultHistoryPath());
    engine::LocalEngine generation; // after the history, whose recorder hangs on its requests
    MainWindow window({appearance,
                       {appearance, formulas, codeColours},
                       generation,
                       history,
                       models,
                       std::make_shared<SandboxAccess>(),
                       TutorProgress::defaultFileName()},
                      preferences);
    window.show();
    return QApplication::exec();
}
