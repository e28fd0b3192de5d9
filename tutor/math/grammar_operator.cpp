// Operators that bind a variable: sums, products, integrals, limits.
#include <utility>

#include "tutor/math/grammar.h"
#include "tutor/math/words.h"

namespace lemma::tutor {

// \sum_{k=1}^{n} body. A letter that runs is a variable, also i and e.
Expr Grammar::bigOperator(Kind kind, std::size_t begin)
{
    Expr variable, from, to;
    for (int i = 0; i < 2; ++i) {
        if (!variable && takeSymbol("_")) {
            expectSymbol("{");
            const std::string name = take().text;
            variable = node(Kind::Symbol, name, {}, begin);
            if (peek().kind != TokenKind::Relation || peek().text != "=")
                return error("expected = and a first value");
            take();
            from = sum();
            expectSymbol("}");
        }
        if (!to && takeSymbol("^"))
            to = bound();
    }
    if (!variable || !to)
        return error("the bounds are missing here");
    const auto bound = m_bound.insert(variable->text);
    Expr body = product();
    m_bound.erase(bound);
    return node(kind, "", {std::move(body), variable, from, to}, begin);
}

// One bound of an operator; a power sign behind it belongs to the other bound.
Expr Grammar::bound()
{
    const std::size_t begin = here();
    if (isSymbol("{"))
        return argument();
    if (!takeSymbol("-"))
        return atom();
    Expr inner = atom();
    return node(Kind::Negate, "", {std::move(inner)}, begin);
}

// d and a letter written together.
bool Grammar::atDifferential() const
{
    const bool d = peek().kind == TokenKind::Letter && peek().text == "d";
    const bool letterFollows =
        peek(1).kind == TokenKind::Letter || (peek(1).kind == TokenKind::Name && letterNamed(peek(1).text));
    return d && letterFollows;
}

Expr Grammar::differential()
{
    const std::size_t begin = here();
    if (!atDifferential())
        return error("expected the variable of integration (dx)");
    take();
    const Token token = take();
    std::string name = token.kind == TokenKind::Name ? std::string(letterNamed(token.text).value_or("")) : token.text;
    return node(Kind::Symbol, std::move(name), {}, begin);
}

// \int (x dx), \int {x dx}: brackets around body and differential.
bool Grammar::differentialInBrackets() const
{
    const auto opens = [](std::string_view text) { return text == "(" || text == "[" || text == "\\{" || text == "{"; };
    const auto closes = [](std::string_view text) {
        return text == ")" || text == "]" || text == "\\}" || text == "}";
    };
    if (failed() || peek().kind != TokenKind::Symbol || !opens(peek().text))
        return false;
    int depth = 0;
    for (std::size_t i = m_at; i < m_tokens.size(); ++i) {
        const Token& token = m_tokens[i];
        if (token.kind != TokenKind::Symbol)
            continue;
        depth += opens(token.text) ? 1 : closes(token.text) ? -1 : 0;
        if (depth == 0)
            return i >= m_at + 3 && m_tokens[i - 2].text == "d" && m_tokens[i - 1].kind == TokenKind::Letter;
    }
    return false;
}

Expr Grammar::integral(std::size_t begin)
{
    Expr from, to;
    for (int i = 0; i < 2; ++i) {
        const bool empty = (isSymbol("_") || isSymbol("^")) && isSymbol("{", 1) && isSymbol("}", 2);
        if (empty) { // \int_{}^{}: a template that was not filled in
            take(), take(), take();
            continue;
        }
        if (!from && takeSymbol("_"))
            from = bound();
        if (!to && takeSymbol("^"))
            to = bound();
    }
    const bool wrapped = differentialInBrackets();
    if (wrapped)
        take();
    ++m_integrals;
    Expr body = atDifferential() ? integer(1) : sum();
    --m_integrals;
    Expr variable = differential();
    if (wrapped)
        take();
    std::vector<Expr> args = {std::move(body), std::move(variable)};
    if (from && to)
        args.insert(args.end(), {from, to});
    return node(Kind::Integral, "", std::move(args), begin);
}

// \lim_{x \to 3^-} body
Expr Grammar::limit(std::size_t begin)
{
    if (!takeSymbol("_"))
        return error("expected _{x \\to a}");
    expectSymbol("{");
    Expr variable = atom();
    if (!takeCommand("to") && !takeCommand("rightarrow") && !takeCommand("longrightarrow"))
        return error("expected \\to");
    std::string side;
    Expr point;
    if (takeSymbol("-")) {
        const std::size_t inner = here();
        Expr value = atom();
        point = node(Kind::Negate, "", {std::move(value)}, inner);
    } else {
        point = atom();
    }
    const bool sided = isSymbol("^") && (isSymbol("+", 1) || isSymbol("-", 1) ||
                                         (isSymbol("{", 1) && (isSymbol("+", 2) || isSymbol("-", 2))));
    if (sided) {
        take();
        side = rawGroup();
    } else if (!isSymbol("}")) {
        return error("expected }");
    }
    expectSymbol("}");
    Expr body = product();
    return node(Kind::Limit, side, {std::move(body), std::move(variable), std::move(point)}, begin);
}

} // namespace lemma::tutor
