#include "app/models/first_run_page.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLineEdit>
#include <QUrl>

#include "app/bridge/text.h"
#include "app/models/model_library.h"
#include "app/widgets/appearance.h"
#include "app/widgets/icons.h"
#include "app/widgets/layout.h"

namespace lemma::app {

namespace {

const QString StarterCommand = QStringLiteral("bash packaging/try.sh");
constexpr int IconSize = 24;

} // namespace

FirstRunPage::FirstRunPage(const Appearance& appearance, const ModelLibrary& library, QWidget* parent)
    : QWidget(parent), m_appearance(appearance)
{
    setObjectName(QStringLiteral("firstRun"));
    auto* column = new QWidget(this);
    column->setMaximumWidth(ColumnWidth - 120);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::Medium);
    layout->addStretch(2);
    QLabel* title = makeLabel(tr("Welcome to Lemma"), "title", column);
    title->setAlignment(Qt::AlignHCenter);
    layout->addWidget(title);
    QLabel* why = makeLabel(tr("Everything runs on this computer, so one thing is needed first: a model. "
                               "Any of these ways is enough, and Lemma notices by itself."),
                            "muted", column);
    why->setAlignment(Qt::AlignHCenter);
    layout->addWidget(why);
    layout->addSpacing(space::Small);

    QPushButton* choose = makeButton(tr("Choose a file\u2026"), "primary", column);
    choose->setObjectName(QStringLiteral("chooseModel"));
    connect(choose, &QPushButton::clicked, this, &FirstRunPage::chooseFileRequested);
    layout->addWidget(makeWay("file", tr("You have a model file"),
                              tr("A GGUF file, such as DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf. It stays where it is."),
                              choose));

    const QString folder = toQString(library.folder());
    QPushButton* open = makeButton(tr("Open the folder"), nullptr, column);
    connect(open, &QPushButton::clicked, this, [folder] {
        QDir().mkpath(folder);
        QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
    });
    layout->addWidget(makeWay("folder", tr("Put it into the models folder"),
                              QString(folder).replace(QDir::homePath(), QStringLiteral("~")), open));

    QPushButton* copy = makeButton(tr("Copy the command"), nullptr, column);
    connect(copy, &QPushButton::clicked, this, [] { QGuiApplication::clipboard()->setText(StarterCommand); });
    layout->addWidget(
        makeWay("terminal", tr("Just try it"),
                tr("Run \u201c%1\u201d in Lemma's source folder: it fetches a small starter model (98 MB).")
                    .arg(StarterCommand),
                copy));
    layout->addStretch(3);

    auto* centred = new QHBoxLayout(this);
    centred->setContentsMargins(space::Huge, space::Huge, space::Huge, space::Huge);
    centred->addStretch(1);
    centred->addWidget(column, 1000);
    centred->addStretch(1);
}

QWidget* FirstRunPage::makeWay(const char* iconName, const QString& title, const QString& explanation, QWidget* action)
{
    auto* card = new QFrame(this);
    card->setProperty("look", "card");
    auto* row = new QHBoxLayout(card);
    row->setContentsMargins(space::Large, space::Medium, space::Large, space::Medium);
    row->setSpacing(space::Large);
    auto* picture = new QLabel(card);
    const auto restyle = [this, picture, iconName] {
        picture->setPixmap(
            icon(iconName, m_appearance.colours().accent).pixmap(QSize(IconSize, IconSize), devicePixelRatioF()));
    };
    restyle();
    connect(&m_appearance, &Appearance::changed, picture, restyle);
    auto* text = new QVBoxLayout;
    text->setSpacing(2);
    text->addWidget(makeLabel(title, "heading", card));
    text->addWidget(makeLabel(explanation, "muted", card));
    row->addWidget(picture, 0, Qt::AlignTop);
    row->addLayout(text, 1);
    row->addWidget(action, 0, Qt::AlignVCenter);
    return card;
}

} // namespace lemma::app
