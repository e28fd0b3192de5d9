#pragma once
// The grammar behind parseMath: a recursive descent, one function for each level of precedence, loosest first:
//
//     list        parts joined by , ; and or
//     relation    terms joined by = < <= ... (mod n)
//     setTerm     unions, intersections, differences
//     sum         terms joined by + - \pm
//     product     factors joined by * / : \mod or by nothing
//     factor      an atom with what stands behind it: powers, subscripts, !, ', %, units
//     atom        numbers, letters, brackets, functions, commands
//
// The first error sticks: from then on every look at the input sees its end, so that all loops stop by themselves.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tutor/math/expression.h"
#include "tutor/math/lexer.h"
#include "tutor/math/parser.h"

namespace lemma::tutor {

class Grammar {
public:
    Grammar(std::vector<Token> tokens, std::string_view source);

    ParseResult run();

private:
    // grammar.cpp: looking at the input
    void turnOutwardBrackets();
    const Token& peek(std::size_t ahead = 0) const;
    bool isSymbol(std::string_view text, std::size_t ahead = 0) const;
    bool isCommand(std::string_view text) const;
    bool takeSymbol(std::string_view text);
    bool takeCommand(std::string_view text);
    Token take();
    void expectSymbol(std::string_view text);
    Expr error(std::string message);
    bool failed() const { return m_failed; }
    Expr node(Kind kind, std::string text, std::vector<Expr> args, std::size_t begin, std::size_t columns = 0);
    std::size_t here() const { return peek().range.begin; }
    std::string_view sourceOf(SourceRange range) const { return m_source.substr(range.begin, range.end - range.begin); }

    // grammar_statement.cpp
    Expr list();
    Expr relation();
    Expr modulus(Expr left, std::size_t begin);
    Expr setTerm();
    Expr asSet(Expr operand, std::size_t first, std::size_t end) const;

    // grammar_product.cpp
    Expr sum();
    Expr product();
    Expr divisor(bool ofNumber);
    Expr signedFactor();
    Expr mixedOrProduct(std::vector<Expr> factors, std::size_t begin, bool explicitSign);
    bool startsFactor() const;
    bool stopsProduct() const;
    bool atTimesSign() const;
    Expr factor();
    Expr postfix(Expr base, std::size_t begin);
    Expr exponent();
    Expr subscripted(Expr base, std::size_t begin);
    Expr raised(Expr base, std::size_t begin);
    std::string rawGroup();

    // grammar_atom.cpp
    Expr atom();
    Expr letter();
    Expr name();
    Expr words();
    Expr symbolAtom();
    Expr bracket();
    Expr braces();
    Expr bars(std::string_view close);
    Expr functionCall(std::string name, std::size_t begin);
    std::vector<Expr> functionArguments(bool several);
    std::vector<Expr> parts(std::string_view close);

    // grammar_command.cpp
    Expr command();
    Expr argument();
    Expr fraction(std::size_t begin);
    Expr derivativeOf(const Expr& numerator, const Expr& denominator, std::size_t begin);
    Expr root(std::size_t begin);
    Expr accented(std::string accent, std::size_t begin);
    Expr enclosed(std::string function, std::string_view close, std::size_t begin);
    Expr environment(std::size_t begin);
    Expr rows(const std::string& environmentName, std::size_t begin);

    // grammar_operator.cpp
    Expr bigOperator(Kind kind, std::size_t begin);
    Expr bound();
    Expr integral(std::size_t begin);
    bool differentialInBrackets() const;
    Expr limit(std::size_t begin);
    Expr differential();
    bool atDifferential() const;

    std::vector<Token> m_tokens;
    std::string_view m_source;
    std::size_t m_at = 0;
    std::size_t m_lastEnd = 0;
    int m_depth = 0;
    int m_bars = 0;      // open | ... |: a bar closes instead of opening
    int m_integrals = 0; // open integrals: dx ends their body
    std::size_t m_nodes = 0;
    std::multiset<std::string> m_bound; // names of running variables: i is then not the imaginary unit
    bool m_failed = false;
    ParseError m_error;

    friend class DepthGuard;
};

// Counts a level of nesting, and fails the parse where there are too many.
class DepthGuard {
public:
    explicit DepthGuard(Grammar& grammar) : m_grammar(grammar)
    {
        constexpr int maximumDepth = 150;
        if (++grammar.m_depth > maximumDepth)
            grammar.error("this is nested too deeply");
    }
    ~DepthGuard() { --m_grammar.m_depth; }
    DepthGuard(const DepthGuard&) = delete;
    DepthGuard& operator=(const DepthGuard&) = delete;

private:
    Grammar& m_grammar;
};

} // namespace lemma::tutor
