#include "tutor/working/working.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "tutor/math/exact_memory.h"
#include "tutor/working/counterexample.h"
#include "tutor/working/mistakes/explain.h"
#include "tutor/working/named_functions.h"
#include "tutor/working/solution_points.h"
#include "tutor/working/statement_traits.h"
#include "tutor/working/system_steps.h"
#include "tutor/working/values.h"
#include "tutor/working/working_line.h"

namespace lemma::tutor {
namespace {

using LineKind = WorkingLine::Kind;
using Type = Statement::Type;

// Values that are found at once stand in the verdict's own words.
std::string reasonOf(const Verdict& verdict)
{
    return verdict.equality == Equality::Different ? "refuted" : std::string(reasonName(verdict.reason));
}

bool isTrue(const WorkingLine& line, const Budget& budget)
{
    return line.tree && line.readings.size() == 1 && freeSymbols(line.tree).empty() &&
           holdsAt(line.readings[0], {}, budget) == Truth::Yes;
}

class Working {
public:
    Working(const WorkingOptions& options, std::stop_token stop) : m_options(options), m_stop(std::move(stop))
    {
        for (const std::string& text : options.assumptions)
            if (const WorkingLine line = readWorkingLine(text, reading()); line.readings.size() == 1)
                m_assumed = m_assumed ? both(*m_assumed, line.readings[0]) : line.readings[0];
    }

    // Whether the line that was taken last says more than that the ones before were right.
    bool wentOn() const { return m_wentOn; }

    // Both return the work that they took, in the units of Budget.
    long next(const std::string& text, LineCheck& check)
    {
        const Budget budget(m_options.workPerLine, m_stop);
        budget.spend(static_cast<long>(text.size() / 16) + 10); // reading
        m_explaining = 0;
        take(text, check, budget);
        return budget.used() + m_explaining;
    }

    long finish(LineCheck& last) const
    {
        const Budget budget(m_options.workPerLine, m_stop);
        checkEnd(last, budget);
        return budget.used();
    }

private:
    void take(const std::string& text, LineCheck& check, const Budget& budget)
    {
        m_wentOn = false;
        WorkingLine line = readWorkingLine(text, reading());
        if (line.kind == LineKind::NotRead) {
            check.relation = LineRelation::NotRead;
            check.reason = "not-read";
            m_unread = m_previous.has_value();
            return;
        }
        if (m_previous && isTrue(line, budget)) { // "check: 3*5 + 5 = 20" takes nothing further
            accept(check, LineRelation::Follows, "exact");
            return;
        }
        const auto derivative = m_functions.derivativeLine(line.tree);
        m_functions.remember(line.tree);
        if (line.continues)
            continuation(line, check, budget);
        else if (derivative)
            checkDerivative(*derivative, check, budget);
        else if (!chainIsWrong(line.tree, check, budget)) {
            if (definesName(line)) {
                define(std::move(line), check);
                return;
            }
            takeUpDefinition(line);
            compare(line, check, budget);
        }
        if (check.verdict == LineVerdict::Wrong && m_unread && line.kind == LineKind::Statement)
            unsure(check); // what was not read may have said something that makes it right
        if (check.verdict == LineVerdict::Wrong)
            m_system.clear(), m_anchor.reset(), m_cases.reset(), m_covered.reset();
        m_unread = false;
        m_wentOn = true;
        remember(std::move(line));
    }

    // The last line names a solution that came in on the way, or not every case.
    void checkEnd(LineCheck& last, const Budget& budget) const
    {
        if (last.verdict == LineVerdict::Wrong || !m_previous || m_previous->readings.size() != 1)
            return;
        const Statement now = m_covered ? *m_covered : m_previous->readings[0];
        if (!isSolved(now))
            return;
        for (const auto& [origin, id] : {std::pair(m_anchor, "extraneous-solution"), {m_cases, "solution-missing"}}) {
            if (!origin)
                continue;
            const SolutionComparison comparison = compareSolutions(*origin, now, budget);
            const bool wrong = id == std::string_view("extraneous-solution")
                                   ? comparison.gained.has_value()
                                   : comparison.change == SolutionChange::Lost && !hasTrigonometry(*origin);
            if (!wrong)
                continue;
            last.verdict = LineVerdict::Wrong;
            last.relation = comparison.gained ? LineRelation::Gained : LineRelation::Lost;
            last.reason = "refuted";
            last.mistake = &mistakeById(id);
            last.counterexample = counterexampleText(*origin, now, comparison, budget);
            return;
        }
    }

