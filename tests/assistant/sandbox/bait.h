#pragma once
// What a desktop has that a hostile program would like: files, sockets, a process with a secret, shared memory.

#include <QByteArray>
#include <QString>
#include <QTemporaryDir>

#include "assistant/sandbox/file_descriptor.h"

namespace lemma::tests {

class Bait {
public:
    // Lays everything out so that an ordinary user could reach it, which the attack matrix proves.
    Bait();
    ~Bait();

    // Puts back what an attack changed.
    void restore();

    // What changed since restore(), in words; empty when nothing was touched.
    QString damage();

    QString path(const char* name) const
    {
        return m_folder.filePath(name);
    } // "id_secret", "document", "socket", "attack"
    QString folder() const { return m_folder.path(); }
    int tcpPort() const { return m_tcpPort; }
    int udpPort() const { return m_udpPort; }
    const QString& abstractName() const { return m_abstractName; }
    QString secretAddress() const; // of a secret in our memory, in hexadecimal

private:
    QTemporaryDir m_folder;
    assistant::FileDescriptor m_tcp;
    assistant::FileDescriptor m_udp;
    assistant::FileDescriptor m_abstract;
    assistant::FileDescriptor m_socket;
    assistant::FileDescriptor m_leak; // a sloppy library left it inheritable
    int m_tcpPort = 0;
    int m_udpPort = 0;
    QString m_abstractName;
    int m_sharedMemory = -1;
    QByteArray m_secret = "IN-MEMORY-SECRET";
    int m_signalsBefore = 0;
};

} // namespace lemma::tests
