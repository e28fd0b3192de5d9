#include "engine/chat/stream_splitter.h"

#include <algorithm>
#include <utility>

namespace lemma::engine {
namespace {

constexpr std::string_view openTag = "<think>";
constexpr std::string_view closeTag = "</think>";

bool isPartOf(std::string_view tag, std::string_view text) { return text.size() < tag.size() && tag.starts_with(text); }

} // namespace

StreamSplitter::StreamSplitter(const Options& options)
    : m_options(options), m_state(options.thoughtOpened ? State::Thought : State::Start)
{
    if (!m_options.closeTag)
        m_options.openTag.reset();
}

StreamSplitter StreamSplitter::forTokenizer(const Tokenizer& tokenizer, bool thoughtOpened)
{
    return StreamSplitter({thoughtOpened, tokenizer.find(openTag), tokenizer.find(closeTag)});
}

std::vector<StreamPiece> StreamSplitter::push(TokenId id, std::string_view bytes)
{
    if (m_held.empty() && m_utf8.empty())
        m_heldSince = m_tokens;
    ++m_tokens;
    if (!readsText() && (id == *m_options.openTag || id == *m_options.closeTag)) {
        readTag(id, bytes);
    } else {
        m_held += m_utf8.push(bytes);
        process();
    }
    return takePieces();
}

// A tag that is one token: either it counts, or it is text.
void StreamSplitter::readTag(TokenId id, std::string_view bytes)
{
    m_held += m_utf8.flush();
    process();
    const bool opens = id == *m_options.openTag && (m_state == State::Start || m_state == State::AfterClose);
    const bool closes = id == *m_options.closeTag && m_state == State::Thought && !m_code.insideCode();
    if (opens) {
        openThought(m_held.size());
    } else if (closes) {
        enterAfterClose();
    } else {
        m_held += bytes;
        process();
    }
}

std::vector<StreamPiece> StreamSplitter::closeThought(int tokens)
{
    if (m_state == State::Thought) {
        m_held += m_utf8.flush();
        give(StreamChannel::Thought, m_held.size());
        m_tokens += tokens;
        enterAfterClose();
    }
    return takePieces();
}

std::vector<StreamPiece> StreamSplitter::finish()
{
    m_held += m_utf8.flush();
    process();
    if (m_state == State::Thought)
        give(StreamChannel::Thought, m_held.size());
    else
        enterAnswer();
    return takePieces();
}

void StreamSplitter::process()
{
    while (m_state == State::Start || m_state == State::AfterClose ? processStart() : processThought()) {
    }
}

// Each of these two returns whether there is more to do for the next state.
bool StreamSplitter::processStart()
{
    const std::size_t begin = m_held.find_first_not_of(" \t\r\n\v\f");
    if (begin == std::string::npos)
        return false;
    const std::string_view text = std::string_view(m_held).substr(begin);
    if (readsText() && isPartOf(openTag, text))
        return false;
    if (readsText() && text.starts_with(openTag)) {
        m_held.erase(begin, openTag.size());
        openThought(begin);
        return true;
    }
    enterAnswer();
    return false;
}

bool StreamSplitter::processThought()
{
    if (m_state == State::Answer) {
        give(StreamChannel::Answer, m_held.size());
        return false;
    }
    if (!readsText()) {
        give(StreamChannel::Thought, m_held.size());
        return false;
    }
    for (;;) {
        give(StreamChannel::Thought, std::min(m_held.find('<'), m_held.size()));
        if (m_held.empty() || isPartOf(closeTag, m_held))
            return false;
        if (m_held.starts_with(closeTag) && !m_code.insideCode()) {
            m_held.erase(0, closeTag.size());
            enterAfterClose();
            return true;
        }
        give(StreamChannel::Thought, 1); // a "<" that begins no tag
    }
}

// The first `white` bytes held are white space before the tag; they go to the thought.
void StreamSplitter::openThought(std::size_t white)
{
    m_state = State::Thought;
    give(StreamChannel::Thought, white);
}

void StreamSplitter::enterAfterClose()
{
    m_state = State::AfterClose;
    m_code = {};
    m_thoughtEnd = m_tokens;
}

void StreamSplitter::enterAnswer()
{
    if (m_state == State::AfterClose)
        m_pieces.push_back({StreamChannel::ThoughtEnd, {}, 0, m_thoughtEnd});
    m_state = State::Answer;
    give(StreamChannel::Answer, m_held.size());
}

void StreamSplitter::give(StreamChannel channel, std::size_t length)
{
    if (length == 0)
        return;
    const std::string_view text = std::string_view(m_held).substr(0, length);
    if (channel == StreamChannel::Thought)
        m_code.add(text);
    if (!m_pieces.empty() && m_pieces.back().channel == channel)
        m_pieces.back().text += text;
    else
        m_pieces.push_back({channel, std::string(text), m_heldSince, 0});
    m_pieces.back().endToken = m_tokens;
    m_heldSince = m_tokens - 1;
    m_held.erase(0, length);
}

std::vector<StreamPiece> StreamSplitter::takePieces() { return std::exchange(m_pieces, {}); }

} // namespace lemma::engine