    ReadingOptions reading() const { return {m_options.commaIsDecimal}; }

    Statement assumed(const Statement& s) const { return m_assumed ? both(*m_assumed, s) : s; }

    // D = b^2 - 4ac beside an equation for x: a name that no line before has used.
    bool definesName(const WorkingLine& line) const
    {
        const bool named = line.tree && line.tree->kind == Kind::Relation && line.tree->text[0] == '=' &&
                           line.tree->args[0]->kind == Kind::Symbol;
        return named && m_previous && m_previous->kind == LineKind::Statement && line.readings.size() == 1 &&
               !m_names.contains(line.tree->args[0]->text) &&
               !freeSymbols(line.tree->args[1]).contains(line.tree->args[0]->text);
    }

    void define(WorkingLine line, LineCheck& check)
    {
        check.role = LineRole::Definition;
        check.reason = "definition";
        m_names.insert(line.tree->args[0]->text);
        m_system.push_back(line.readings[0]);
        m_definition = std::move(line);
    }

    // A line about a name that was defined goes on from its definition.
    void takeUpDefinition(const WorkingLine& line)
    {
        if (m_definition && line.tree && freeSymbols(line.tree).contains(m_definition->tree->args[0]->text))
            m_previous = std::move(m_definition);
        m_definition.reset();
    }

    static void unsure(LineCheck& check)
    {
        check.verdict = LineVerdict::Unknown;
        check.relation = LineRelation::Unknown;
        check.reason = "undecided";
        check.mistake = nullptr;
        check.counterexample.clear();
    }

    static void refute(LineCheck& check, LineRelation relation, std::string counterexample)
    {
        check.verdict = LineVerdict::Wrong;
        check.relation = relation;
        check.reason = "refuted";
        check.counterexample = std::move(counterexample);
    }

    static void accept(LineCheck& check, LineRelation relation, std::string reason)
    {
        check.verdict = LineVerdict::Right;
        check.relation = relation;
        check.reason = std::move(reason);
    }

    // The verdict stands already: naming the mistake has work of its own.
    const Mistake* explained(const Expr& before, const Expr& after)
    {
        const Budget budget(m_options.workPerLine, m_stop);
        const Mistake* mistake = explainMistake(before, after, budget);
        m_explaining += budget.used();
        return mistake;
    }

    // Two expressions of which the second was made from the first.
    void checkValues(const Expr& from, const Expr& to, LineCheck& check, const Budget& budget)
    {
        const Verdict verdict = compareValues(from, to, budget);
        if (verdict.equality == Equality::Equal)
            return accept(check, LineRelation::Equivalent, reasonOf(verdict));
        if (verdict.equality == Equality::Unknown) {
            check.reason = "undecided";
            return;
        }
        refute(check, LineRelation::Different,
               verdict.counterexample ? verdict.counterexample->text()
                                      : constantText(from, budget) + " and " + constantText(to, budget));
        check.mistake = explained(from, to);
    }

    // f'(x) = ...: each term is compared with the one before, the first with the derivative.
    void checkDerivative(const DerivativeLine& line, LineCheck& check, const Budget& budget)
    {
        Expr from = line.from;
        for (const Expr& to : line.to) {
            checkValues(from, to, check, budget);
            if (check.verdict != LineVerdict::Right)
                return;
            from = to;
        }
    }

