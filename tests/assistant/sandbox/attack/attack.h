#pragma once
// The program that the attack matrix runs inside the sandbox: `attack NAME [ARGUMENT...]` tries one thing and says
// "BREACH ..." if it worked. It links nothing of ours.

#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace attack {

using Arguments = std::span<const std::string>;

struct Attack {
    std::string_view name;
    bool (*succeeds)(Arguments arguments);
};

// One table a file.
std::span<const Attack> fileAttacks();
std::span<const Attack> kernelAttacks();
std::span<const Attack> networkAttacks();
std::span<const Attack> processAttacks();
std::span<const Attack> resourceAttacks();

// Opens, and closes again.
bool canOpen(const std::string& path, int flags);
bool fileContains(const std::string& path, std::string_view text);

} // namespace attack
