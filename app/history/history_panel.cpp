#include "app/history/history_panel.h"

#include <QListView>
#include <QMenu>
#include <QMessageBox>
#include <QShortcut>

#include "app/bridge/error_text.h"
#include "app/bridge/history_service.h"
#include "app/bridge/text.h"
#include "app/history/session_delegate.h"
#include "app/history/session_list_model.h"
#include "app/widgets/appearance.h"
#include "app/widgets/icons.h"
#include "app/widgets/layout.h"

namespace lemma::app {

HistoryPanel::HistoryPanel(const Appearance& appearance, HistoryService& history, QWidget* parent)
    : QWidget(parent),
      m_appearance(appearance),
      m_history(history),
      m_model(new SessionListModel(history, this)),
      m_new(makeButton(tr("New session"), nullptr, this)),
      m_list(new QListView(this)),
      m_notice(makeLabel({}, "muted", this))
{
    m_new->setObjectName(QStringLiteral("newSession"));
    m_new->setToolTip(tr("New session (%1)").arg(QKeySequence(QKeySequence::New).toString(QKeySequence::NativeText)));
    m_list->setObjectName(QStringLiteral("sessions"));
    m_list->setProperty("look", "history");
    m_list->setAccessibleName(tr("Sessions"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new SessionDelegate(appearance, m_list));
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_notice->setText(m_history.openError()
                          ? tr("The history cannot be opened. %1").arg(errorText(*m_history.openError()).wayOut)
                          : tr("Your sessions appear here."));
    m_notice->setContentsMargins(space::Large, space::Small, space::Large, 0);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::Small);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(space::Medium, 0, space::Medium, space::Hair);
    top->addWidget(m_new);
    layout->addLayout(top);
    layout->addWidget(m_notice);
    layout->addWidget(m_list, 1);

    auto* remove = new QShortcut(QKeySequence::Delete, m_list);
    remove->setContext(Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, &HistoryPanel::removeCurrent);
    connect(m_new, &QPushButton::clicked, this, &HistoryPanel::newSessionRequested);
    connect(m_list, &QListView::customContextMenuRequested, this, &HistoryPanel::showMenu);
    const auto open = [this](const QModelIndex& index) { Q_EMIT openRequested(m_model->session(index)); };
    connect(m_list, &QListView::clicked, this, open);
    connect(m_list, &QListView::activated, this, [this, open](const QModelIndex& index) {
        if (m_model->session(index).id != m_current)
            open(index);
    });
    connect(m_model, &SessionListModel::modelReset, this, &HistoryPanel::onReloaded);
    connect(&m_history, &HistoryService::storageFailed, this, [this] {
        m_notice->setText(tr("The disk does not take what is being written. It is kept in memory and tried again."));
        m_notice->show();
    });
    connect(&m_appearance, &Appearance::changed, this, &HistoryPanel::restyle);
    restyle();
    onReloaded();
}

void HistoryPanel::restyle()
{
    m_new->setIcon(icon("plus", m_appearance.colours().accent));
    m_list->viewport()->update();
}

void HistoryPanel::onReloaded()
{
    m_notice->setVisible(m_model->rowCount() == 0 || m_history.openError());
    setCurrent(m_current);
}

void HistoryPanel::setCurrent(engine::SessionId session)
{
    m_current = session;
    const QModelIndex index = session != 0 ? m_model->indexOf(session) : QModelIndex();
    m_list->setCurrentIndex(index);
    if (!index.isValid())
        m_list->clearSelection();
}

void HistoryPanel::showMenu(const QPoint& position)
{
    const QModelIndex index = m_list->indexAt(position);
    if (!index.isValid())
        return;
    m_list->setCurrentIndex(index);
    QMenu menu(this);
    menu.addAction(tr("Rename"), QKeySequence(Qt::Key_F2), this, [this, index] { m_list->edit(index); });
    menu.addAction(tr("Delete\u2026"), QKeySequence(QKeySequence::Delete), this, &HistoryPanel::removeCurrent);
    menu.exec(m_list->viewport()->mapToGlobal(position));
}

void HistoryPanel::removeCurrent()
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid())
        return;
    const engine::Session session = m_model->session(index);
    const QString title = index.data().toString();
    QMessageBox question(QMessageBox::NoIcon, tr("Delete session"),
                         tr("Delete \u201c%1\u201d and everything in it?").arg(title), QMessageBox::Cancel, this);
    question.setInformativeText(tr("This cannot be undone."));
    const QPushButton* remove = question.addButton(tr("Delete"), QMessageBox::DestructiveRole);
    question.exec();
    if (question.clickedButton() != remove)
        return;
    // First the page lets go of it: an answer that is being written ends before its session does.
    Q_EMIT removed(session.id);
    if (const auto done = m_history.remove(session.id); !done) {
        const ErrorText text = errorText(done.error());
        QMessageBox::warning(this, tr("Delete session"), text.happened + u' ' + text.wayOut);
    }
}

} // namespace lemma::app
