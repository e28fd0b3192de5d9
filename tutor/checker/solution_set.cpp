#include "tutor/checker/solution_set.h"

#include <algorithm>
#include <utility>

#include "tutor/checker/statement.h"
#include "tutor/math/parser.h"
#include "tutor/math/print.h"
#include "tutor/solver/solve.h"

namespace lemma::tutor {
namespace {

bool isOrderOrEquation(char sign) { return std::string_view("=!<>lg").find(sign) != std::string_view::npos; }

char mirrored(char sign)
{
    return sign == '<' ? '>' : sign == '>' ? '<' : sign == 'l' ? 'g' : sign == 'g' ? 'l' : sign;
}

bool isConstant(const Expr& e) { return freeSymbols(e).empty() && !contains(e, Kind::Apply); }

std::optional<RealSet> allBeside(char sign, const Expr& value, const Budget& budget)
{
    const Expr set = sign == '<'   ? makeNode(Kind::Bracket, "()", {negate(constant("infinity")), value})
                     : sign == 'l' ? makeNode(Kind::Bracket, "(]", {negate(constant("infinity")), value})
                     : sign == '>' ? makeNode(Kind::Bracket, "()", {value, constant("infinity")})
                     : sign == 'g' ? makeNode(Kind::Bracket, "[)", {value, constant("infinity")})
                                   : makeNode(Kind::Set, "", {value});
    auto result = realSetOf(set, budget);
    return result && sign == '!' ? std::optional(result->complement()) : result;
}

// The unknown of one link: a name on one side and a number on the other, or the only variable.
class Reader {
public:
    Reader(const Assumptions& assumptions, const Budget& budget) : m_assumptions(assumptions), m_budget(budget) {}

    std::optional<RealSet> read(const Expr& e)
    {
        if (e->kind == Kind::Relation)
            return chain(e);
        if (e->kind == Kind::List)
            return list(e);
        return realSetOf(e, m_budget);
    }
    const std::string& unknown() const { return m_unknown; }

    std::optional<RealSet> assumed()
    {
        RealSet all = RealSet::everything();
        for (const std::string& condition : m_assumptions.conditions()) {
            const ParseResult tree = parseMath(condition);
            if (!tree || !freeSymbols(*tree).contains(m_unknown))
                continue;
            const auto one = read(*tree);
            const auto both = one ? all.intersectedWith(*one, m_budget) : std::nullopt;
            if (!both)
                return std::nullopt;
            all = *both;
        }
        return all;
    }

private:
    bool sameUnknown(const Expr& name)
    {
        const std::string text = toPlain(name);
        if (m_unknown.empty())
            m_unknown = text;
        return m_unknown == text;
    }

    std::optional<RealSet> chain(const Expr& e)
    {
        std::optional<RealSet> all = RealSet::everything();
        for (std::size_t i = 0; i + 1 < e->args.size() && all; ++i) {
            const auto one = link(e->args[i], e->text[i], e->args[i + 1]);
            all = one ? all->intersectedWith(*one, m_budget) : std::nullopt;
        }
        return all;
    }

    std::optional<RealSet> link(const Expr& left, char sign, const Expr& right)
    {
        if (sign == 'e' || sign == 'n') {
            auto set = isQuantityName(left) && sameUnknown(left) ? realSetOf(right, m_budget) : std::nullopt;
            return set && sign == 'n' ? std::optional(set->complement()) : set;
        }
        if (!isOrderOrEquation(sign))
            return std::nullopt;
        if (isQuantityName(left) && isConstant(right))
            return sameUnknown(left) ? allBeside(sign, right, m_budget) : std::nullopt;
        if (isQuantityName(right) && isConstant(left))
            return sameUnknown(right) ? allBeside(mirrored(sign), left, m_budget) : std::nullopt;
        const Expr relation = makeNode(Kind::Relation, std::string(1, sign), {left, right});
        const std::set<std::string> names = freeSymbols(relation);
        if (names.size() != 1 || containsConstant(relation, "i") || !sameUnknown(symbol(*names.begin())))
            return std::nullopt;
        SolveOptions how;
        how.variable = *names.begin();
        const Solution solution = solve(relation, how, m_budget);
        return solution.solved && solution.set ? realSetOf(solution.set, m_budget) : std::nullopt;
    }

    // "x = 1 or x = 2", "x = 1, x = 2" and "(1, 2), (3, 4)" are alternatives; "x > 1, x < 3" holds at once, unless
    // nothing could.
    std::optional<RealSet> list(const Expr& e)
    {
        RealSet either = RealSet::none(), both = RealSet::everything();
        bool equations = true;
        for (const Expr& part : e->args) {
            equations = equations && (part->kind != Kind::Relation || part->text == "=");
            const auto one = read(part);
            const auto more = one ? either.unitedWith(*one, m_budget) : std::nullopt;
            const auto less = one ? both.intersectedWith(*one, m_budget) : std::nullopt;
            if (!more || !less)
                return std::nullopt;
            either = *more;
            both = *less;
        }
        return equations || e->text == "or" || both.empty() ? either : both;
    }

    const Assumptions& m_assumptions;
    const Budget& m_budget;
    std::string m_unknown;
};

} // namespace

std::optional<SolutionSet> solutionSet(const Expr& e, const Assumptions& assumptions, const Budget& budget)
{
    Reader reader(assumptions, budget);
    auto set = reader.read(e);
    if (!set)
        return std::nullopt;
    if (!assumptions.empty() && !reader.unknown().empty()) {
        const auto assumed = reader.assumed();
        set = assumed ? set->intersectedWith(*assumed, budget) : std::nullopt;
        if (!set)
            return std::nullopt;
    }
    return SolutionSet{reader.unknown(), *std::move(set)};
}

Verdict compareSolutionSets(const SolutionSet& gold, const SolutionSet& answer, const Budget& budget)
{
    if (!gold.unknown.empty() && !answer.unknown.empty() && gold.unknown != answer.unknown)
        return unknownBecause(ReasonKind::Undecided);
    switch (gold.set.compare(answer.set, budget)) {
    case Truth::Yes: return equalBecause(ReasonKind::Exact);
    case Truth::Unknown: return unknownBecause(ReasonKind::Undecided);
    case Truth::No: break;
    }
    Verdict verdict = differentBecause(ReasonKind::Value);
    const std::string name = !gold.unknown.empty() ? gold.unknown : !answer.unknown.empty() ? answer.unknown : "x";
    for (const bool inGold : {true, false}) {
        const RealSet outside = (inGold ? answer : gold).set.complement();
        const auto only = (inGold ? gold : answer).set.intersectedWith(outside, budget);
        const auto number = only ? only->member(budget) : std::nullopt;
        if (!number)
            continue;
        verdict = differentBecause(ReasonKind::Counterexample);
        verdict.counterexample =
            Counterexample{{{name, toPlain(*number)}}, inGold ? "true" : "false", inGold ? "false" : "true"};
        break;
    }
    return verdict;
}

} // namespace lemma::tutor
