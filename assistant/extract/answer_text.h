#pragma once
// The part of a model's output in which code may be looked for.

#include <optional>
#include <string>
#include <string_view>

namespace lemma::assistant {

// Everything after the last </think>; the opening tag may be missing, because the chat template often holds it. Nothing
// if a thought was opened and never closed: drafts in a thought are not the answer.
std::optional<std::string_view> withoutThought(std::string_view output);

// One kind of line end, no ANSI colours, no invisible or reordering characters (a byte order mark, say), and HTML's
// <code lang="x"> ... </code> on lines of their own as fences.
std::string normalizedAnswer(std::string_view answer);

} // namespace lemma::assistant
