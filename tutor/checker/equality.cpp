#include "tutor/checker/equality.h"

#include <array>
#include <vector>

#include "tutor/math/ball.h"
#include "tutor/math/exact_value.h"
#include "tutor/math/print.h"

namespace lemma::tutor {
namespace {

constexpr int pointsTried = 40;
constexpr int pointsNeeded = 10;
constexpr long zeroBits = 60; // two different school expressions do not agree to 18 digits at ten points

// What a difference looks like at one point.
enum class AtPoint : unsigned char { Same, Differs, NoValue };

AtPoint compareAt(const Expr& a, const Expr& b, const Point& point, bool complex, const Budget& budget)
{
    for (long precision = 128; precision <= Budget::maximumPrecision && !budget.spent(); precision *= 4) {
        const BallValue x = evaluateBall(a, point, precision, budget, complex);
        const BallValue y = evaluateBall(b, point, precision, budget, complex);
        if (x.status == BallStatus::Undefined || y.status == BallStatus::Undefined)
            return AtPoint::NoValue;
        if (x.status == BallStatus::Unclear || y.status == BallStatus::Unclear)
            continue;
        Ball difference;
        acb_sub(difference.get(), x.ball.get(), y.ball.get(), precision);
        if (difference.surelyNonzero())
            return AtPoint::Differs;
        if (difference.withinOfZero(zeroBits))
            return AtPoint::Same;
    }
    return AtPoint::NoValue;
}

// The t-th point: small whole numbers first, which a student can check by hand, then fractions that no formula expects.
Point pointNumber(int t, const std::vector<std::string>& names)
{
    static constexpr std::array<long, 8> small = {2, 1, 3, -1, 4, -2, 0, 5};
    Point point;
    for (std::size_t k = 0; k < names.size(); ++k) {
        const long spread = t * 7 + static_cast<long>(k) * 5;
        if (t < 8)
            point[names[k]] = Rational(small[(static_cast<std::size_t>(t) + k * 3) % small.size()]);
        else if (t < 24)
            point[names[k]] = Rational((spread * 37) % 211 - 105, 31UL + static_cast<unsigned long>(k) * 6);
        else // inside (0, 1), for inverse sines and logarithms of small numbers
            point[names[k]] = Rational((spread * 53) % 97 + 1, 101);
    }
    return point;
}

std::string valueText(const Expr& expr, const Point& point, bool complex, const Budget& budget)
{
    const BallValue value = evaluateBall(expr, point, 128, budget, complex);
    char* raw = arb_get_str(acb_realref(value.ball.get()), 8, ARB_STR_NO_RADIUS);
    std::string text = raw;
    flint_free(raw);
    if (text.find('.') != std::string::npos && text.find('e') == std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.')
            text.pop_back();
    }
    return text;
}

std::string describe(const Expr& a, const Expr& b, const Point& point, bool complex, const Budget& budget)
{
    std::string text;
    for (const auto& [name, value] : point)
        text += (text.empty() ? "" : ", ") + name + " = " + value.text();
    return text + ": " + valueText(a, point, complex, budget) + " and " + valueText(b, point, complex, budget);
}

Verdict compareConstants(const Expr& a, const Expr& b, bool complex, const Budget& budget)
{
    const BallValue difference = evaluateBall(subtract(a, b), {}, 512, budget, complex);
    if (difference.status == BallStatus::Defined && acb_is_zero(difference.ball.get()) != 0) // a ball without radius
        return {Equality::Equal, "exact", ""};
    if (compareAt(a, b, {}, complex, budget) == AtPoint::Differs)
        return {Equality::Different, "refuted", ""};
    switch (exactlyZero(subtract(a, b), budget)) {
    case Truth::Yes: return {Equality::Equal, "exact", ""};
    case Truth::No: return {Equality::Different, "exact", ""};
    case Truth::Unknown: break;
    }
    return {};
}

} // namespace

Verdict compareExpressions(const Expr& a, const Expr& b, const Budget& budget)
{
    if (sameTree(a, b))
        return {Equality::Equal, "same-form", ""};
    const bool complex = containsConstant(a, "i") || containsConstant(b, "i");
    std::set<std::string> symbols = freeSymbols(a);
    symbols.merge(freeSymbols(b));
    if (symbols.empty())
        return compareConstants(a, b, complex, budget);
    const std::vector<std::string> names(symbols.begin(), symbols.end());
    int agreed = 0;
    for (int t = 0; t < pointsTried && !budget.spent(); ++t) {
        const Point point = pointNumber(t, names);
        const AtPoint outcome = compareAt(a, b, point, complex, budget);
        if (outcome == AtPoint::Differs)
            return {Equality::Different, "refuted", describe(a, b, point, complex, budget)};
        agreed += outcome == AtPoint::Same ? 1 : 0;
    }
    // An unknown function was given one meaning: agreement says nothing about the others.
    const bool generic = contains(a, Kind::Apply) || contains(b, Kind::Apply);
    if (agreed >= pointsNeeded && !generic && !budget.spent())
        return {Equality::Equal, "points", ""};
    return {};
}

} // namespace lemma::tutor
