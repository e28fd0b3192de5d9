#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "engine/chat/chat_template.h"

namespace lemma::engine {
namespace {

// A template is of a family when it has all of the wanted texts and none of the unwanted ones. The first match counts.
struct Marks {
    TemplateFamily family;
    std::vector<std::string_view> wanted;
    std::vector<std::string_view> unwanted;
};

const std::vector<Marks>& allMarks()
{
    constexpr std::string_view user = "<｜User｜>";
    constexpr std::string_view close = "'</think>' in content";
    constexpr std::string_view imStart = "<|im_start|>";
    constexpr std::string_view header = "<|start_header_id|>";
    static const std::vector<Marks> marks = {
        {TemplateFamily::DeepSeekR1LlamaCpp,
         {user, close, "'<｜User｜>' + message['content'] + '<｜end▁of▁sentence｜>'"},
         {}},
        {TemplateFamily::DeepSeekR1, {user, close, "is_first_sp"}, {}},
        {TemplateFamily::DeepSeekR1DistillQwen,
         {user, close, "message['role'] == 'assistant' and message['tool_calls']"},
         {}},
        {TemplateFamily::DeepSeekR1DistillLlama, {user, close}, {}},
        {TemplateFamily::Qwen3,
         {imStart, "last_query_index", "reasoning_content"},
         {"<|im_start|>assistant\\n<think>"}},
        {TemplateFamily::ChatMlQwen25, {imStart, "You are Qwen, created by Alibaba Cloud."}, {"<think>"}},
        {TemplateFamily::ChatMlQwen25Math, {imStart, "Please reason step by step, and put your final"}, {"<think>"}},
        {TemplateFamily::ChatMlSmolLm2, {imStart, "You are a helpful AI assistant named SmolLM, trained by"}, {}},
        {TemplateFamily::ChatMlQwen2, {imStart, "system\\nYou are a helpful assistant.<|im_end|>"}, {"<think>"}},
        {TemplateFamily::ChatMl,
         {imStart, "message['role'] + '\\n' + message['content'] + '<|im_end|>'"},
         {"<think>", "You are", "loop.first"}},
        {TemplateFamily::Llama31, {header, "Cutting Knowledge Date: December 2023"}, {}},
        {TemplateFamily::Llama3, {header, "message['content'] | trim", "<|eot_id|>"}, {"<think>", "You are"}},
        {TemplateFamily::R1Zero, {"A conversation between User and Assistant. The user asks a question"}, {}},
    };
    return marks;
}

// Templates are written with line breaks spelt "\n" or as line breaks.
std::string withSpeltLineBreaks(std::string_view text)
{
    std::string result;
    for (const char c : text)
        if (c == '\n')
            result += "\\n";
        else
            result += c;
    return result;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool matches(const Marks& marks, std::string_view text)
{
    const auto isThere = [text](std::string_view mark) { return contains(text, mark); };
    return std::all_of(marks.wanted.begin(), marks.wanted.end(), isThere) &&
           std::none_of(marks.unwanted.begin(), marks.unwanted.end(), isThere);
}

} // namespace

TemplateFamily nearestTemplateFamily(std::string_view templateText)
{
    if (contains(templateText, "<｜User｜>") || contains(templateText, "<｜Assistant｜>"))
        return TemplateFamily::DeepSeekR1;
    if (contains(templateText, "<|start_header_id|>"))
        return TemplateFamily::Llama3;
    if (contains(templateText, "<|im_start|>"))
        return contains(templateText, "<think>") ? TemplateFamily::Qwen3 : TemplateFamily::ChatMl;
    return TemplateFamily::R1Zero; // plain text, which every model can read
}

Result<TemplateFamily> recogniseTemplate(std::string_view templateText)
{
    const std::string text = withSpeltLineBreaks(templateText);
    for (const Marks& marks : allMarks())
        if (matches(marks, text))
            return marks.family;
    return fail(ErrorCode::Unsupported, fmt::format("unknown chat template; the nearest that we know is '{}'",
                                                    templateFamilyName(nearestTemplateFamily(templateText))));
}

} // namespace lemma::engine
