#include "engine/chat/prompt_builder.h"
#include "engine/chat/template_families.h"

namespace lemma::engine {

// DeepSeek-AI, "DeepSeek-R1: Incentivizing reasoning capability in LLMs via reinforcement learning", 2025, table 1.
// Further turns, which the paper does not have, go on in the same words.
RenderedPrompt renderR1Zero(const Conversation& conversation, const RenderOptions& options)
{
    PromptBuilder prompt;
    prompt.bos();
    for (const Message& message : conversation)
        if (message.role == Role::System)
            prompt.text(message.content).text("\n\n");
    prompt.text("A conversation between User and Assistant. The user asks a question, and the Assistant solves it. "
                "The assistant first thinks about the reasoning process in the mind and then provides the user with "
                "the answer. The reasoning process and answer are enclosed within <think> </think> and <answer> "
                "</answer> tags, respectively, i.e., <think> reasoning process here </think> <answer> answer here "
                "</answer>.");
    for (const Message& message : conversation) {
        if (message.role == Role::User)
            prompt.text(" User: ").text(message.content).text(".");
        else if (message.role == Role::Assistant)
            prompt.text(" Assistant: ").text(afterThought(message.content));
    }
    if (options.addGenerationPrompt)
        prompt.text(" Assistant:");
    return prompt.take();
}

} // namespace lemma::engine
