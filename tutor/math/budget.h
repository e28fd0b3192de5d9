#pragma once
// What one decision may cost. Work on mathematics that a stranger wrote has no natural bound (10^(10^9)), so everything
// in tutor/math and tutor/checker takes a Budget, asks it often, and answers "unknown" when it is spent.
//
//     Budget budget(std::chrono::milliseconds(50), stopToken);
//     if (budget.spent())
//         return Truth::Unknown;
//
// One Budget belongs to one thread at a time; the stop token may be triggered from any.

#include <chrono>
#include <stop_token>

namespace lemma::tutor {

class Budget {
public:
    explicit Budget(std::chrono::steady_clock::duration time = std::chrono::milliseconds(50), std::stop_token stop = {})
        : m_deadline(std::chrono::steady_clock::now() + time), m_stop(std::move(stop))
    {
    }

    bool spent() const { return m_stop.stop_requested() || std::chrono::steady_clock::now() >= m_deadline; }
    bool cancelled() const { return m_stop.stop_requested(); }
    std::chrono::steady_clock::duration left() const { return m_deadline - std::chrono::steady_clock::now(); }

    // Numbers with more bits than this are not written out.
    static constexpr long maximumBits = 20'000;
    // Binary digits of the finest interval that is tried.
    static constexpr long maximumPrecision = 2048;
    // Terms of the largest polynomial, and of the longest sum, that is written out.
    static constexpr long maximumTerms = 2000;

private:
    std::chrono::steady_clock::time_point m_deadline;
    std::stop_token m_stop;
};

// The answer to a question that may be too hard.
enum class Truth : unsigned char { No, Yes, Unknown };

} // namespace lemma::tutor
