#include "tests/app/cli/cli_fixture.h"

#include <QDir>
#include <QFile>

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/gguf_writer.h"

namespace lemma::tests {

CliFixture::CliFixture(QString program)
    : m_program(std::move(program)), m_environment(QProcessEnvironment::systemEnvironment())
{
    QDir(m_directory.path()).mkdir("models");
    GgufWriter writer;
    writer.string("general.architecture", "llama").string("general.name", "Scripted");
    writeFile(modelPath().toStdString(), writer.bytes());
    setEnvironment("LEMMA_MODELS", m_directory.filePath("models"));
    setEnvironment("LEMMA_HISTORY", m_directory.filePath("history.sqlite"));
    setEnvironment("XDG_DATA_HOME", m_directory.path());
    setEnvironment("XDG_DATA_DIRS", m_directory.filePath("none"));
    setEnvironment("TERM", "xterm");
    m_environment.remove("NO_COLOR");
}

QString CliFixture::write(const QString& name, const QByteArray& text) const
{
    QFile file(m_directory.filePath(name));
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName() : QString();
}

void CliFixture::startProgram(QProcess& process, const QString& program, const QStringList& arguments) const
{
    process.setProcessEnvironment(m_environment);
    process.start(program, arguments);
    process.waitForStarted();
}

CliResult CliFixture::run(const QStringList& arguments, const QByteArray& input) const
{
    QProcess process;
    start(process, arguments);
    process.write(input);
    process.closeWriteChannel();
    const bool ended = process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit;
    return {ended ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

CliResult CliFixture::runOnTerminal(const QStringList& arguments, const QByteArray& keys) const
{
    std::vector<std::string> words{m_program.toStdString()}, variables;
    for (const QString& argument : arguments)
        words.push_back(argument.toStdString());
    for (const QString& variable : m_environment.toStringList())
        variables.push_back(variable.toStdString());
    const auto pointers = [](std::vector<std::string>& texts) {
        std::vector<char*> out;
        for (std::string& text : texts)
            out.push_back(text.data());
        out.push_back(nullptr);
        return out;
    };
    std::vector<char*> argv = pointers(words), envp = pointers(variables);
    int terminal = -1;
    const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
    if (child == 0) {
        ::execve(argv[0], argv.data(), envp.data());
        ::_exit(127);
    }
    CliResult result;
    (void)!::write(terminal, keys.data(), static_cast<std::size_t>(keys.size()));
    char buffer[4096];
    for (ssize_t count; (count = ::read(terminal, buffer, sizeof buffer)) > 0;)
        result.output.append(buffer, static_cast<int>(count));
    int status = 0;
    ::waitpid(child, &status, 0);
    ::close(terminal);
    result.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return result;
}

} // namespace lemma::tests