    // 20/4 = 6 inside a line: numbers that are said to be equal and are not.
    bool chainIsWrong(const Expr& tree, LineCheck& check, const Budget& budget)
    {
        if (!tree || tree->kind != Kind::Relation)
            return false;
        for (std::size_t i = 0; i < tree->text.size(); ++i) {
            const Expr &left = tree->args[i], &right = tree->args[i + 1];
            const bool claim = tree->text[i] == '=' && freeSymbols(left).empty() && freeSymbols(right).empty();
            if (!claim ||
                (i == 0 && tree->args.size() == 2 && m_previous &&
                 m_previous->kind == LineKind::Statement)) // 0 = 5 may follow from an equation without solution
                continue;
            LineCheck one;
            checkValues(left, right, one, budget);
            if (one.verdict == LineVerdict::Wrong) {
                check = one;
                return true;
            }
        }
        return false;
    }

    void continuation(WorkingLine& line, LineCheck& check, const Budget& budget)
    {
        if (!m_previous || !m_previous->tree || line.kind == LineKind::NotRead)
            return;
        const bool chain = m_previous->tree->kind == Kind::Relation && m_previous->tree->text.back() == '=';
        const bool expression = m_previous->kind == LineKind::Expression;
        if (!chain && !expression)
            return;
        const Expr from = chain ? m_previous->tree->args.back() : m_previous->tree;
        // "= a = b": each term is compared with the one before it.
        const std::vector<Expr> terms =
            line.tree->kind == Kind::Relation ? line.tree->args : std::vector<Expr>{line.tree};
        Expr last = from;
        for (const Expr& term : terms) {
            checkValues(last, term, check, budget);
            if (check.verdict != LineVerdict::Right)
                break;
            last = term;
        }
        line.tree = terms.back();
        line.kind = LineKind::Expression;
        line.readings.clear();
        if (chain) { // y = 2x + 3 + 4, = 2x + 7: the line says y = 2x + 7
            line.tree = makeNode(Kind::Relation, "=", {m_previous->tree->args[0], terms.back()});
            line.readings = readStatement(line.tree);
            line.kind = LineKind::Statement;
        }
    }

    void compare(const WorkingLine& line, LineCheck& check, const Budget& budget)
    {
        if (!m_previous) {
            check.relation = LineRelation::First;
            check.role = line.kind == LineKind::Statement ? LineRole::Condition : LineRole::Claim;
            check.reason = "first";
            const bool arithmetic = line.tree && line.tree->kind == Kind::Relation && freeSymbols(line.tree).empty();
            if (arithmetic && holdsAt(line.readings[0], {}, budget) == Truth::Yes)
                accept(check, LineRelation::First, "exact");
            return;
        }
        const WorkingLine& before = *m_previous;
        if (before.kind == LineKind::Expression && line.kind == LineKind::Expression)
            return checkValues(before.tree, line.tree, check, budget);
        if (before.kind == LineKind::Expression && line.tree && line.tree->kind == Kind::Relation &&
            sameValue(before.tree, line.tree->args[0], budget))
            return expressionChain(line.tree, check, budget);
        if (before.kind != LineKind::Statement || line.kind != LineKind::Statement) {
            check.reason = "undecided";
            return;
        }
        compareStatements(before, line, check, budget);
    }

    // (x+3)^2 and then (x+3)^2 = x^2 + 9
    void expressionChain(const Expr& tree, LineCheck& check, const Budget& budget)
    {
        for (std::size_t i = 0; i < tree->text.size(); ++i) {
            checkValues(tree->args[i], tree->args[i + 1], check, budget);
            if (check.verdict != LineVerdict::Right)
                return;
        }
    }

    void compareStatements(const WorkingLine& before, const WorkingLine& line, LineCheck& check, const Budget& budget)
    {
        std::optional<std::pair<SolutionComparison, std::pair<Statement, Statement>>> first;
        for (const Statement& from : before.readings)
            for (const Statement& to : line.readings) {
                const SolutionComparison one = compareSolutions(assumed(from), assumed(to), budget);
                if (one.change == SolutionChange::Same) {
                    accept(check, LineRelation::Equivalent, one.reason);
                    return;
                }
                if (!first || one.change == SolutionChange::Unknown)
                    first = {one, {from, to}};
            }
        const auto& [comparison, statements] = *first;
        const auto& [from, to] = statements;
        if (variablesOf(from).size() > 1 || variablesOf(to).size() > 1 ||
            variablesOf(Statement{Type::And, RelationOp::Equal, {}, {}, m_system}).size() > 1)
            return compareInSystem(from, to, comparison, line, check, budget);
        judge(from, to, comparison, line, check, budget);
    }

