#pragma once
// The state of one working while its lines are taken one after the other. Internal to working.h.
//
// working_progress.cpp reads lines and compares values; working_statements.cpp compares equations and inequalities.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tutor/working/named_functions.h"
#include "tutor/working/solutions.h"
#include "tutor/working/statement_traits.h"
#include "tutor/working/working.h"
#include "tutor/working/working_line.h"

namespace lemma::tutor {

class Working {
public:
    Working(const WorkingOptions& options, std::stop_token stop);

    // Whether the line that was taken last says more than that the ones before were right.
    bool wentOn() const { return m_wentOn; }

    // Both return the work that they took, in the units of Budget.
    long next(const std::string& text, LineCheck& check);

    long finish(LineCheck& last) const;

private:
    void take(const std::string& text, LineCheck& check, const Budget& budget);

    // The last line names a solution that came in on the way, or not every case.
    void checkEnd(LineCheck& last, const Budget& budget) const;

    ReadingOptions reading() const { return {m_options.commaIsDecimal}; }

    Statement assumed(const Statement& s) const { return m_assumed ? both(*m_assumed, s) : s; }

    // D = b^2 - 4ac beside an equation for x: a name that no line before has used.
    bool definesName(const WorkingLine& line) const;

    void define(WorkingLine line, LineCheck& check);

    // A line about a name that was defined goes on from its definition.
    void takeUpDefinition(const WorkingLine& line);

    static void unsure(LineCheck& check);

    static void refute(LineCheck& check, LineRelation relation, std::string counterexample);

    static void accept(LineCheck& check, LineRelation relation, std::string reason);

    // The verdict stands already: naming the mistake has work of its own.
    const Mistake* explained(const Expr& before, const Expr& after);

    // Two expressions of which the second was made from the first.
    void checkValues(const Expr& from, const Expr& to, LineCheck& check, const Budget& budget);

    // f'(x) = ...: each term is compared with the one before, the first with the derivative.
    void checkDerivative(const DerivativeLine& line, LineCheck& check, const Budget& budget);

    // 20/4 = 6 inside a line: numbers that are said to be equal and are not.
    bool chainIsWrong(const Expr& tree, LineCheck& check, const Budget& budget);

    void continuation(WorkingLine& line, LineCheck& check, const Budget& budget);

    void compare(const WorkingLine& line, LineCheck& check, const Budget& budget);

    // (x+3)^2 and then (x+3)^2 = x^2 + 9
    void expressionChain(const Expr& tree, LineCheck& check, const Budget& budget);

    void compareStatements(const WorkingLine& before, const WorkingLine& line, LineCheck& check, const Budget& budget);

    // Equations with several variables: a new equation of a system is no mistake.
    void compareInSystem(const Statement& from, const Statement& to, const SolutionComparison& comparison,
                         const WorkingLine& line, LineCheck& check, const Budget& budget);

    void judge(const Statement& from, const Statement& to, const SolutionComparison& comparison,
               const WorkingLine& line, LineCheck& check, const Budget& budget);

    // Not the same solutions, but what the letters stand for may allow it.
    static bool mayBeMeant(const Statement& from, const Statement& to, const SolutionComparison& comparison,
                           const Budget& budget);

    static bool losesOnlyNegative(const Statement& from, const Statement& to, const std::string& name,
                                  const Budget& budget);

    // One factor of a product, or one of several values, taken up by itself.
    bool isCase(const Statement& from, const Statement& to, const SolutionComparison& comparison, const Budget& budget);

    // Where solution sets are out of reach: the values that are named do solve the line before.
    static void checkBySubstitution(const Statement& from, const Statement& to, LineCheck& check, const Budget& budget);

    void remember(WorkingLine line);

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

} // namespace lemma::tutor
