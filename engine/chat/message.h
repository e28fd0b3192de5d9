#pragma once
// A conversation as every part of Lemma passes it on: window, store, templates, server.

#include <cstdint>
#include <string>
#include <vector>

namespace lemma::engine {

enum class Role : std::uint8_t { System, User, Assistant };

struct Message {
    Role role = Role::User;
    std::string content; // UTF-8; of an assistant: the answer without its thought
    std::string thought; // of an assistant; empty where there was none
};

using Conversation = std::vector<Message>;

} // namespace lemma::engine
