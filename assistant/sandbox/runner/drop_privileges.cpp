#include "assistant/sandbox/runner/drop_privileges.h"

#include <cerrno>
#include <cstring>
#include <grp.h>
#include <unistd.h>

namespace lemma::assistant {
namespace {

constexpr uid_t nobodyUser = 65534; // fixed by convention: no look-up in a user database that may not be there
constexpr gid_t nobodyGroup = 65534;

std::string because(const char* what) { return std::string(what) + ": " + std::strerror(errno); }

std::optional<std::string> becomeNobody()
{
    if (::setgroups(0, nullptr) != 0)
        return because("cannot leave root's groups");
    if (::setresgid(nobodyGroup, nobodyGroup, nobodyGroup) != 0)
        return because("cannot change to the group nobody");
    if (::setresuid(nobodyUser, nobodyUser, nobodyUser) != 0)
        return because("cannot change to the user nobody");
    return std::nullopt;
}

} // namespace

std::optional<std::string> dropPrivileges()
{
    uid_t real = 0;
    uid_t effective = 0;
    uid_t saved = 0;
    ::getresuid(&real, &effective, &saved);
    if (real == 0 || effective == 0 || saved == 0) {
        if (std::optional<std::string> problem = becomeNobody())
            return problem;
        ::getresuid(&real, &effective, &saved);
    }
    if (real == 0 || real != effective || real != saved)
        return "user ids differ after dropping privileges";
    if (::setuid(0) == 0 || ::getuid() == 0)
        return "could become root again";
    return std::nullopt;
}

} // namespace lemma::assistant
