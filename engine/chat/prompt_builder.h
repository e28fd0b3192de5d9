#pragma once
// Collects the segments of a prompt. Private to engine/chat.

#include <string_view>

#include "engine/chat/chat_template.h"

namespace lemma::engine {

class PromptBuilder {
public:
    // A special token of the template.
    PromptBuilder& token(std::string_view spelling)
    {
        m_prompt.segments.push_back({std::string(spelling), true});
        return *this;
    }

    // Plain text: words of the template and whatever people wrote.
    PromptBuilder& text(std::string_view text)
    {
        if (text.empty())
            return *this;
        if (!m_prompt.segments.empty() && !m_prompt.segments.back().isMarkup)
            m_prompt.segments.back().text += text;
        else
            m_prompt.segments.push_back({std::string(text), false});
        return *this;
    }

    PromptBuilder& bos()
    {
        m_prompt.beginsWithBos = true;
        return *this;
    }

    PromptBuilder& thoughtOpened()
    {
        m_prompt.thoughtOpened = true;
        return *this;
    }

    RenderedPrompt take() { return std::move(m_prompt); }

private:
    RenderedPrompt m_prompt;
};

} // namespace lemma::engine
