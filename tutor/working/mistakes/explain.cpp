#include "tutor/working/mistakes/explain.h"

#include <algorithm>
#include <optional>

#include "tutor/working/mistakes/compared_lines.h"
#include "tutor/working/values.h"

namespace lemma::tutor {
namespace {

// How well a wrong line explains what was written.
enum class Fit : unsigned char { None, SameSolutions, Multiple, SameSides };

constexpr std::size_t maximumForms = 400;

class Explanation {
public:
    Explanation(const Expr& after, const Budget& budget) : m_after(after), m_budget(budget)
    {
        if (after->kind == Kind::Relation || after->kind == Kind::List)
            m_statements = readStatement(after);
        // A wrong line that means the same as the written one is true where that is true: one such place sorts out
        // most.
        if (m_statements.size() == 1)
            m_solution =
                compareSolutions(m_statements[0], {Statement::Type::False, RelationOp::Equal, {}, {}, {}}, budget).lost;
    }

    Fit fit(const Expr& wrong) const
    {
        const bool statement = wrong->kind == Kind::Relation || wrong->kind == Kind::List;
        if (!statement)
            return m_statements.empty() && isEqual(wrong, m_after) ? Fit::SameSides : Fit::None;
        if (m_statements.empty())
            return Fit::None;
        if (sameSides(wrong))
            return Fit::SameSides;
        const std::vector<Statement> read = readStatement(wrong);
        if (read.size() != 1 || (m_solution && holdsAt(read[0], *m_solution, m_budget) == Truth::No))
            return Fit::None;
        for (const Statement& written : m_statements) {
            const SolutionComparison comparison = compareSolutions(read[0], written, m_budget);
            // Two lines without solutions, or true everywhere, say nothing about each other.
            const bool telling = !comparison.noneBefore && !variablesOf(written).empty();
            if (comparison.change == SolutionChange::Same && telling)
                return comparison.reason == "points" ? Fit::Multiple : Fit::SameSolutions;
        }
        return Fit::None;
    }

private:
    bool isEqual(const Expr& a, const Expr& b) const { return sameValue(a, b, m_budget); }

    bool sameSides(const Expr& wrong) const
    {
        return wrong->kind == Kind::Relation && m_after->kind == Kind::Relation && wrong->text == m_after->text &&
               wrong->args.size() == 2 && m_after->args.size() == 2 && isEqual(wrong->args[0], m_after->args[0]) &&
               isEqual(wrong->args[1], m_after->args[1]);
    }

