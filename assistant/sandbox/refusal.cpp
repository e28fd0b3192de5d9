#include "assistant/sandbox/refusal.h"

namespace lemma::assistant {
namespace {

struct Explanation {
    std::string_view signature;
    std::string_view sentence;
};

// The first match counts.
constexpr Explanation explanations[] = {
    {"never run as root", "Code is not run as root. Start Lemma as an ordinary user."},
    {"setting up uid map: Permission denied",
     "This system forbids unprivileged user namespaces to bubblewrap (AppArmor, as on Ubuntu 24.04). Install the "
     "package apparmor-profiles and enable its profile bwrap-userns-restrict."},
    {"Failed RTM_NEWADDR",
     "This system forbids unprivileged user namespaces to bubblewrap (AppArmor, as on Ubuntu 24.04). Install the "
     "package apparmor-profiles and enable its profile bwrap-userns-restrict."},
    {"No permissions to create", "User namespaces are switched off on this system (kernel.unprivileged_userns_clone)."},
    {"namespaces exceeded", "User namespaces are switched off or used up on this system (user.max_user_namespaces)."},
    {"ENOSPC", "User namespaces are switched off or used up on this system (user.max_user_namespaces)."},
    {"Creating new namespace failed", "This system does not let an ordinary user create namespaces."},
    {"Failed to make / slave", "Code cannot be isolated inside this container. Run Lemma outside of it."},
    {"Unknown option", "The installed bubblewrap is too old; version 0.8 or later is needed."},
    {"Landlock", "This kernel has no Landlock, or it is switched off; Linux 5.13 or later has it."},
    {"seccomp", "This kernel does not let programs filter system calls (seccomp)."},
};

} // namespace

std::string refusalSentence(std::string_view detail)
{
    std::string sentence = "Code cannot be isolated on this machine, so it is not run.";
    for (const Explanation& explanation : explanations) {
        if (detail.find(explanation.signature) != std::string_view::npos) {
            sentence = explanation.sentence;
            break;
        }
    }
    while (!detail.empty() && (detail.back() == '\n' || detail.back() == ' '))
        detail.remove_suffix(1);
    return detail.empty() ? sentence : sentence + " [" + std::string(detail) + "]";
}

} // namespace lemma::assistant
