#pragma once
// Turns the technical reason for which the sandbox could not start into a sentence that says what to do.

#include <string>
#include <string_view>

namespace lemma::assistant {

// `detail` is what bubblewrap or the runner said. The sentence ends with it, in brackets.
std::string refusalSentence(std::string_view detail);

} // namespace lemma::assistant
