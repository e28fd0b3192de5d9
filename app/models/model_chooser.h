#pragma once
// The model that answers, at the top right; the last entry adds a file.

#include <QComboBox>
#include <filesystem>

namespace lemma::app {

class ModelLibrary;

class ModelChooser : public QComboBox {
    Q_OBJECT

public:
    ModelChooser(const ModelLibrary& library, const std::filesystem::path& preferred, QWidget* parent = nullptr);

    const std::filesystem::path& chosen() const { return m_model; } // empty: there is none
    void choose(const std::filesystem::path& model);

Q_SIGNALS:
    void modelChanged();
    void addRequested();

private:
    void fill(const std::filesystem::path& wanted);
    void onActivated(int index);

    const ModelLibrary& m_library;
    std::filesystem::path m_model;
};

} // namespace lemma::app
