#pragma once
// FLINT's rational numbers as a C++ value, and the exact value of a number as people write it.
//
//     std::optional<Rational> value = rationalOf("12.5e-3");     // 1/80
//
// Decimals are exact: 0.1 is one tenth. Numbers with more than Budget::maximumBits bits are refused.

#include <optional>
#include <string>
#include <string_view>

#include <flint/fmpq.h>

namespace lemma::tutor {

class Rational {
public:
    Rational() { fmpq_init(m_value); }
    explicit Rational(long numerator, unsigned long denominator = 1) : Rational()
    {
        fmpq_set_si(m_value, numerator, denominator);
    }
    Rational(const Rational& other) : Rational() { fmpq_set(m_value, other.m_value); }
    Rational& operator=(const Rational& other)
    {
        fmpq_set(m_value, other.m_value);
        return *this;
    }
    ~Rational() { fmpq_clear(m_value); }

    fmpq* get() { return m_value; }
    const fmpq* get() const { return m_value; }
    std::string text() const; // "3", "-1/2"
    bool isInteger() const { return fmpz_is_one(fmpq_denref(m_value)) != 0; }
    int sign() const { return fmpq_sgn(m_value); }
    long bits() const // of numerator and denominator together
    {
        return static_cast<long>(fmpz_bits(fmpq_numref(m_value)) + fmpz_bits(fmpq_denref(m_value)));
    }
    bool operator==(const Rational& other) const { return fmpq_equal(m_value, other.m_value) != 0; }
    bool operator<(const Rational& other) const { return fmpq_cmp(m_value, other.m_value) < 0; }

private:
    fmpq_t m_value;
};

std::optional<Rational> rationalOf(std::string_view number);

// A decimal or a fraction of two, with a sign: "-3/4", "0.05".
std::optional<Rational> fractionOf(std::string_view text);

} // namespace lemma::tutor
