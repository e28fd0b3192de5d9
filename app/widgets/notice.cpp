#include "app/widgets/notice.h"

#include "app/widgets/layout.h"

namespace lemma::app {

Notice::Notice(const QString& happened, const QString& wayOut, const QString& details, QWidget* parent) : QFrame(parent)
{
    setProperty("look", "error");
    setObjectName(QStringLiteral("notice"));
    setAccessibleName(happened);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::Large, space::Medium, space::Large, space::Medium);
    layout->setSpacing(space::Hair);
    layout->addWidget(makeLabel(happened, "heading", this));
    layout->addWidget(makeLabel(wayOut, "plain", this));
    if (details.isEmpty())
        return;
    QPushButton* toggle = makeButton(tr("Details"), "link", this);
    QLabel* text = makeLabel(details, "plain", this);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->hide();
    layout->addWidget(toggle, 0, Qt::AlignLeft);
    layout->addWidget(text);
    connect(toggle, &QPushButton::clicked, text, [text] { text->setVisible(!text->isVisible()); });
}

} // namespace lemma::app
