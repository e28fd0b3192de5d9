#include "engine/history/records.h"

#include <fmt/chrono.h>

namespace lemma::engine {

std::string_view sessionKindName(SessionKind kind)
{
    switch (kind) {
    case SessionKind::Tutor: return "tutor";
    case SessionKind::Coding: return "coding";
    case SessionKind::Ask: return "ask";
    }
    return "ask";
}

std::optional<SessionKind> sessionKindFromName(std::string_view name)
{
    for (const SessionKind kind : {SessionKind::Tutor, SessionKind::Coding, SessionKind::Ask})
        if (sessionKindName(kind) == name)
            return kind;
    return std::nullopt;
}

std::optional<Role> roleFromName(std::string_view name)
{
    for (const Role role : {Role::System, Role::User, Role::Assistant})
        if (roleName(role) == name)
            return role;
    return std::nullopt;
}

std::string isoTime(Timestamp time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const std::time_t whole = std::chrono::system_clock::to_time_t(seconds);
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(whole), (time - seconds).count());
}

} // namespace lemma::engine
