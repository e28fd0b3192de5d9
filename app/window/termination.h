#pragma once
// Ends the program in good order on SIGTERM, SIGINT and SIGHUP: windows close, the running answer is stopped and
// stored.

#include <QObject>

class QCoreApplication;
class QSocketNotifier;

namespace lemma::app {

class Termination : public QObject {
    Q_OBJECT

public:
    explicit Termination(QCoreApplication& application);
    ~Termination() override;

private:
    QSocketNotifier* m_notifier = nullptr;
};

} // namespace lemma::app
