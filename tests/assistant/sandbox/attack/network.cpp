#include <arpa/inet.h>
#include <cstddef>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/assistant/sandbox/attack/attack.h"

namespace attack {
namespace {

sockaddr_in loopback(const std::string& port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

bool connectTcp(Arguments a)
{
    const sockaddr_in address = loopback(a[0]);
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    return ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

bool sendUdp(Arguments a)
{
    const sockaddr_in address = loopback(a[0]);
    const int descriptor = ::socket(AF_INET, SOCK_DGRAM, 0);
    return ::sendto(descriptor, "leak", 4, 0, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 4;
}

bool listenTcp(Arguments)
{
    const sockaddr_in address = loopback("0");
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    return ::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
           ::listen(descriptor, 1) == 0;
}

// netlink, vsock, packet, alg (kernel crypto), bluetooth, and IPv4 with a bit that only a 64-bit comparison would see.
bool otherFamilies(Arguments)
{
    for (const int family : {AF_NETLINK, AF_VSOCK, AF_PACKET, AF_ALG, AF_BLUETOOTH, AF_INET6, AF_TIPC}) {
        if (::socket(family, SOCK_STREAM, 0) >= 0 || ::socket(family, SOCK_RAW, 0) >= 0 ||
            ::socket(family, SOCK_SEQPACKET, 0) >= 0)
            return true;
    }
    int ends[2];
    return ::socketpair(AF_TIPC, SOCK_STREAM, 0, ends) == 0;
}

bool connectLocal(const std::string& name, bool isAbstract)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::size_t skipped = isAbstract ? 1 : 0;
    std::memcpy(address.sun_path + skipped, name.data(), name.size());
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + skipped + name.size());
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
    return ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), length) == 0;
}

bool connectAbstract(Arguments a) { return connectLocal(a[0], true); }
bool connectPath(Arguments a) { return connectLocal(a[0], false); }

constexpr Attack table[] = {
    {"tcp", connectTcp},           {"udp", sendUdp},        {"tcp-listen", listenTcp}, {"families", otherFamilies},
    {"abstract", connectAbstract}, {"socket", connectPath},
};

} // namespace

std::span<const Attack> networkAttacks() { return table; }

} // namespace attack
