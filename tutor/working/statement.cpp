#include "tutor/working/statement.h"

#include <algorithm>
#include <utility>

#include "tutor/checker/sign.h"

namespace lemma::tutor {
namespace {

using Type = Statement::Type;

Statement relation(RelationOp op, Expr left, Expr right)
{
    return {Type::Relation, op, std::move(left), std::move(right), {}};
}

Statement joined(Type type, std::vector<Statement> parts)
{
    if (parts.size() == 1)
        return std::move(parts[0]);
    return {type, RelationOp::Equal, nullptr, nullptr, std::move(parts)};
}

bool isComparison(char sign)
{
    return sign == '=' || sign == '!' || sign == '<' || sign == '>' || sign == 'l' || sign == 'g';
}

std::optional<Statement> membership(const Expr& element, const Expr& set)
{
    switch (set->kind) {
    case Kind::Set: {
        std::vector<Statement> parts;
        for (const Expr& one : set->args)
            parts.push_back(relation(RelationOp::Equal, element, one));
        return joined(Type::Or, std::move(parts));
    }
    case Kind::Bracket: {
        if (set->args.size() != 2 || set->text.size() != 2)
            return std::nullopt;
        std::vector<Statement> parts;
        const auto infinite = [](const Expr& e) { return containsConstant(e, "infinity"); };
        if (!infinite(set->args[0]))
            parts.push_back(relation(set->text[0] == '[' ? RelationOp::GreaterOrEqual : RelationOp::Greater, element,
                                     set->args[0]));
        if (!infinite(set->args[1]))
            parts.push_back(
                relation(set->text[1] == ']' ? RelationOp::LessOrEqual : RelationOp::Less, element, set->args[1]));
        return parts.empty() ? Statement{} : joined(Type::And, std::move(parts));
    }
    case Kind::Union: {
        auto a = membership(element, set->args[0]), b = membership(element, set->args[1]);
        if (!a || !b)
            return std::nullopt;
        return joined(Type::Or, {*std::move(a), *std::move(b)});
    }
    case Kind::Constant:
        if (set->text == "reals")
            return Statement{};
        if (set->text == "emptyset")
            return Statement{Type::False, RelationOp::Equal, nullptr, nullptr, {}};
        return std::nullopt;
    default: return std::nullopt;
    }
}

std::vector<Statement> readRelation(const Expr& line)
{
    if (line->text == "e") {
        const auto read = membership(line->args[0], line->args[1]);
        return read ? std::vector{*read} : std::vector<Statement>{};
    }
    const bool comparisons = std::all_of(line->text.begin(), line->text.end(), isComparison);
    const bool values = std::none_of(line->args.begin(), line->args.end(), [](const Expr& e) {
        return e->kind == Kind::Text || e->kind == Kind::Set || e->kind == Kind::Bracket || e->kind == Kind::List ||
               e->kind == Kind::Matrix || e->kind == Kind::Relation;
    });
    if (!comparisons || !values)
        return {};
    std::vector<Statement> parts;
    for (std::size_t i = 0; i < line->text.size(); ++i)
        parts.push_back(relation(static_cast<RelationOp>(line->text[i]), line->args[i], line->args[i + 1]));
    return {joined(Type::And, std::move(parts))};
}

// x = 2, x = 3: the same variable cannot be both, so the comma is an "or".
bool sameNameTwice(const std::vector<Statement>& parts)
{
    std::set<std::string> names;
    bool twice = false, all = true;
    for (const Statement& part : parts) {
        const bool value = part.type == Type::Relation && part.op == RelationOp::Equal &&
                           part.left->kind == Kind::Symbol && freeSymbols(part.right).empty();
        all = all && value;
        if (value)
            twice = !names.insert(part.left->text).second || twice;
    }
    return all && twice && names.size() == 1;
}

void collect(const Statement& statement, std::vector<const Statement*>& relations)
{
    if (statement.type == Type::Relation)
        relations.push_back(&statement);
    for (const Statement& part : statement.parts)
        collect(part, relations);
}

Truth relationHolds(const Statement& s, const Assignment& assignment, const Budget& budget)
{
    const Expr difference = substituted(subtract(s.left, s.right), assignment);
    // f(x) = x^2 may be what f means.
    if (!freeSymbols(difference).empty() || contains(difference, Kind::Apply))
        return Truth::Unknown;
    const auto yes = [](bool value) { return value ? Truth::Yes : Truth::No; };
    switch (constantSign(difference, budget)) {
    case Sign::Unknown: return Truth::Unknown;
    case Sign::NoValue: return Truth::No;
    case Sign::Zero:
        return yes(s.op == RelationOp::Equal || s.op == RelationOp::LessOrEqual || s.op == RelationOp::GreaterOrEqual);
    case Sign::Negative:
        return yes(s.op == RelationOp::NotEqual || s.op == RelationOp::Less || s.op == RelationOp::LessOrEqual);
    case Sign::Positive:
        return yes(s.op == RelationOp::NotEqual || s.op == RelationOp::Greater || s.op == RelationOp::GreaterOrEqual);
    }
    return Truth::Unknown;
}

} // namespace

RelationOp turned(RelationOp op)
{
    switch (op) {
    case RelationOp::Less: return RelationOp::Greater;
    case RelationOp::Greater: return RelationOp::Less;
    case RelationOp::LessOrEqual: return RelationOp::GreaterOrEqual;
    case RelationOp::GreaterOrEqual: return RelationOp::LessOrEqual;
    default: return op;
    }
}

std::vector<Statement> readStatement(const Expr& line)
{
    if (contains(line, Kind::PlusMinus) && line->kind == Kind::Relation) {
        const auto upper = readStatement(withSign(line, true)), lower = readStatement(withSign(line, false));
        if (upper.size() != 1 || lower.size() != 1)
            return {};
        return {joined(Type::Or, {upper[0], lower[0]})};
    }
    if (line->kind == Kind::Relation)
        return readRelation(line);
    if (line->kind != Kind::List)
        return {};
    std::vector<Statement> parts;
    for (const Expr& part : line->args) {
        std::vector<Statement> read = readStatement(part);
        if (read.size() != 1)
            return {};
        parts.push_back(std::move(read[0]));
    }
    if (line->text == "or" || sameNameTwice(parts))
        return {joined(Type::Or, std::move(parts))};
    std::vector<Statement> readings = {joined(Type::And, parts)};
    if (parts.size() == 2 && variablesOf(parts[0]) == variablesOf(parts[1]) && variablesOf(parts[0]).size() == 1)
        readings.push_back(joined(Type::Or, std::move(parts)));
    return readings;
}

Expr substituted(Expr expr, const Assignment& assignment)
{
    for (const auto& [name, value] : assignment)
        expr = substitute(expr, name, value);
    return expr;
}

Truth holdsAt(const Statement& statement, const Assignment& assignment, const Budget& budget)
{
    switch (statement.type) {
    case Type::True: return Truth::Yes;
    case Type::False: return Truth::No;
    case Type::Relation: return relationHolds(statement, assignment, budget);
    default: break;
    }
    const Truth decides = statement.type == Type::And ? Truth::No : Truth::Yes; // one such part settles it
    bool unsure = false;
    for (const Statement& part : statement.parts) {
        const Truth one = holdsAt(part, assignment, budget);
        if (one == decides)
            return decides;
        unsure = unsure || one == Truth::Unknown;
    }
    return unsure ? Truth::Unknown : decides == Truth::No ? Truth::Yes : Truth::No;
}

std::set<std::string> variablesOf(const Statement& statement)
{
    std::set<std::string> names;
    for (const Statement* one : relationsOf(statement)) {
        names.merge(freeSymbols(one->left));
        names.merge(freeSymbols(one->right));
    }
    return names;
}

std::vector<Expr> otherLogarithmBases() { return {constant("e"), integer(2)}; }

Expr withLogarithmBase(const Expr& e, const Expr& base)
{
    bool any = e->kind == Kind::Function && e->text == "log" && e->args.size() == 1;
    std::vector<Expr> args;
    if (any) {
        const Expr inside = withLogarithmBase(e->args[0], base);
        return function("log", {inside ? inside : e->args[0], base});
    }
    for (const Expr& arg : e->args) {
        const Expr changed = withLogarithmBase(arg, base);
        any = any || changed;
        args.push_back(changed ? changed : arg);
    }
    return any ? withArguments(*e, std::move(args)) : nullptr;
}

std::optional<Statement> withLogarithmBase(const Statement& s, const Expr& base)
{
    Statement result = s;
    bool any = false;
    for (Expr* side : {&result.left, &result.right})
        if (const Expr changed = *side ? withLogarithmBase(*side, base) : nullptr) {
            *side = changed;
            any = true;
        }
    for (Statement& part : result.parts)
        if (auto changed = withLogarithmBase(part, base)) {
            part = *std::move(changed);
            any = true;
        }
    return any ? std::optional(result) : std::nullopt;
}

std::vector<const Statement*> relationsOf(const Statement& statement)
{
    std::vector<const Statement*> relations;
    collect(statement, relations);
    return relations;
}

std::vector<Expr> namedConstants(const Statement& statement)
{
    std::vector<Expr> constants;
    for (const Statement* one : relationsOf(statement)) {
        if (one->left->kind == Kind::Symbol && freeSymbols(one->right).empty())
            constants.push_back(one->right);
        if (one->right->kind == Kind::Symbol && freeSymbols(one->left).empty())
            constants.push_back(one->left);
    }
    return constants;
}

} // namespace lemma::tutor
