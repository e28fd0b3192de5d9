#pragma once
// Turns a conversation into the prompt that a model was trained on.
//
//     LEMMA_TRY(TemplateFamily family, recogniseTemplate(*file.string("tokenizer.chat_template")));
//     RenderedPrompt prompt = renderPrompt(family, conversation, {});
//     std::vector<TokenId> ids = encodePrompt(tokenizer, prompt);   // engine/chat/encode_prompt.h
//
// Models carry a Jinja program; the few families that R1 and its kin use are written here as plain functions and
// compared, string for string, with what Jinja2 makes of the originals (tests/engine/chat). Tools are not rendered.
//
// What people and programs wrote can never become a special token: special tokens are segments of their own.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/chat/message.h"

namespace lemma::engine {

enum class TemplateFamily : std::uint8_t {
    DeepSeekR1DistillQwen,  // the last system message counts; thoughts of the past are dropped
    DeepSeekR1DistillLlama, // the same; its template has no switch for thinking
    DeepSeekR1,             // 671B: system messages are joined
    DeepSeekR1LlamaCpp,     // 671B as llama.cpp writes it: an end of sentence after the user's turn too
    ChatMl,                 // no system prompt unless the conversation has one
    ChatMlQwen2,            // the others have a default one
    ChatMlQwen25,
    ChatMlQwen25Math,
    ChatMlSmolLm2,
    Qwen3, // the model opens its thought itself
    Llama3,
    Llama31, // 3.1 to 3.3: a system turn with dates
    R1Zero,  // the plain text of the R1 paper, without special tokens
};

// "deepseek-r1-distill-qwen", "chatml-qwen2.5", ...: stable, for settings, JSON and the command line.
std::string_view templateFamilyName(TemplateFamily family);
std::optional<TemplateFamily> templateFamilyFromName(std::string_view name);
const std::vector<TemplateFamily>& allTemplateFamilies();

// The family of a template text as GGUF files carry it. Unsupported where it is none that we know; the message names
// the nearest one, which a user may choose by name.
Result<TemplateFamily> recogniseTemplate(std::string_view templateText);

// The family whose special tokens the text uses, for a suggestion.
TemplateFamily nearestTemplateFamily(std::string_view templateText);

struct RenderOptions {
    bool addGenerationPrompt = true; // the prompt ends where the answer begins
    // false: the model is told to answer at once (R1 and Qwen3; the others do not think). Llama's distill does not
    // know this, and gets what Qwen's has.
    bool thinking = true;
    std::string today = "26 Jul 2024"; // Llama31 tells the model this date; the default is that of its template
};

struct PromptSegment {
    std::string text;
    bool isMarkup = false; // exactly one special token; otherwise plain text, whatever it looks like

    friend bool operator==(const PromptSegment&, const PromptSegment&) = default;
};

struct RenderedPrompt {
    bool beginsWithBos = false; // before the first segment, once
    std::vector<PromptSegment> segments;
    bool thoughtOpened = false; // the prompt ends inside a thought: the model's first token belongs to it
};

RenderedPrompt renderPrompt(TemplateFamily family, const Conversation& conversation, const RenderOptions& options);

// The prompt as one string, for logs and comparisons.
std::string promptText(const RenderedPrompt& prompt, std::string_view bosSpelling);

} // namespace lemma::engine
