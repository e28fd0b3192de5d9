#include "tutor/math/rational.h"

#include <charconv>

#include "tutor/math/budget.h"

namespace lemma::tutor {

std::string Rational::text() const
{
    char* raw = fmpq_get_str(nullptr, 10, m_value);
    std::string result = raw;
    flint_free(raw);
    return result;
}

std::optional<Rational> rationalOf(std::string_view number)
{
    long exponent = 0;
    if (const std::size_t at = number.find_first_of("eE"); at != std::string_view::npos) {
        std::string_view digits = number.substr(at + 1);
        if (digits.starts_with('+'))
            digits.remove_prefix(1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
        if (error != std::errc() || end != digits.data() + digits.size())
            return std::nullopt;
        number = number.substr(0, at);
    }
    std::string digits(number);
    if (const std::size_t point = digits.find('.'); point != std::string::npos) {
        exponent -= static_cast<long>(digits.size() - point - 1);
        digits.erase(point, 1);
    }
    constexpr long maximumDigits = Budget::maximumBits / 4; // a digit is a little more than three bits
    if (digits.size() > maximumDigits || exponent > maximumDigits || exponent < -maximumDigits)
        return std::nullopt;
    Rational result;
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos ||
        fmpz_set_str(fmpq_numref(result.get()), digits.c_str(), 10) != 0)
        return std::nullopt;
    fmpz_t scale;
    fmpz_init_set_ui(scale, 10);
    fmpz_pow_ui(scale, scale, static_cast<unsigned long>(exponent < 0 ? -exponent : exponent));
    if (exponent < 0)
        fmpq_div_fmpz(result.get(), result.get(), scale);
    else
        fmpq_mul_fmpz(result.get(), result.get(), scale);
    fmpz_clear(scale);
    return result;
}

std::optional<Rational> fractionOf(std::string_view text)
{
    const bool negative = text.starts_with('-');
    text.remove_prefix(negative ? 1 : 0);
    const std::size_t slash = text.find('/');
    auto result = rationalOf(text.substr(0, slash));
    if (result && slash != std::string_view::npos) {
        const auto denominator = rationalOf(text.substr(slash + 1));
        if (!denominator || denominator->sign() == 0)
            return std::nullopt;
        fmpq_div(result->get(), result->get(), denominator->get());
    }
    if (result && negative)
        fmpq_neg(result->get(), result->get());
    return result;
}

} // namespace lemma::tutor
