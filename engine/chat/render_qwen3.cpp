#include "engine/chat/prompt_builder.h"
#include "engine/chat/template_families.h"

namespace lemma::engine {
namespace {

std::string_view withoutLeadingLines(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of('\n');
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

std::string_view withoutTrailingLines(std::string_view text) { return text.substr(0, text.find_last_not_of('\n') + 1); }

struct ThoughtAndAnswer {
    std::string_view thought;
    std::string_view answer;
};

// An answer may come with its thought apart, or inside of the content.
ThoughtAndAnswer splitAnswer(const Message& message)
{
    const std::string_view content = message.content;
    const std::size_t close = content.find("</think>");
    if (!message.thought.empty() || close == std::string_view::npos)
        return {message.thought, content};
    std::string_view thought = withoutTrailingLines(content.substr(0, close));
    if (const std::size_t open = thought.rfind("<think>"); open != std::string_view::npos)
        thought.remove_prefix(open + std::string_view("<think>").size());
    return {withoutLeadingLines(thought), withoutLeadingLines(afterThought(content))};
}

bool isToolResponse(std::string_view content)
{
    return content.starts_with("<tool_response>") && content.ends_with("</tool_response>");
}

// Thoughts are kept only after the user's last question.
std::size_t lastQuestion(const Conversation& conversation)
{
    for (std::size_t i = conversation.size(); i-- > 0;)
        if (conversation[i].role == Role::User && !isToolResponse(conversation[i].content))
            return i;
    return conversation.empty() ? 0 : conversation.size() - 1;
}

} // namespace

RenderedPrompt renderQwen3(const Conversation& conversation, const RenderOptions& options)
{
    PromptBuilder prompt;
    const std::size_t question = lastQuestion(conversation);
    for (std::size_t i = 0; i < conversation.size(); ++i) {
        const Message& message = conversation[i];
        prompt.token("<|im_start|>").text(roleName(message.role)).text("\n");
        if (message.role != Role::Assistant) {
            prompt.text(message.content);
        } else {
            const auto [thought, answer] = splitAnswer(message);
            const bool isLast = i + 1 == conversation.size();
            if (i > question && (isLast || !thought.empty())) {
                prompt.token("<think>").text("\n").text(withoutTrailingLines(withoutLeadingLines(thought))).text("\n");
                prompt.token("</think>").text("\n\n").text(withoutLeadingLines(answer));
            } else {
                prompt.text(answer);
            }
        }
        prompt.token("<|im_end|>").text("\n");
    }
    if (options.addGenerationPrompt) {
        prompt.token("<|im_start|>").text("assistant\n");
        if (!options.thinking)
            prompt.token("<think>").text("\n\n").token("</think>").text("\n\n");
    }
    return prompt.take();
}

} // namespace lemma::engine
