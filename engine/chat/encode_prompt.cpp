#include "engine/chat/encode_prompt.h"

namespace lemma::engine {

std::vector<TokenId> encodePrompt(const Tokenizer& tokenizer, const RenderedPrompt& prompt)
{
    std::vector<TokenId> ids;
    std::string pending;
    const auto flush = [&] {
        const auto text = tokenizer.encode(pending, SpecialTokens::AsText);
        ids.insert(ids.end(), text.begin(), text.end());
        pending.clear();
    };
    if ((prompt.beginsWithBos || tokenizer.addBos()) && tokenizer.bos())
        ids.push_back(*tokenizer.bos());
    for (const PromptSegment& segment : prompt.segments) {
        const auto token = segment.isMarkup ? tokenizer.find(segment.text) : std::nullopt;
        if (!token) {
            pending += segment.text;
            continue;
        }
        flush();
        ids.push_back(*token);
    }
    flush();
    return ids;
}

} // namespace lemma::engine
