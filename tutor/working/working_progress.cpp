#include "tutor/working/working_progress.h"

#include <utility>

#include "tutor/working/counterexample.h"
#include "tutor/working/mistakes/explain.h"
#include "tutor/working/rounding.h"
#include "tutor/working/statement_traits.h"
#include "tutor/working/values.h"

namespace lemma::tutor {
namespace {

using LineKind = WorkingLine::Kind;

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

} // namespace

Working::Working(const WorkingOptions& options, std::stop_token stop) : m_options(options), m_stop(std::move(stop))
{
    for (const std::string& text : options.assumptions)
        if (const WorkingLine line = readWorkingLine(text, reading()); line.readings.size() == 1)
            m_assumed = m_assumed ? both(*m_assumed, line.readings[0]) : line.readings[0];
}

long Working::next(const std::string& text, LineCheck& check)
{
    const Budget budget(m_options.workPerLine, m_stop);
    budget.spend(static_cast<long>(text.size() / 16) + 10); // reading
    m_explaining = 0;
    take(text, check, budget);
    return budget.used() + m_explaining;
}

long Working::finish(LineCheck& last) const
{
    const Budget budget(m_options.workPerLine, m_stop);
    checkEnd(last, budget);
    return budget.used();
}

void Working::take(const std::string& text, LineCheck& check, const Budget& budget)
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

void Working::checkEnd(LineCheck& last, const Budget& budget) const
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
                               : comparison.change == SolutionChange::Lost && !hasTrigonometry(*origin) &&
                                     !mayBeMeant(*origin, now, comparison, budget);
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

bool Working::definesName(const WorkingLine& line) const
{
    const bool named = line.tree && line.tree->kind == Kind::Relation && line.tree->text[0] == '=' &&
                       line.tree->args[0]->kind == Kind::Symbol;
    return named && m_previous && m_previous->kind == LineKind::Statement && line.readings.size() == 1 &&
           !m_names.contains(line.tree->args[0]->text) &&
           !freeSymbols(line.tree->args[1]).contains(line.tree->args[0]->text);
}

void Working::define(WorkingLine line, LineCheck& check)
{
    check.role = LineRole::Definition;
    check.reason = "definition";
    m_names.insert(line.tree->args[0]->text);
    m_system.push_back(line.readings[0]);
    m_definition = std::move(line);
}

void Working::takeUpDefinition(const WorkingLine& line)
{
    if (m_definition && line.tree && freeSymbols(line.tree).contains(m_definition->tree->args[0]->text))
        m_previous = std::move(m_definition);
    m_definition.reset();
}

void Working::unsure(LineCheck& check)
{
    check.verdict = LineVerdict::Unknown;
    check.relation = LineRelation::Unknown;
    check.reason = "undecided";
    check.mistake = nullptr;
    check.counterexample.clear();
}

void Working::refute(LineCheck& check, LineRelation relation, std::string counterexample)
{
    check.verdict = LineVerdict::Wrong;
    check.relation = relation;
    check.reason = "refuted";
    check.counterexample = std::move(counterexample);
}

void Working::accept(LineCheck& check, LineRelation relation, std::string reason)
{
    check.verdict = LineVerdict::Right;
    check.relation = relation;
    check.reason = std::move(reason);
}

const Mistake* Working::explained(const Expr& before, const Expr& after)
{
    const Budget budget(m_options.workPerLine, m_stop);
    const Mistake* mistake = explainMistake(before, after, budget);
    m_explaining += budget.used();
    return mistake;
}

void Working::checkValues(const Expr& from, const Expr& to, LineCheck& check, const Budget& budget)
{
    const Verdict verdict = compareValues(from, to, budget);
    if (verdict.equality == Equality::Equal)
        return accept(check, LineRelation::Equivalent, reasonOf(verdict));
    if (verdict.equality == Equality::Unknown) {
        check.reason = "undecided";
        return;
    }
    const bool constants = freeSymbols(from).empty() && freeSymbols(to).empty();
    if (constants && (hasDecimal(from) || hasDecimal(to)) && mayBeRounded(from, to, budget)) {
        check.reason = "rounded";
        return;
    }
    refute(check, LineRelation::Different,
           verdict.counterexample ? verdict.counterexample->text()
                                  : constantText(from, budget) + " and " + constantText(to, budget));
    check.mistake = explained(from, to);
}

void Working::checkDerivative(const DerivativeLine& line, LineCheck& check, const Budget& budget)
{
    Expr from = line.from;
    for (const Expr& to : line.to) {
        checkValues(from, to, check, budget);
        if (check.verdict != LineVerdict::Right)
            return;
        from = to;
    }
}

bool Working::chainIsWrong(const Expr& tree, LineCheck& check, const Budget& budget)
{
    if (!tree || tree->kind != Kind::Relation)
        return false;
    for (std::size_t i = 0; i < tree->text.size(); ++i) {
        const Expr &left = tree->args[i], &right = tree->args[i + 1];
        const bool claim = tree->text[i] == '=' && freeSymbols(left).empty() && freeSymbols(right).empty();
        if (!claim || (i == 0 && tree->args.size() == 2 && m_previous &&
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

void Working::continuation(WorkingLine& line, LineCheck& check, const Budget& budget)
{
    if (!m_previous || !m_previous->tree || line.kind == LineKind::NotRead)
        return;
    const bool chain = m_previous->tree->kind == Kind::Relation && m_previous->tree->text.back() == '=';
    const bool expression = m_previous->kind == LineKind::Expression;
    if (!chain && !expression)
        return;
    const Expr from = chain ? m_previous->tree->args.back() : m_previous->tree;
    // "= a = b": each term is compared with the one before it.
    const std::vector<Expr> terms = line.tree->kind == Kind::Relation ? line.tree->args : std::vector<Expr>{line.tree};
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

void Working::compare(const WorkingLine& line, LineCheck& check, const Budget& budget)
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

void Working::expressionChain(const Expr& tree, LineCheck& check, const Budget& budget)
{
    for (std::size_t i = 0; i < tree->text.size(); ++i) {
        checkValues(tree->args[i], tree->args[i + 1], check, budget);
        if (check.verdict != LineVerdict::Right)
            return;
    }
}

void Working::remember(WorkingLine line)
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

} // namespace lemma::tutor
