#pragma once
// One function a family. Private to engine/chat.

#include <string_view>

#include "engine/chat/chat_template.h"

namespace lemma::engine {

struct DeepSeekStyle {
    bool joinSystemMessages = false; // else the last one counts
    bool endUserTurns = false;
};
RenderedPrompt renderDeepSeek(const DeepSeekStyle& style, const Conversation& conversation,
                              const RenderOptions& options);

// defaultSystem is used where the conversation does not begin with a system message; empty: none.
RenderedPrompt renderChatMl(std::string_view defaultSystem, const Conversation& conversation,
                            const RenderOptions& options);

RenderedPrompt renderQwen3(const Conversation& conversation, const RenderOptions& options);

RenderedPrompt renderLlama3(const Conversation& conversation, const RenderOptions& options);
RenderedPrompt renderLlama31(const Conversation& conversation, const RenderOptions& options);

RenderedPrompt renderR1Zero(const Conversation& conversation, const RenderOptions& options);

// What follows the last "</think>" of an answer; all of it where there is none.
std::string_view afterThought(std::string_view content);

} // namespace lemma::engine
