#pragma once
// What is shown while there is no model on this machine: how to get one, and that nothing is broken.

#include <QWidget>

namespace lemma::app {

class Appearance;
class ModelLibrary;

class FirstRunPage : public QWidget {
    Q_OBJECT

public:
    FirstRunPage(const Appearance& appearance, const ModelLibrary& library, QWidget* parent = nullptr);

Q_SIGNALS:
    void chooseFileRequested();

private:
    QWidget* makeWay(const char* iconName, const QString& title, const QString& explanation, QWidget* action);

    const Appearance& m_appearance;
};

} // namespace lemma::app
