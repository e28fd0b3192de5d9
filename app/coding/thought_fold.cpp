#include "app/coding/thought_fold.h"

#include "app/widgets/layout.h"

namespace lemma::app {

ThoughtFold::ThoughtFold(const MarkdownTools& tools, QWidget* parent)
    : QWidget(parent), m_tools(tools), m_button(makeButton({}, "quiet", this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::Hair);
    layout->addWidget(m_button, 0, Qt::AlignLeft);
    m_button->setObjectName(QStringLiteral("thought"));
    connect(m_button, &QPushButton::clicked, this, &ThoughtFold::toggle);
    refresh();
}

void ThoughtFold::append(const QString& text)
{
    m_text += text;
    if (m_view)
        m_view->append(text);
}

void ThoughtFold::finish()
{
    m_finished = true;
    if (m_view)
        m_view->finish();
    refresh();
}

void ThoughtFold::toggle()
{
    if (m_box) {
        delete m_box;
        m_box = nullptr;
        m_view = nullptr;
    } else {
        QFrame* box = makeCard("sunken", this);
        m_view = new MarkdownView(m_tools, box);
        m_view->append(m_text);
        if (m_finished)
            m_view->finish();
        cardLayout(box)->addWidget(m_view);
        layout()->addWidget(box);
        m_box = box;
    }
    refresh();
}

void ThoughtFold::refresh()
{
    const QString arrow = m_box ? QStringLiteral("\u25be ") : QStringLiteral("\u25b8 ");
    const QString name = m_finished ? tr("Thought") : tr("Thinking\u2026");
    m_button->setText(arrow + name);
    m_button->setAccessibleName(m_box ? tr("%1, shown").arg(name) : tr("%1, hidden").arg(name));
}

} // namespace lemma::app
