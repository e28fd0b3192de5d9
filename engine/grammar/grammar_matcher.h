#pragma once
// Follows a text through a grammar, byte by byte.
//
//     GrammarMatcher matcher(grammar);
//     GrammarMatcher::State state = matcher.start();
//     state = matcher.advance(state, "{\"a\":");   // GrammarMatcher::dead where the text cannot be the beginning of
//     any if (matcher.mayEnd(state)) ...               // the text so far is a whole one
//
// A state is a number that stands for all ways in which the grammar can have read the text: go back to an earlier state
// by using it again. States are found once and their successors remembered, so that reading is one look-up a byte;
// compact() forgets all but one when there are many. A grammar so ambiguous that a state would stand for thousands of
// ways ends in `dead`, and failed() says so. One thread at a time.

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/grammar/grammar.h"

namespace lemma::engine {

class GrammarMatcher {
public:
    using State = int;
    static constexpr State dead = -1;

    explicit GrammarMatcher(std::shared_ptr<const Grammar> grammar);

    State start() const { return m_start; }
    State next(State state, std::uint8_t byte)
    {
        const State known = m_successors[static_cast<std::size_t>(state)][byte];
        return known == unknown ? findNext(state, byte) : known;
    }
    State advance(State state, std::string_view bytes); // dead stays dead
    bool mayEnd(State state) const { return state != dead && m_sets[static_cast<std::size_t>(state)].mayEnd; }

    bool failed() const { return m_failed; }
    std::size_t stateCount() const { return m_sets.size(); }
    bool isLarge() const; // compact() is worth its while

    // Forgets everything but this state (and the start): returns its new number, all others are void.
    State compact(State kept);

private:
    static constexpr State unknown = -2;

    // One way in which the text can have been read: a state of the network, and where the rules that are being read go
    // on afterwards. Frames are shared: each is kept once, and -1 is the end of the root rule.
    struct Way {
        int state = 0;
        int frame = 0;
        friend auto operator<=>(const Way&, const Way&) = default;
    };
    struct Frame {
        int target = 0;
        int parent = 0;
    };
    struct Set {
        std::vector<Way> ways; // in order; only those with a byte to read
        bool mayEnd = false;
    };

    State findNext(State state, std::uint8_t byte);
    Set follow(); // everything reached from m_waiting without reading a byte
    int frameFor(int target, int parent);
    State number(Set set);
    int keepFrame(int frame, const std::vector<Frame>& old);

    std::shared_ptr<const Grammar> m_grammar;
    std::vector<Frame> m_frames;
    std::unordered_map<std::uint64_t, int> m_frameNumbers;
    std::vector<Set> m_sets;
    std::vector<std::array<State, 256>> m_successors;         // of each set
    std::unordered_multimap<std::size_t, State> m_setNumbers; // by hash
    std::vector<Way> m_waiting;
    State m_start = dead;
    bool m_failed = false;
};

} // namespace lemma::engine
