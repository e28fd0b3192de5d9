#include "engine/base/utf8.h"
#include "engine/chat/prompt_builder.h"
#include "engine/chat/template_families.h"

namespace lemma::engine {
namespace {

// Python's str.isspace(), by which Jinja's trim goes.
bool isPythonSpace(char32_t c)
{
    return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

std::string_view trimmed(std::string_view text)
{
    std::size_t begin = text.size();
    std::size_t end = 0;
    for (std::size_t i = 0; i < text.size();) {
        const DecodedCharacter character = utf8Decode(text, i);
        if (!character.valid || !isPythonSpace(character.codePoint)) {
            begin = std::min(begin, i);
            end = i + character.length;
        }
        i += character.length;
    }
    return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

void openTurn(PromptBuilder& prompt, std::string_view role)
{
    prompt.token("<|start_header_id|>").text(role).token("<|end_header_id|>").text("\n\n");
}

void addTurns(PromptBuilder& prompt, const Conversation& conversation, std::size_t first, const RenderOptions& options)
{
    for (std::size_t i = first; i < conversation.size(); ++i) {
        openTurn(prompt, roleName(conversation[i].role));
        prompt.text(trimmed(conversation[i].content)).token("<|eot_id|>");
    }
    if (options.addGenerationPrompt)
        openTurn(prompt, "assistant");
}

} // namespace

RenderedPrompt renderLlama3(const Conversation& conversation, const RenderOptions& options)
{
    PromptBuilder prompt;
    prompt.bos();
    addTurns(prompt, conversation, 0, options);
    return prompt.take();
}

RenderedPrompt renderLlama31(const Conversation& conversation, const RenderOptions& options)
{
    PromptBuilder prompt;
    const bool hasSystem = !conversation.empty() && conversation.front().role == Role::System;
    prompt.bos();
    openTurn(prompt, "system");
    prompt.text("Cutting Knowledge Date: December 2023\nToday Date: ").text(options.today).text("\n\n");
    if (hasSystem)
        prompt.text(trimmed(conversation.front().content));
    prompt.token("<|eot_id|>");
    addTurns(prompt, conversation, hasSystem ? 1 : 0, options);
    return prompt.take();
}

} // namespace lemma::engine