    const Expr& m_after;
    const Budget& m_budget;
    std::vector<Statement> m_statements;
    std::optional<Assignment> m_solution;
};

// The tree with one node rewritten, for every node and every wrong form of it.
void rewriteOne(const Expr& tree, Rewrite rule, std::vector<Expr>& results)
{
    for (const Expr& wrong : rule(tree))
        results.push_back(wrong);
    for (std::size_t i = 0; i < tree->args.size(); ++i) {
        std::vector<Expr> inside;
        rewriteOne(tree->args[i], rule, inside);
        for (Expr& changed : inside) {
            if (results.size() >= maximumForms)
                return;
            std::vector<Expr> args = tree->args;
            args[i] = std::move(changed);
            results.push_back(withArguments(*tree, std::move(args)));
        }
    }
}

// The mistake made everywhere: both brackets, every power.
Expr rewriteAll(const Expr& tree, Rewrite rule, std::size_t form, int& count)
{
    std::vector<Expr> args;
    for (const Expr& arg : tree->args)
        args.push_back(rewriteAll(arg, rule, form, count));
    const Expr inner = args.empty() ? tree : withArguments(*tree, std::move(args));
    const std::vector<Expr> wrong = rule(inner);
    if (form >= wrong.size())
        return inner;
    ++count;
    return wrong[form];
}

std::vector<Expr> wrongLines(const Mistake& mistake, const Expr& before)
{
    std::vector<Expr> results;
    if (mistake.line != nullptr)
        results = mistake.line(before);
    if (mistake.node == nullptr)
        return results;
    rewriteOne(before, mistake.node, results);
    for (std::size_t form = 0; form < 2; ++form) {
        int count = 0;
        Expr everywhere = rewriteAll(before, mistake.node, form, count);
        if (count > 1)
            results.push_back(std::move(everywhere));
    }
    return results;
}

const Mistake* fromStatements(const Expr& before, const Expr& after, const Budget& budget)
{
    const std::vector<Statement> a = readStatement(before), b = readStatement(after);
    if (a.size() != 1 || b.size() != 1)
        return nullptr;
    if (const Mistake* found = inequalityMistake(a[0], b[0], budget))
        return found;
    const SolutionComparison comparison = compareSolutions(a[0], b[0], budget);
    if (comparison.change != SolutionChange::Lost)
        return nullptr;
    return divisionMistake(a[0], b[0], budget);
}

// What was done in the head before the mistake was made: both sides squared, multiplied by the denominators.
std::vector<Expr> rightSteps(const Expr& line)
{
    std::vector<Expr> steps;
    if (line->kind != Kind::Relation || line->text != "=" || line->args.size() != 2)
        return steps;
    const auto say = [&](Expr left, Expr right) {
        steps.push_back(flattened(makeNode(Kind::Relation, "=", {std::move(left), std::move(right)})));
    };
    const Expr &left = line->args[0], &right = line->args[1];
    const auto squared = [](const Expr& side) {
        return side->kind == Kind::Root ? side->args[0] : power(side, integer(2));
    };
    if (left->kind == Kind::Root || right->kind == Kind::Root)
        say(squared(left), squared(right));
    const auto isFraction = [](const Expr& e) { return e->kind == Kind::Divide; };
    if (isFraction(left) && isFraction(right))
        say(multiply({left->args[0], right->args[1]}), multiply({right->args[0], left->args[1]}));
    else if (isFraction(left))
        say(left->args[0], multiply({right, left->args[1]}));
    else if (isFraction(right))
        say(multiply({left, right->args[1]}), right->args[0]);
    return steps;
}

struct Candidate {
    const Mistake* mistake = nullptr;
    Fit fit = Fit::None;
};

Candidate bestOfCatalogue(const Expr& from, const Explanation& explanation, const Budget& budget)
{
    Candidate best;
    for (const Mistake& mistake : mistakeCatalogue())
        for (const Expr& wrong : wrongLines(mistake, from)) {
            if (budget.spent() || best.fit == Fit::SameSides)
                return best;
            const Fit fit = explanation.fit(wrong);
            if (fit > best.fit)
                best = {&mistake, fit};
        }
    return best;
}

} // namespace

Expr flattened(const Expr& expr)
{
    if (expr->args.empty())
        return expr;
    std::vector<Expr> args;
    for (const Expr& arg : expr->args) {
        Expr flat = flattened(arg);
        if (flat->kind == expr->kind && (expr->kind == Kind::Add || expr->kind == Kind::Multiply))
            args.insert(args.end(), flat->args.begin(), flat->args.end());
        else
            args.push_back(std::move(flat));
    }
    return withArguments(*expr, std::move(args));
}

const Mistake* explainMistake(const Expr& before, const Expr& after, const Budget& budget)
{
    const Expr from = flattened(before);
    if (from->kind == Kind::Relation)
        if (const Mistake* found = fromStatements(from, after, budget))
            return found;
    const Explanation explanation(after, budget);
    Candidate best = bestOfCatalogue(from, explanation, budget);
    if (best.fit < Fit::SameSides)
        if (const Mistake* factors = wrongFactors(from, flattened(after), budget))
            return factors;
    for (const Expr& step : rightSteps(from))
        if (best.mistake == nullptr)
            best = bestOfCatalogue(step, explanation, budget);
    return best.mistake != nullptr ? best.mistake : slip(from, after, budget);
}

} // namespace lemma::tutor
