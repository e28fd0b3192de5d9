#include "tutor/working/counterexample.h"

#include <fmt/format.h>

#include "tutor/math/print.h"
#include "tutor/working/values.h"

namespace lemma::tutor {
namespace {

std::string pointText(const Assignment& point)
{
    std::string text;
    for (const auto& [name, value] : point)
        text += (text.empty() ? "" : ", ") + name + " = " + toPlain(value);
    return text;
}

// What the point makes of the relation that it does not solve.
std::string failureText(const Statement& statement, const Assignment& point, const Budget& budget)
{
    if (statement.type == Statement::Type::False)
        return "this is denied";
    if (statement.type != Statement::Type::Relation)
        return "it is none";
    const Expr left = substituted(statement.left, point), right = substituted(statement.right, point);
    if (constantSign(subtract(left, right), budget) == Sign::NoValue)
        return "it has no value";
    return fmt::format("it gives {} and {}", constantText(left, budget), constantText(right, budget));
}

} // namespace

std::string counterexampleText(const Statement& before, const Statement& after, const SolutionComparison& comparison,
                               const Budget& budget)
{
    if (comparison.lost)
        return fmt::format("{} solves the line before; here {}", pointText(*comparison.lost),
                           failureText(after, *comparison.lost, budget));
    if (comparison.gained)
        return fmt::format("{} solves this line; in the line before {}", pointText(*comparison.gained),
                           failureText(before, *comparison.gained, budget));
    return "";
}

} // namespace lemma::tutor
