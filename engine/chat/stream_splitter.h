#pragma once
// Tells thought and answer apart while the tokens arrive.
//
//     StreamSplitter splitter = StreamSplitter::forTokenizer(tokenizer, prompt.thoughtOpened);
//     for (TokenId id : generated)                       // without the token that ends the generation
//         for (const StreamPiece& piece : splitter.push(id, tokenizer.bytes(id)))
//             show(piece);
//     for (const StreamPiece& piece : splitter.finish())
//         show(piece);
//
// Where the vocabulary has <think> and </think>, only these tokens are tags; their spelling in ordinary tokens is text.
// Other vocabularies are read as text, and a tag may be cut by tokens anywhere. In both cases
// - an opening tag counts only at the very start, or right after a closed thought, white space apart;
// - a closing tag counts only in a thought, and there not inside of code (fenced, or between backticks on a line);
// - every other tag is text. A thought that is never closed stays a thought.
//
// Pieces are whole UTF-8 characters (broken bytes become U+FFFD), come as early as they are certain, and joined they
// are the output without the tags that counted. One thread at a time.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/chat/code_context.h"
#include "engine/tokenizer/detokenizer.h"
#include "engine/tokenizer/tokenizer.h"

namespace lemma::engine {

enum class StreamChannel : std::uint8_t {
    Thought,
    ThoughtEnd, // once, before the answer; without text
    Answer,
};

struct StreamPiece {
    StreamChannel channel = StreamChannel::Answer;
    std::string text;
    // Where it came from, counted from the first pushed token: [beginToken, endToken). Of a ThoughtEnd: the whole
    // thought with its tags. A token with text on both sides of a tag belongs to both pieces.
    int beginToken = 0;
    int endToken = 0;

    friend bool operator==(const StreamPiece&, const StreamPiece&) = default;
};

class StreamSplitter {
public:
    struct Options {
        bool thoughtOpened = false;     // the prompt ends inside a thought
        std::optional<TokenId> openTag; // both or none: without them the text is searched
        std::optional<TokenId> closeTag;
    };
    explicit StreamSplitter(const Options& options);
    static StreamSplitter forTokenizer(const Tokenizer& tokenizer, bool thoughtOpened);

    std::vector<StreamPiece> push(TokenId id, std::string_view bytes);

    // The thought is closed from outside (a budget ran out): what comes next is the answer. The caller feeds `tokens`
    // tokens to the model for this; they are counted here, and must not be pushed.
    std::vector<StreamPiece> closeThought(int tokens);

    // No more tokens: gives out what was held back. Call once.
    std::vector<StreamPiece> finish();

    bool insideThought() const { return m_state == State::Thought; }

private:
    enum class State : std::uint8_t {
        Start, // nothing but white space yet
        Thought,
        AfterClose, // nothing but white space since the closing tag
        Answer,
    };

    bool readsText() const { return !m_options.openTag; }
    void readTag(TokenId id, std::string_view bytes);
    void process();
    bool processStart();
    bool processThought();
    void openThought(std::size_t tagEnd);
    void enterAfterClose();
    void enterAnswer();
    void give(StreamChannel channel, std::size_t length);
    std::vector<StreamPiece> takePieces();

    Options m_options;
    State m_state;
    Utf8Stream m_utf8;
    CodeContext m_code;
    std::string m_held;  // text that is not certain yet
    int m_tokens = 0;    // read so far, with the present one
    int m_heldSince = 0; // the token that the held text begins in
    int m_thoughtEnd = 0;
    std::vector<StreamPiece> m_pieces;
};

} // namespace lemma::engine
