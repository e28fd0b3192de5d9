#pragma once
// The stored sessions as rows, the last used one first.

#include <QAbstractListModel>
#include <vector>

#include "engine/history/records.h"

namespace lemma::app {

class HistoryService;

class SessionListModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role : int { KindRole = Qt::UserRole + 1, TimeRole, IdRole };

    explicit SessionListModel(HistoryService& history, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override; // renames
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    const engine::Session& session(const QModelIndex& index) const
    {
        return m_sessions[static_cast<size_t>(index.row())];
    }
    QModelIndex indexOf(engine::SessionId session) const;

private:
    void reload();

    HistoryService& m_history;
    std::vector<engine::Session> m_sessions;
};

} // namespace lemma::app
