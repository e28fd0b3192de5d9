#include "tutor/math/solution_step.h"

#include <array>

namespace lemma::tutor {
namespace {

struct Wording {
    std::string_view name;
    std::string_view sentence;
};

// In the order of Action.
constexpr std::array<Wording, 27> wordings = {{
    {"collect-on-one-side", "Bring everything to one side"},
    {"clear-denominators", "Multiply both sides by the common denominator"},
    {"name-excluded", "Name the values at which a denominator is zero"},
    {"factor", "Factor"},
    {"set-factor-to-zero", "A product is zero when a factor is zero"},
    {"quadratic-formula", "Use the quadratic formula"},
    {"take-root", "Take the root"},
    {"divide", "Divide by the coefficient of the unknown"},
    {"reject-excluded", "Reject the value: a denominator is zero there"},
    {"eliminate", "Eliminate the unknowns one after the other"},
    {"find-signs", "Find the sign between the zeros"},
    {"read-off", "Read off the answer"},
    {"euclidean-division", "Divide with remainder"},
    {"invert-modulo", "Multiply by the inverse"},
    {"compute", "Compute"},
    {"simplify", "Simplify"},
    {"rewrite", "Write it in another way"},
    {"sum-rule", "Differentiate term by term"},
    {"constant-factor-rule", "A constant factor stays in front"},
    {"power-rule", "Power rule: the exponent comes in front and becomes one less"},
    {"product-rule", "Product rule: differentiate one factor at a time and add"},
    {"quotient-rule", "Quotient rule: (u'v - uv')/v^2"},
    {"chain-rule", "Chain rule: the outer derivative times the inner one"},
    {"exponential-rule", "An exponential function is its own derivative times the logarithm of its base"},
    {"logarithmic-derivative", "Write u^v as e^(v ln u), then use the chain rule"},
    {"known-derivative", "Use the known derivative of the function"},
    {"fundamental-theorem", "Fundamental theorem: the integrand at the bounds"},
}};

} // namespace

std::string_view actionName(Action action) { return wordings[static_cast<std::size_t>(action)].name; }
std::string_view actionSentence(Action action) { return wordings[static_cast<std::size_t>(action)].sentence; }

} // namespace lemma::tutor
