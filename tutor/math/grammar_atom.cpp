// Numbers, letters, names, brackets, function calls.
#include <utility>

#include "tutor/math/grammar.h"
#include "tutor/math/words.h"

namespace lemma::tutor {
namespace {

std::string_view closingOf(std::string_view open)
{
    return open == "(" ? ")" : open == "[" ? "]" : open == "{" ? "}" : "\\}";
}

} // namespace

Expr Grammar::atom()
{
    const DepthGuard guard(*this);
    const std::size_t begin = here();
    switch (peek().kind) {
    case TokenKind::Number: {
        std::string digits = take().text;
        return node(Kind::Number, std::move(digits), {}, begin);
    }
    case TokenKind::Letter: return letter();
    case TokenKind::Name: return name();
    case TokenKind::Words: return words();
    case TokenKind::Command: return command();
    case TokenKind::Symbol: return symbolAtom();
    default: return error("something is missing here");
    }
}

Expr Grammar::letter()
{
    const std::size_t begin = here();
    std::string text = take().text;
    const bool bound = m_bound.contains(text);
    const bool subscript = isSymbol("_");
    if (!bound && !subscript && (text == "e" || text == "i"))
        return node(Kind::Constant, std::move(text), {}, begin);
    std::string primes;
    while (takeSymbol("'"))
        primes += "'";
    const bool functionLetter = std::string_view("fghFGH").find(text[0]) != std::string_view::npos;
    if (isSymbol("_")) {
        take();
        text += "_" + rawGroup();
    }
    text += primes;
    if (functionLetter && isSymbol("(")) {
        take();
        std::vector<Expr> arguments = parts(")");
        return node(Kind::Apply, std::move(text), std::move(arguments), begin);
    }
    return node(Kind::Symbol, std::move(text), {}, begin);
}

Expr Grammar::name()
{
    const std::size_t begin = here();
    const std::string word = take().text;
    const bool called = isSymbol("(") || isSymbol("{") || isSymbol("[");
    if (const auto letterName = letterNamed(word); letterName && !(functionNamed(word) && called))
        return node(Kind::Symbol, std::string(*letterName), {}, begin);
    if (const auto constantName = constantNamed(word))
        return node(Kind::Constant, std::string(*constantName), {}, begin);
    return functionCall(std::string(functionNamed(word).value_or("")), begin);
}

Expr Grammar::words()
{
    const std::size_t begin = here();
    std::string text = take().text;
    while (peek().kind == TokenKind::Words)
        text += " " + take().text;
    return node(Kind::Text, std::move(text), {}, begin);
}

Expr Grammar::symbolAtom()
{
    const std::string& text = peek().text;
    if (text == "(" || text == "[" || text == "\\{")
        return bracket();
    if (text == "{")
        return braces();
    if (text == "|" && m_bars == 0) {
        take();
        return bars("|");
    }
    if (text == "|(") {
        take();
        return bars("|)");
    }
    return error("this was not expected here");
}

// What stands between brackets, up to the closing one, which is taken. A mismatched one ends it too: half-open
// intervals.
std::vector<Expr> Grammar::parts(std::string_view close)
{
    const int bars = std::exchange(m_bars, 0);
    const int integrals = std::exchange(m_integrals, 0);
    std::vector<Expr> result;
    if (!isSymbol(close)) {
        result.push_back(relation());
        while (peek().kind == TokenKind::Connective) {
            take();
            while (peek().kind == TokenKind::Connective)
                take();
            result.push_back(relation());
        }
    }
    m_bars = bars;
    m_integrals = integrals;
    if (close == ")" || close == "]") {
        if (!isSymbol(")") && !isSymbol("]"))
            error("a bracket is not closed here");
        else
            take();
    } else {
        expectSymbol(close);
    }
    return result;
}

Expr Grammar::bracket()
{
    const std::size_t begin = here();
    const std::string_view close = closingOf(peek().text);
    const char open = close == ")" ? '(' : '[';
    take();
    std::vector<Expr> inside = parts(close);
    if (failed())
        return makeNode(Kind::Text, "", {});
    if (close == "\\}")
        return inside.empty() ? node(Kind::Constant, "emptyset", {}, begin)
                              : node(Kind::Set, "", std::move(inside), begin);
    if (inside.empty())
        return error("nothing stands between these brackets");
    const std::string closed = m_tokens[m_at - 1].text; // the bracket that parts() has taken
    if (inside.size() > 1)
        return node(Kind::Bracket, std::string(1, open) + closed, std::move(inside), begin);
    if (closed != close)
        return error("these brackets do not match");
    const Node& only = *inside[0];
    // The same node, with the brackets in its range.
    return makeNode(only.kind, only.text, only.args, {begin, m_lastEnd}, only.columns);
}

// {x} groups; {1,2} is the set that somebody forgot to escape.
Expr Grammar::braces()
{
    const std::size_t begin = here();
    take();
    const std::size_t inner = here();
    const int bars = std::exchange(m_bars, 0);
    Expr content = isSymbol("}") ? error("nothing stands between these braces") : list();
    m_bars = bars;
    if (takeCommand("choose")) {
        Expr lower = list();
        content = node(Kind::Function, "binomial", {std::move(content), std::move(lower)}, inner);
    }
    expectSymbol("}");
    if (!failed() && content->kind == Kind::List)
        return node(Kind::Set, "", content->args, begin);
    return content;
}

Expr Grammar::bars(std::string_view close)
{
    const std::size_t begin = m_lastEnd - 1;
    const int outer = std::exchange(m_bars, close == "|" ? 1 : 0);
    Expr content = sum();
    m_bars = outer;
    expectSymbol(close);
    return node(Kind::Function, "abs", {std::move(content)}, begin);
}

// \sin x, \sin(x), \sin^2 x, \log_2 x, \max(a, b), sqrt(x), sqrt x
Expr Grammar::functionCall(std::string name, std::size_t begin)
{
    Expr base, exponentTree;
    for (int i = 0; i < 2; ++i) {
        if (isSymbol("_") && !base) {
            take();
            base = isSymbol("{") ? argument() : atom();
        }
        if (isSymbol("^") && !exponentTree) {
            take();
            exponentTree = exponent();
        }
    }
    static const std::set<std::string_view> several = {"gcd", "lcm", "max", "min", "binomial", "mod", "log"};
    std::vector<Expr> arguments = functionArguments(several.contains(name));
    if (!failed() && (name == "mod" || name == "binomial") && arguments.size() != 2)
        error("this function needs two arguments");
    if (failed())
        return makeNode(Kind::Text, "", {});
    if (base && (name == "log" || name == "ln"))
        arguments = {arguments[0], base}, name = "log";
    if (name == "log10" || name == "log2")
        arguments.push_back(integer(name == "log2" ? 2 : 10)), name = "log";
    const bool inverse = exponentTree && exponentTree->kind == Kind::Negate &&
                         exponentTree->args[0]->kind == Kind::Number && exponentTree->args[0]->text == "1" &&
                         functionNamed("a" + name);
    if (inverse)
        return node(Kind::Function, std::string(*functionNamed("a" + name)), std::move(arguments), begin);
    Expr call;
    if (name == "sqrt" || name == "cbrt")
        call = node(Kind::Root, "", {arguments[0], integer(name == "sqrt" ? 2 : 3)}, begin);
    else if (name == "exp")
        call = node(Kind::Power, "", {constant("e"), arguments[0]}, begin);
    else
        call = node(Kind::Function, std::move(name), std::move(arguments), begin);
    return exponentTree ? node(Kind::Power, "", {std::move(call), std::move(exponentTree)}, begin) : call;
}

std::vector<Expr> Grammar::functionArguments(bool several)
{
    const std::size_t begin = here();
    if (isSymbol("(") || isSymbol("[") || (isSymbol("{") && !several) || isSymbol("\\{")) {
        const std::string_view close = closingOf(peek().text);
        take();
        std::vector<Expr> arguments = parts(close);
        if (arguments.empty() || (arguments.size() > 1 && !several))
            return {error("a function needs its argument here")};
        return arguments;
    }
    if (isSymbol("{"))
        return {argument()};
    if (!startsFactor() && peek().kind != TokenKind::Number)
        return {isSymbol("-") ? signedFactor() : error("a function needs its argument here")};
    // \sin 2x is the sine of the product, \sin x \cos y a product of two functions.
    std::vector<Expr> factors = {factor()};
    const auto continues = [&] {
        const bool functionFollows =
            peek().kind == TokenKind::Name && functionNamed(peek().text) && !letterNamed(peek().text);
        const bool bracketFollows = isSymbol("(") || isSymbol("[") || isSymbol("\\{") || isSymbol("|");
        return startsFactor() && !functionFollows && !bracketFollows;
    };
    while (!failed() && continues())
        factors.push_back(factor());
    return {factors.size() == 1 ? factors[0] : mixedOrProduct(std::move(factors), begin, false)};
}

} // namespace lemma::tutor