    // Equations with several variables: a new equation of a system is no mistake.
    void compareInSystem(const Statement& from, const Statement& to, const SolutionComparison& comparison,
                         const WorkingLine& line, LineCheck& check, const Budget& budget)
    {
        Statement all = {Type::And, RelationOp::Equal, {}, {}, m_system};
        const auto unique = m_system.size() == 1 ? linearSolution(m_system[0], budget) : linearSolution(all, budget);
        if (unique && !std::any_of(line.readings.begin(), line.readings.end(),
                                   [&](const Statement& one) { return holdsAt(one, *unique, budget) != Truth::No; })) {
            SolutionComparison shown;
            shown.lost = *unique;
            refute(check, LineRelation::Different, counterexampleText(all, to, shown, budget));
            for (const Expr& step : systemSteps(m_system, budget))
                if (line.tree && check.mistake == nullptr && freeSymbols(step) == freeSymbols(line.tree))
                    check.mistake = explained(step, line.tree);
            return;
        }
        if (unique && holdsAt(to, *unique, budget) == Truth::Yes)
            return accept(check, LineRelation::Follows, "substitution");
        check.reason = "undecided";
        const bool proved = comparison.lost || comparison.gained;
        const bool sameVariables = variablesOf(from) == variablesOf(to);
        const bool newEquation = isStandardForm(from) && isStandardForm(to);
        if (!proved || !sameVariables || newEquation || m_system.size() > 1 || !line.tree || !m_previous->tree)
            return;
        // Without a mistake that explains it, it may as well be a fact from outside.
        if (const Mistake* mistake = explained(m_previous->tree, line.tree)) {
            refute(check, LineRelation::Different, counterexampleText(from, to, comparison, budget));
            check.mistake = mistake;
        }
    }

    void judge(const Statement& from, const Statement& to, const SolutionComparison& comparison,
               const WorkingLine& line, LineCheck& check, const Budget& budget)
    {
        if (comparison.change == SolutionChange::Unknown)
            return checkBySubstitution(from, to, check, budget);
        if (m_anchor && compareSolutions(assumed(*m_anchor), assumed(to), budget).change == SolutionChange::Same) {
            m_anchor.reset();
            return accept(check, LineRelation::Equivalent, "exact");
        }
        if (isCase(from, to, comparison, budget))
            return accept(check, LineRelation::Follows, "exact");
        if (comparison.change == SolutionChange::Gained && !isSolved(to) &&
            (mayAddSolutions(from) || isSquare(from, to, budget))) {
            if (!m_anchor)
                m_anchor = from;
            return accept(check, LineRelation::Gained, "exact");
        }
        const bool trigonometry = hasTrigonometry(from) || hasTrigonometry(to);
        if (trigonometry && (comparison.change == SolutionChange::Lost || isSolved(to))) {
            // Neither the interval in which solutions are looked for nor the unit of the angle is known here.
            check.reason = "undecided";
            return;
        }
        const LineRelation relation = comparison.change == SolutionChange::Lost     ? LineRelation::Lost
                                      : comparison.change == SolutionChange::Gained ? LineRelation::Gained
                                                                                    : LineRelation::Different;
        refute(check, relation, counterexampleText(from, to, comparison, budget));
        if (m_previous->tree && line.tree)
            check.mistake = explained(m_previous->tree, line.tree);
        if (check.mistake == nullptr && comparison.change == SolutionChange::Gained && mayAddSolutions(from))
            check.mistake = &mistakeById("extraneous-solution");
        if (check.mistake == nullptr && comparison.change == SolutionChange::Lost && isSolved(to))
            check.mistake = &mistakeById("solution-missing");
    }

