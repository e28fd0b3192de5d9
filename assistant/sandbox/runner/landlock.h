#pragma once
// A second wall inside the namespaces: the kernel's Landlock restricts which files this process and its children may
// touch, whatever mounts there are.

#include <optional>
#include <string>
#include <vector>

namespace lemma::assistant {

// The version that the running kernel knows, 0 where there is none.
int landlockAbi();

// Reading only for `readOnly`, everything but making devices for `readWrite`, nothing for the rest; every access that
// the running ABI can control is controlled, network and signals to the outside too. Paths that do not exist are passed
// over. For this process and its children, for good; needs no_new_privs.
std::optional<std::string> restrictFiles(const std::vector<std::string>& readOnly,
                                         const std::vector<std::string>& readWrite);

} // namespace lemma::assistant
