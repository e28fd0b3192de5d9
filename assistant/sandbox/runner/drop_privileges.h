#pragma once
// The runner never does its work as root: resource limits do not bind root, and a root user in a namespace is still
// root for the files that are shown to it.

#include <optional>
#include <string>

namespace lemma::assistant {

// As root: becomes the user and group "nobody" (65534), for good, and makes sure of it. As anyone else: makes sure that
// no privilege can come back. Returns what went wrong, or nothing.
std::optional<std::string> dropPrivileges();

} // namespace lemma::assistant
