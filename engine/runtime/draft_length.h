#pragma once
// How many tokens to guess at once: more while guesses are right, one after a wrong one. A wrong guess costs a row of
// the forward pass, a right one saves a whole pass.

namespace lemma::engine {

class DraftLength {
public:
    explicit DraftLength(int most) : m_most(most) {}

    int wanted() const { return m_wanted; }
    void judged(int drafted, int accepted);

private:
    int m_most;
    int m_wanted = 4;
};

} // namespace lemma::engine
