#include "tutor/checker/form.h"

#include <algorithm>

#include "tutor/checker/polynomial_form.h"
#include "tutor/math/print.h"
#include "tutor/math/rational.h"

namespace lemma::tutor {
namespace {

const Expr& withoutSignAndUnit(const Expr& e)
{
    return e->kind == Kind::Negate || e->kind == Kind::Quantity || e->kind == Kind::Percent
               ? withoutSignAndUnit(e->args[0])
               : e;
}

bool canBeReduced(const Expr& e)
{
    if (e->kind != Kind::Divide || e->args[1]->kind != Kind::Number)
        return false;
    const Expr& top = withoutSignAndUnit(e->args[0]);
    if (top->kind != Kind::Number)
        return false;
    const auto a = rationalOf(top->text), b = rationalOf(e->args[1]->text);
    if (!a || !b || !a->isInteger() || !b->isInteger())
        return true; // 0.5/2 is no fraction in lowest terms
    Rational divisor;
    fmpz_gcd(fmpq_numref(divisor.get()), fmpq_numref(a->get()), fmpq_numref(b->get()));
    return fmpz_is_one(fmpq_numref(divisor.get())) == 0 || fmpz_is_one(fmpq_numref(b->get())) != 0;
}

std::string reducible(const Expr& e)
{
    if (canBeReduced(e))
        return "The fraction " + toPlain(e) + " can be reduced.";
    for (const Expr& arg : e->args)
        if (std::string fault = reducible(arg); !fault.empty())
            return fault;
    return "";
}

bool hasDecimalPoint(const Expr& e)
{
    return (e->kind == Kind::Number && e->text.find_first_of(".eE") != std::string::npos) ||
           std::any_of(e->args.begin(), e->args.end(), hasDecimalPoint);
}

int places(const std::string& number)
{
    const std::size_t point = number.find('.');
    return point == std::string::npos ? 0 : static_cast<int>(number.size() - point - 1);
}

// Figures from the first that is not zero; the closing zeros of a whole number may or may not count.
std::pair<int, int> significantFigures(const std::string& number)
{
    std::string digits;
    for (const char c : number.substr(0, number.find_first_of("eE")))
        if (c >= '0' && c <= '9' && (c != '0' || !digits.empty()))
            digits += c;
    const int most = static_cast<int>(digits.size());
    if (number.find('.') != std::string::npos)
        return {most, most};
    return {static_cast<int>(digits.find_last_not_of('0') + 1), most};
}

// The digits of a number, also as 1.20 * 10^3; null where it is not a number in decimals.
const Node* decimalNumber(const Expr& e, bool powersOfTen)
{
    const Expr& bare = withoutSignAndUnit(e);
    if (bare->kind == Kind::Number)
        return bare.get();
    const bool scientific = powersOfTen && bare->kind == Kind::Multiply && bare->args.size() == 2 &&
                            bare->args[0]->kind == Kind::Number && bare->args[1]->kind == Kind::Power &&
                            bare->args[1]->args[0]->kind == Kind::Number && bare->args[1]->args[0]->text == "10";
    return scientific ? bare->args[0].get() : nullptr;
}

} // namespace

std::string formFault(const Expr& answer, RequiredForm form, int digits, const Budget& budget)
{
    switch (form) {
    case RequiredForm::Any: return "";
    case RequiredForm::Simplified: {
        std::string fault = reducible(answer);
        if (!fault.empty())
            return fault;
        return canBeSimplified(answer, budget) ? "The answer can be simplified further." : "";
    }
    case RequiredForm::LowestTerms: return reducible(answer);
    case RequiredForm::Factored: return canBeFactored(answer, budget) ? "The answer can be factored further." : "";
    case RequiredForm::Expanded: return canBeExpanded(answer) ? "There are brackets left to multiply out." : "";
    case RequiredForm::ExactNotDecimal:
        return hasDecimalPoint(answer) ? "An exact answer is asked for, not a decimal number." : "";
    case RequiredForm::Decimals: {
        const Node* number = decimalNumber(answer, false);
        const bool right = number != nullptr && number->text.find_first_of("eE") == std::string::npos &&
                           places(number->text) == digits;
        return right ? "" : "A decimal number with " + std::to_string(digits) + " decimal places is asked for.";
    }
    case RequiredForm::SignificantFigures: {
        const Node* number = decimalNumber(answer, true);
        const auto [least, most] = number == nullptr ? std::pair(-1, -1) : significantFigures(number->text);
        return least <= digits && digits <= most
                   ? ""
                   : "A number with " + std::to_string(digits) + " significant figures is asked for.";
    }
    }
    return "";
}

} // namespace lemma::tutor
