#pragma once
// A card that says what went wrong, what to do, and the technical details on request.

#include <QFrame>

namespace lemma::app {

class Notice : public QFrame {
    Q_OBJECT

public:
    Notice(const QString& happened, const QString& wayOut, const QString& details, QWidget* parent = nullptr);
};

} // namespace lemma::app
