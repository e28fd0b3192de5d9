#pragma once
// A third wall: system calls that a program of this kind never needs, and that reach kernel code which namespaces and
// Landlock do not cover, are refused. Defence in depth; the list is of the kind that Flatpak and systemd-nspawn use.

#include <optional>
#include <string>

namespace lemma::assistant {

// For this process and its children, for good; needs no_new_privs.
std::optional<std::string> loadSystemCallFilter();

} // namespace lemma::assistant
