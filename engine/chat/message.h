#pragma once
// A conversation as every part of Lemma passes it on: window, store, templates, server.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lemma::engine {

enum class Role : std::uint8_t { System, User, Assistant };

// "system", "user", "assistant": the words of templates, store and JSON.
constexpr std::string_view roleName(Role role)
{
    switch (role) {
    case Role::System: return "system";
    case Role::User: return "user";
    case Role::Assistant: return "assistant";
    }
    return "user";
}

struct Message {
    Role role = Role::User;
    std::string content; // UTF-8; of an assistant: the answer without its thought
    std::string thought; // of an assistant; empty where there was none
};

using Conversation = std::vector<Message>;

} // namespace lemma::engine
