#pragma once
// Turns a stream of tokens into text. A token may end in the middle of a character: such bytes are kept back until the
// rest has come.
//
//     Detokenizer detokenizer(tokenizer);
//     for (TokenId id : generated)
//         show(detokenizer.push(id));   // whole characters only, often empty
//     show(detokenizer.flush());        // what never became a character, as U+FFFD
//
// Text given out is always valid UTF-8: bytes that cannot become a character are replaced by U+FFFD. The tokenizer must
// outlive it. One thread at a time.

#include <string>
#include <string_view>

#include "engine/tokenizer/tokenizer.h"

namespace lemma::engine {

// The same for bytes from anywhere.
class Utf8Stream {
public:
    std::string push(std::string_view bytes);
    std::string flush();
    bool empty() const { return m_pending.empty(); }

private:
    std::string m_pending; // the beginning of a character: at most three bytes
};

class Detokenizer {
public:
    explicit Detokenizer(const Tokenizer& tokenizer) : m_tokenizer(&tokenizer) {}

    std::string push(TokenId id) { return m_stream.push(m_tokenizer->bytes(id)); }
    std::string flush() { return m_stream.flush(); }

private:
    const Tokenizer* m_tokenizer;
    Utf8Stream m_stream;
};

} // namespace lemma::engine
