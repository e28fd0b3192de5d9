#include "tests/assistant/sandbox/bait.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <arpa/inet.h>
#include <atomic>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/xattr.h>

namespace lemma::tests {

using assistant::FileDescriptor;

namespace {

std::atomic<int> signalsReceived = 0;

constexpr const char* documentText = "precious data";

void openToEveryone(const QString& path, mode_t mode)
{
    const QByteArray name = path.toUtf8();
    ::chmod(name.constData(), mode);
    if (::geteuid() == 0) // the sandboxed program runs as nobody then: it should own what it may not reach
        QVERIFY(::chown(name.constData(), 65534, 65534) == 0);
}

void writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

FileDescriptor listenOnLoopback(int type, int& port)
{
    FileDescriptor socket{::socket(AF_INET, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), length);
    if (type == SOCK_STREAM)
        ::listen(socket.get(), 64);
    ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &length);
    port = ntohs(address.sin_port);
    return socket;
}

FileDescriptor listenLocally(const QByteArray& name, bool isAbstract)
{
    FileDescriptor socket{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::size_t skipped = isAbstract ? 1 : 0;
    std::memcpy(address.sun_path + skipped, name.constData(), static_cast<std::size_t>(name.size()));
    const auto length =
        static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + skipped + static_cast<std::size_t>(name.size()));
    ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), length);
    ::listen(socket.get(), 64);
    return socket;
}

} // namespace

Bait::Bait() : m_folder(QDir::tempPath() + "/lemma-bait-XXXXXX")
{
    openToEveryone(m_folder.path(), 0777);
    writeFile(path("id_secret"), "PRIVATE KEY\n");
    openToEveryone(path("id_secret"), 0600);
    m_tcp = listenOnLoopback(SOCK_STREAM, m_tcpPort);
    m_udp = listenOnLoopback(SOCK_DGRAM, m_udpPort);
    m_abstractName = QString("lemma-bait-%1").arg(::getpid());
    m_abstract = listenLocally(m_abstractName.toUtf8(), true);
    m_socket = listenLocally(path("socket").toUtf8(), false);
    openToEveryone(path("socket"), 0777);
    m_leak = FileDescriptor(::open(qPrintable(path("id_secret")), O_RDONLY));
    m_sharedMemory = ::shmget(0x5b5b, 4096, IPC_CREAT | 0666);
    qputenv("APP_SECRET", "hf_token");
    ::signal(SIGURG, [](int) { ++signalsReceived; });
    restore();
}

Bait::~Bait()
{
    if (m_sharedMemory >= 0)
        ::shmctl(m_sharedMemory, IPC_RMID, nullptr);
}

void Bait::restore()
{
    QFile::remove(path("document"));
    QFile::remove(path("new"));
    writeFile(path("document"), documentText);
    openToEveryone(path("document"), 0600);
    char byte = 0;
    while (::recv(m_udp.get(), &byte, 1, MSG_DONTWAIT) >= 0) {
    }
    m_signalsBefore = signalsReceived;
}

QString Bait::damage()
{
    struct stat status {};
    const QByteArray document = path("document").toUtf8();
    if (::stat(document.constData(), &status) != 0)
        return "the document is gone";
    QFile file(path("document"));
    if (!file.open(QIODevice::ReadOnly) || file.readAll() != documentText)
        return "the document was changed";
    if ((status.st_mode & 0777) != 0600 || status.st_nlink != 1 || status.st_mtim.tv_sec < 1000 ||
        ::getxattr(document.constData(), "user.attack", nullptr, 0) >= 0)
        return "the document's attributes were changed";
    if (QFile::exists(path("new")))
        return "a file was made";
    char byte = 0;
    if (::recv(m_udp.get(), &byte, 1, MSG_DONTWAIT) >= 0)
        return "a datagram arrived";
    if (signalsReceived != m_signalsBefore)
        return "a signal arrived";
    return {};
}

QString Bait::secretAddress() const { return QString::number(reinterpret_cast<quintptr>(m_secret.constData()), 16); }

} // namespace lemma::tests