    // One factor of a product, or one of several values, taken up by itself.
    bool isCase(const Statement& from, const Statement& to, const SolutionComparison& comparison, const Budget& budget)
    {
        const bool begins = comparison.change == SolutionChange::Lost && isFactorOf(from, to, budget);
        if (begins && !m_cases) {
            m_cases = from;
            m_covered = to;
            return true;
        }
        if (!m_cases)
            return false;
        const SolutionComparison whole = compareSolutions(*m_cases, to, budget);
        if (whole.change == SolutionChange::Same) {
            m_cases.reset();
            m_covered.reset();
            return true;
        }
        if (whole.change != SolutionChange::Lost || whole.noneAfter)
            return false;
        m_covered = Statement{Type::Or, RelationOp::Equal, {}, {}, {*m_covered, to}};
        return true;
    }

    // Where solution sets are out of reach: the values that are named do solve the line before.
    static void checkBySubstitution(const Statement& from, const Statement& to, LineCheck& check, const Budget& budget)
    {
        check.reason = "undecided";
        const std::set<std::string> names = variablesOf(to);
        if (!isSolved(to) || names.size() != 1 || hasTrigonometry(from))
            return;
        for (const Expr& value : namedConstants(to))
            if (holdsAt(from, {{*names.begin(), value}}, budget) != Truth::Yes)
                return;
        accept(check, LineRelation::Follows, "substitution");
    }

    void remember(WorkingLine line)
    {
        if (line.tree)
            m_names.merge(freeSymbols(line.tree));
        if (line.kind == LineKind::Statement && line.readings.size() == 1)
            m_system.push_back(line.readings[0]);
        // An expression chain goes on with its last term.
        const bool chain = m_previous && m_previous->kind == LineKind::Expression && line.tree &&
                           line.tree->kind == Kind::Relation && line.kind == LineKind::Statement;
        if (chain) {
            line.tree = line.tree->args.back();
            line.kind = LineKind::Expression;
        }
        m_previous = std::move(line);
    }

    const WorkingOptions& m_options;
    std::stop_token m_stop;
    std::optional<Statement> m_assumed;
    std::optional<WorkingLine> m_previous;
    NamedFunctions m_functions;
    std::optional<WorkingLine> m_definition; // of a name, beside the lines that follow from each other
    std::set<std::string> m_names;           // that occur in the lines so far
    long m_explaining = 0;                   // work on the name of the present line's mistake
    bool m_wentOn = false;
    bool m_unread = false;              // the last line was not read
    std::optional<Statement> m_anchor;  // before solutions may have come in
    std::optional<Statement> m_cases;   // what is being split into cases
    std::optional<Statement> m_covered; // the cases so far
    std::vector<Statement> m_system;    // what the lines have said since the beginning or the last mistake
};

} // namespace

std::vector<LineCheck> checkWorking(const std::vector<std::string>& lines, const WorkingOptions& options,
                                    std::stop_token stop)
{
    releaseExactMemoryAtThreadEnd();
    const long allowance = std::chrono::duration_cast<std::chrono::microseconds>(options.workInAll).count();
    std::vector<LineCheck> checks;
    std::optional<Working> working;
    long used = 0;
    std::size_t last = 0; // the last line that was not only a check
    const auto finish = [&] {
        if (working && last < checks.size() && used < allowance)
            used += working->finish(checks[last]);
        working.reset();
    };
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].find_first_not_of(" \t\r") == std::string::npos) {
            finish();
            continue;
        }
        if (!working)
            working.emplace(options, stop);
        LineCheck check;
        if (used < allowance && !stop.stop_requested())
            used += working->next(lines[i], check);
        else
            check.reason = "too-much";
        check.text = lines[i];
        check.line = i + 1;
        if (working->wentOn())
            last = checks.size();
        checks.push_back(std::move(check));
    }
    finish();
    return checks;
}

const char* lineRelationName(LineRelation relation)
{
    switch (relation) {
    case LineRelation::First: return "first";
    case LineRelation::Equivalent: return "equivalent";
    case LineRelation::Follows: return "follows";
    case LineRelation::Lost: return "lost";
    case LineRelation::Gained: return "gained";
    case LineRelation::Different: return "different";
    case LineRelation::Unknown: return "unknown";
    case LineRelation::NotRead: return "not-read";
    }
    return "unknown";
}

} // namespace lemma::tutor
