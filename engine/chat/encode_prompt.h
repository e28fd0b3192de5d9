#pragma once
// Encodes a rendered prompt for a model. See engine/chat/chat_template.h.

#include <vector>

#include "engine/chat/chat_template.h"
#include "engine/tokenizer/tokenizer.h"

namespace lemma::engine {

// A BOS comes first, once, where the template writes one or the model wants one. Text between two special tokens is
// encoded in one go, as if it had been one string, so that the tokens are those that the model saw in training. A
// special token that the vocabulary lacks is encoded as text.
std::vector<TokenId> encodePrompt(const Tokenizer& tokenizer, const RenderedPrompt& prompt);

} // namespace lemma::engine
