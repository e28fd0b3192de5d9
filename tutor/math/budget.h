#pragma once
// What one decision may cost. Work on mathematics that a stranger wrote has no natural bound (10^(10^9)), so everything
// in tutor/math and tutor/checker takes a Budget, pays for what it does, and answers "unknown" when it is spent.
//
//     Budget budget(std::chrono::milliseconds(50), stopToken);
//     if (!budget.spend(20))
//         return Truth::Unknown;
//
// Work is counted in units of about a microsecond on a quiet desktop, not by the clock, so a verdict does not depend on
// how busy the machine is. The clock is only a net below that, and far away: twenty times the work.
// One Budget belongs to one thread at a time; the stop token may be triggered from any.

#include <chrono>
#include <stop_token>
#include <utility>

namespace lemma::tutor {

class Budget {
public:
    explicit Budget(std::chrono::steady_clock::duration work = std::chrono::milliseconds(50), std::stop_token stop = {})
        : m_allowance(std::chrono::duration_cast<std::chrono::microseconds>(work).count()),
          m_deadline(std::chrono::steady_clock::now() + clockPerWork * work),
          m_stop(std::move(stop))
    {
    }

    // Pays for work that is about to be done; false where it must not be done.
    bool spend(long units) const
    {
        m_used += units;
        return !spent();
    }
    bool spent() const
    {
        return m_used >= m_allowance || m_stop.stop_requested() || std::chrono::steady_clock::now() >= m_deadline;
    }
    bool cancelled() const { return m_stop.stop_requested(); }
    long used() const { return m_used; }
    long allowance() const { return m_allowance; }
    // Whether something that costs about so much can still be afforded.
    bool affords(long units) const { return m_used + units < m_allowance; }

    // Numbers with more bits than this are not written out.
    static constexpr long maximumBits = 20'000;
    // Binary digits of the finest interval that is tried.
    static constexpr long maximumPrecision = 2048;
    // Terms of the largest polynomial, and of the longest sum, that is written out.
    static constexpr long maximumTerms = 2000;

private:
    static constexpr int clockPerWork = 20;

    long m_allowance;
    mutable long m_used = 0; // paying does not change what is decided, so functions take a const Budget
    std::chrono::steady_clock::time_point m_deadline;
    std::stop_token m_stop;
};

// The answer to a question that may be too hard.
enum class Truth : unsigned char { No, Yes, Unknown };

} // namespace lemma::tutor
