#include "engine/chat/prompt_builder.h"
#include "engine/chat/template_families.h"

namespace lemma::engine {
namespace {

void addTurn(PromptBuilder& prompt, std::string_view role, std::string_view content)
{
    prompt.token("<|im_start|>").text(role).text("\n").text(content).token("<|im_end|>").text("\n");
}

} // namespace

RenderedPrompt renderChatMl(std::string_view defaultSystem, const Conversation& conversation,
                            const RenderOptions& options)
{
    PromptBuilder prompt;
    const bool hasSystem = !conversation.empty() && conversation.front().role == Role::System;
    if (!hasSystem && !defaultSystem.empty())
        addTurn(prompt, "system", defaultSystem);
    for (const Message& message : conversation)
        addTurn(prompt, roleName(message.role), message.content);
    if (options.addGenerationPrompt)
        prompt.token("<|im_start|>").text("assistant\n");
    return prompt.take();
}

} // namespace lemma::engine
