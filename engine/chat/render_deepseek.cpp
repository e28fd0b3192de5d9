#include "engine/chat/prompt_builder.h"
#include "engine/chat/template_families.h"

namespace lemma::engine {
namespace {

std::string systemPrompt(const DeepSeekStyle& style, const Conversation& conversation)
{
    std::string system;
    bool first = true;
    for (const Message& message : conversation) {
        if (message.role != Role::System)
            continue;
        if (!style.joinSystemMessages)
            system.clear();
        else if (!first)
            system += "\n\n";
        system += message.content;
        first = false;
    }
    return system;
}

} // namespace

RenderedPrompt renderDeepSeek(const DeepSeekStyle& style, const Conversation& conversation,
                              const RenderOptions& options)
{
    PromptBuilder prompt;
    prompt.bos().text(systemPrompt(style, conversation));
    for (const Message& message : conversation) {
        if (message.role == Role::User) {
            prompt.token("<｜User｜>").text(message.content);
            if (style.endUserTurns)
                prompt.token("<｜end▁of▁sentence｜>");
        } else if (message.role == Role::Assistant) {
            prompt.token("<｜Assistant｜>").text(afterThought(message.content)).token("<｜end▁of▁sentence｜>");
        }
    }
    if (options.addGenerationPrompt) {
        // Older templates leave the opening tag to the model; R1's authors recommend to enforce it.
        prompt.token("<｜Assistant｜>").token("<think>").text("\n");
        if (options.thinking)
            prompt.thoughtOpened();
        else
            prompt.token("</think>");
    }
    return prompt.take();
}

} // namespace lemma::engine
