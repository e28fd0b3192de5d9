#pragma once
// The left side of the window: a new session, and the sessions that are stored. Return or a click opens one, F2 renames
// it, Delete removes it after asking.

#include <QWidget>

#include "engine/history/records.h"

class QLabel;
class QListView;
class QPushButton;

namespace lemma::app {

class Appearance;
class HistoryService;
class SessionListModel;

class HistoryPanel : public QWidget {
    Q_OBJECT

public:
    HistoryPanel(const Appearance& appearance, HistoryService& history, QWidget* parent = nullptr);

    // Marks the session that the page shows; 0: none.
    void setCurrent(engine::SessionId session);

Q_SIGNALS:
    void newSessionRequested();
    void openRequested(const lemma::engine::Session& session);
    void removed(qint64 session);

private:
    void removeCurrent();
    void showMenu(const QPoint& position);
    void onReloaded();
    void restyle();

    const Appearance& m_appearance;
    HistoryService& m_history;
    SessionListModel* m_model;
    QPushButton* m_new;
    QListView* m_list;
    QLabel* m_notice;
    engine::SessionId m_current = 0;
};

} // namespace lemma::app
