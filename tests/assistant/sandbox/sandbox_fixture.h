#pragma once
// What every test of the sandbox needs: the runner of this build, and an honest reason to skip.

#include <QProcess>
#include <QString>
#include <QStringList>
#include <filesystem>
#include <optional>
#include <unistd.h>

namespace lemma::tests {

inline std::filesystem::path sandboxRunner() { return std::filesystem::path(LEMMA_BINARY_DIR) / "lemma-sandbox"; }

// A command line that runs `command` as an unprivileged user, whoever runs the tests.
inline QStringList asOrdinaryUser(const QStringList& command)
{
    if (::geteuid() != 0)
        return command;
    return QStringList{"/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"} + command;
}

// Why no sandbox can exist on this machine, found out without our own code: a broken sandbox must fail, not skip.
inline std::optional<QString> reasonToSkipSandbox()
{
    if (::access("/usr/bin/bwrap", X_OK) != 0)
        return QStringLiteral("bubblewrap is not installed");
    QStringList command = asOrdinaryUser({"/usr/bin/bwrap", "--unshare-all", "--ro-bind", "/usr", "/usr", "--symlink",
                                          "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64", "/usr/bin/true"});
    QProcess process;
    process.start(command.takeFirst(), command);
    process.waitForFinished();
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return std::nullopt;
    return "no unprivileged user namespaces: " + QString::fromUtf8(process.readAllStandardError()).trimmed();
}

} // namespace lemma::tests
