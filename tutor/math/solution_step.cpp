#include "tutor/math/solution_step.h"

#include <array>

namespace lemma::tutor {
namespace {

struct Wording {
    std::string_view name;
    std::string_view sentence;
};

// In the order of Action.
constexpr std::array<Wording, 66> wordings = {{
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
    {"integrate-term-by-term", "Integrate term by term"},
    {"constant-in-front", "A constant factor stays in front of the integral"},
    {"integrate-power", "The exponent becomes one more, and divides"},
    {"known-integral", "Use the known integral of the function"},
    {"substitute", "Write the inner part as a new variable"},
    {"substitute-back", "Put the inner part back"},
    {"integrate-by-parts", "Integrate by parts: uv minus the integral of u'v"},
    {"partial-fractions", "Split into partial fractions"},
    {"expand", "Multiply out"},
    {"check-by-differentiating", "Check: the derivative is the integrand"},
    {"insert-bounds", "Insert the upper and the lower bound and subtract"},
    {"insert-point", "Insert the point"},
    {"cancel-common-factor", "Cancel the common factor"},
    {"leading-term", "Near the point only the leading term counts"},
    {"left-and-right", "From the left and from the right"},
    {"sum-formula", "Use the formula for sums of powers"},
    {"geometric-sum", "Use the formula for a geometric sum"},
    {"split-absolute-value", "What stands between the bars may be positive or negative"},
    {"isolate-radical", "Bring the radical to one side alone"},
    {"raise-to-power", "Raise both sides to the power of the root: this may add solutions, so check them"},
    {"take-logarithm", "Take the logarithm of both sides"},
    {"reject-not-positive", "An exponential is always positive: no solution here"},
    {"isolate-logarithm", "Bring the logarithm to one side alone"},
    {"combine-logarithms", "Put the logarithms together: sums become products, factors become exponents"},
    {"exponentiate", "Raise the base to both sides"},
    {"check-by-substitution", "Check by substitution: it is a solution"},
    {"reject-extraneous", "Substitution shows that it is no solution of the equation that was given"},
    {"one-trig-function", "Write it with one trigonometric function"},
    {"angles-of-value", "Find the angles of this value within one turn"},
    {"all-periods", "Add the period as often as you like"},
    {"select-in-interval", "Keep the solutions that the condition admits"},
    {"row-operations", "Subtract multiples of the pivot row from the other rows"},
    {"characteristic-polynomial", "The eigenvalues are the zeros of the characteristic polynomial"},
    {"write-out", "Write it out as a product"},
    {"sort-numbers", "Sort the numbers"},
    {"add-and-divide", "Add the numbers and divide by how many they are"},
    {"squares-over-count", "Add the squared deviations from the mean and divide by how many they are"},
    {"squares-over-one-less", "Add the squared deviations from the mean and divide by one less than how many they are"},
    {"halves-without-middle",
     "Medians of the lower half, of all, and of the upper half; the middle one is in neither half"},
}};

} // namespace

std::string_view actionName(Action action) { return wordings[static_cast<std::size_t>(action)].name; }
std::string_view actionSentence(Action action) { return wordings[static_cast<std::size_t>(action)].sentence; }

} // namespace lemma::tutor
