#include "assistant/extract/answer_text.h"

#include <limits>

#include "assistant/extract/lines.h"
#include "assistant/sandbox/display_text.h"

namespace lemma::assistant {
namespace {

// The value of lang="..." or language="..." or class="language-...".
std::string_view languageAttribute(std::string_view tag)
{
    for (const std::string_view name : {"lang=", "language=", "class="}) {
        const std::size_t at = tag.find(name);
        if (at == std::string_view::npos)
            continue;
        std::string_view value = tag.substr(at + name.size());
        value.remove_prefix(std::min(value.find_first_not_of("\"'"), value.size()));
        value = value.substr(0, value.find_first_of("\"'> "));
        if (value.starts_with("language-"))
            value.remove_prefix(9);
        return value;
    }
    return {};
}

// "<code lang="x">" or "<pre><code>" alone on a line opens, "</code>" closes. Returns the fence, or nothing.
std::optional<std::string> fenceOfTag(std::string_view line)
{
    std::string_view tag = trimmed(line);
    if (tag.starts_with("<pre>"))
        tag = trimmed(tag.substr(5));
    if (tag.starts_with("<code") && tag.ends_with(">") && tag.find('>') == tag.size() - 1)
        return "```" + std::string(languageAttribute(tag));
    if (tag == "</code>" || tag == "</code></pre>")
        return "```";
    return std::nullopt;
}

} // namespace

std::optional<std::string_view> withoutThought(std::string_view output)
{
    constexpr std::string_view close = "</think>";
    if (const std::size_t at = output.rfind(close); at != std::string_view::npos)
        return output.substr(at + close.size());
    if (output.find("<think>") != std::string_view::npos)
        return std::nullopt;
    return output;
}

std::string normalizedAnswer(std::string_view answer)
{
    const std::string clean = displayText(answer, std::numeric_limits<std::size_t>::max());
    if (clean.find("<code") == std::string::npos)
        return clean;
    std::string text;
    for (const std::string_view line : splitLines(clean)) {
        const std::optional<std::string> fence = fenceOfTag(line);
        text.append(fence ? std::string_view(*fence) : line).append("\n");
    }
    return text;
}

} // namespace lemma::assistant
