#include "app/history/session_list_model.h"

#include <QDateTime>
#include <QLocale>

#include "app/bridge/history_service.h"
#include "app/bridge/text.h"

namespace lemma::app {

namespace {

QString when(engine::Timestamp time)
{
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
    const qint64 days = moment.date().daysTo(QDate::currentDate());
    const QLocale locale;
    if (days == 0)
        return SessionListModel::tr("Today, %1").arg(locale.toString(moment.time(), QLocale::ShortFormat));
    if (days == 1)
        return SessionListModel::tr("Yesterday");
    return locale.toString(moment.date(), QLocale::ShortFormat);
}

QString kindName(engine::SessionKind kind)
{
    return kind == engine::SessionKind::Coding ? SessionListModel::tr("Coding") : SessionListModel::tr("Tutor");
}

} // namespace

SessionListModel::SessionListModel(HistoryService& history, QObject* parent)
    : QAbstractListModel(parent), m_history(history)
{
    connect(&m_history, &HistoryService::changed, this, &SessionListModel::reload);
    reload();
}

void SessionListModel::reload()
{
    beginResetModel();
    m_sessions = m_history.sessions();
    endResetModel();
}

int SessionListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_sessions.size());
}

QVariant SessionListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const engine::Session& shown = session(index);
    const QString title = shown.title.empty() ? tr("Untitled") : toQString(std::string_view(shown.title));
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
    case Qt::ToolTipRole: return title;
    case Qt::AccessibleTextRole: return tr("%1, %2, %3").arg(title, kindName(shown.kind), when(shown.updated));
    case KindRole: return static_cast<int>(shown.kind);
    case TimeRole: return when(shown.updated);
    case IdRole: return static_cast<qint64>(shown.id);
    default: return {};
    }
}

bool SessionListModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const QString title = value.toString().trimmed();
    if (!index.isValid() || role != Qt::EditRole || title.isEmpty())
        return false;
    return m_history.rename(session(index).id, title).has_value();
}

Qt::ItemFlags SessionListModel::flags(const QModelIndex& index) const
{
    return QAbstractListModel::flags(index) | Qt::ItemIsEditable;
}

QModelIndex SessionListModel::indexOf(engine::SessionId wanted) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (m_sessions[static_cast<size_t>(row)].id == wanted)
            return index(row);
    }
    return {};
}

} // namespace lemma::app
