#pragma once
// Runs a lemma-cli in surroundings of its own: a temporary history, model folder and home.

#include <QProcess>
#include <QTemporaryDir>

namespace lemma::tests {

struct CliResult {
    int exitCode = -1; // -1: crashed or did not end
    QByteArray output, errors;
};

class CliFixture {
public:
    explicit CliFixture(QString program);

    QString directory() const { return m_directory.path(); }
    QString modelPath() const { return m_directory.filePath("models/scripted.gguf"); } // a file with a header only
    // A file of this text in directory(); its path, or nothing where it cannot be written.
    QString write(const QString& name, const QByteArray& text) const;
    void setEnvironment(const QString& name, const QString& value) { m_environment.insert(name, value); }
    void setScript(const QStringList& lines) { setEnvironment("LEMMA_SCRIPT", lines.join('\n')); }

    CliResult run(const QStringList& arguments, const QByteArray& input = {}) const;
    // Starts it and leaves it running.
    void start(QProcess& process, const QStringList& arguments) const { startProgram(process, m_program, arguments); }
    void startProgram(QProcess& process, const QString& program, const QStringList& arguments) const;
    // With a pseudo-terminal as its standard streams; `keys` is typed at once. Output and errors come together.
    CliResult runOnTerminal(const QStringList& arguments, const QByteArray& keys = {}) const;

private:
    QString m_program;
    QTemporaryDir m_directory;
    QProcessEnvironment m_environment;
};

} // namespace lemma::tests
