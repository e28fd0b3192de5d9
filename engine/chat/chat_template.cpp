#include "engine/chat/chat_template.h"

#include <array>
#include <utility>

#include "engine/chat/template_families.h"

namespace lemma::engine {
namespace {

constexpr std::array<std::pair<TemplateFamily, std::string_view>, 13> names = {{
    {TemplateFamily::DeepSeekR1DistillQwen, "deepseek-r1-distill-qwen"},
    {TemplateFamily::DeepSeekR1DistillLlama, "deepseek-r1-distill-llama"},
    {TemplateFamily::DeepSeekR1, "deepseek-r1"},
    {TemplateFamily::DeepSeekR1LlamaCpp, "deepseek-r1-llama-cpp"},
    {TemplateFamily::ChatMl, "chatml"},
    {TemplateFamily::ChatMlQwen2, "chatml-qwen2"},
    {TemplateFamily::ChatMlQwen25, "chatml-qwen2.5"},
    {TemplateFamily::ChatMlQwen25Math, "chatml-qwen2.5-math"},
    {TemplateFamily::ChatMlSmolLm2, "chatml-smollm2"},
    {TemplateFamily::Qwen3, "qwen3"},
    {TemplateFamily::Llama3, "llama3"},
    {TemplateFamily::Llama31, "llama3.1"},
    {TemplateFamily::R1Zero, "r1-zero"},
}};

} // namespace

std::string_view templateFamilyName(TemplateFamily family)
{
    for (const auto& [known, name] : names)
        if (known == family)
            return name;
    return "unknown";
}

std::optional<TemplateFamily> templateFamilyFromName(std::string_view name)
{
    for (const auto& [family, known] : names)
        if (known == name)
            return family;
    return std::nullopt;
}

const std::vector<TemplateFamily>& allTemplateFamilies()
{
    static const std::vector<TemplateFamily> families = [] {
        std::vector<TemplateFamily> result;
        for (const auto& entry : names)
            result.push_back(entry.first);
        return result;
    }();
    return families;
}

std::string_view afterThought(std::string_view content)
{
    constexpr std::string_view close = "</think>";
    const std::size_t at = content.rfind(close);
    return at == std::string_view::npos ? content : content.substr(at + close.size());
}

RenderedPrompt renderPrompt(TemplateFamily family, const Conversation& conversation, const RenderOptions& options)
{
    switch (family) {
    case TemplateFamily::DeepSeekR1DistillQwen:
    case TemplateFamily::DeepSeekR1DistillLlama: return renderDeepSeek({}, conversation, options);
    case TemplateFamily::DeepSeekR1: return renderDeepSeek({.joinSystemMessages = true}, conversation, options);
    case TemplateFamily::DeepSeekR1LlamaCpp: return renderDeepSeek({.endUserTurns = true}, conversation, options);
    case TemplateFamily::ChatMl: return renderChatMl("", conversation, options);
    case TemplateFamily::ChatMlQwen2: return renderChatMl("You are a helpful assistant.", conversation, options);
    case TemplateFamily::ChatMlQwen25:
        return renderChatMl("You are Qwen, created by Alibaba Cloud. You are a helpful assistant.", conversation,
                            options);
    case TemplateFamily::ChatMlQwen25Math:
        return renderChatMl(R"(Please reason step by step, and put your final answer within \boxed{}.)", conversation,
                            options);
    case TemplateFamily::ChatMlSmolLm2:
        return renderChatMl("You are a helpful AI assistant named SmolLM, trained by Hugging Face", conversation,
                            options);
    case TemplateFamily::Qwen3: return renderQwen3(conversation, options);
    case TemplateFamily::Llama3: return renderLlama3(conversation, options);
    case TemplateFamily::Llama31: return renderLlama31(conversation, options);
    case TemplateFamily::R1Zero: return renderR1Zero(conversation, options);
    }
    return {};
}

std::string promptText(const RenderedPrompt& prompt, std::string_view bosSpelling)
{
    std::string text(prompt.beginsWithBos ? bosSpelling : "");
    for (const PromptSegment& segment : prompt.segments)
        text += segment.text;
    return text;
}

} // namespace lemma::engine
