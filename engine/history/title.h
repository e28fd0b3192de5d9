#pragma once
// The title of a session, made at once from the user's first message: no model is asked.

#include <string>
#include <string_view>

namespace lemma::engine {

// The first line that says something, without Markdown marks, at most 60 characters, cut between words and never inside
// a formula. Empty when the message holds nothing of the kind; the user interface then shows a word of its own.
std::string titleFromMessage(std::string_view message);

} // namespace lemma::engine
