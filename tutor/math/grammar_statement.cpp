// The loosest levels: lists of statements, chains of relations, set operations.
#include "tutor/math/grammar.h"

namespace lemma::tutor {

Expr Grammar::list()
{
    const DepthGuard guard(*this);
    const std::size_t begin = here();
    std::vector<Expr> parts = {relation()};
    std::string joint;
    while (peek().kind == TokenKind::Connective) {
        std::string word = take().text;
        while (peek().kind == TokenKind::Connective) // ", and"
            word = take().text;
        if (joint.empty() || word == "or")
            joint = word == ";" || word == "and" ? "," : word;
        parts.push_back(relation());
    }
    return parts.size() == 1 ? parts[0] : node(Kind::List, joint, std::move(parts), begin);
}

Expr Grammar::relation()
{
    const DepthGuard guard(*this);
    const std::size_t begin = here();
    std::vector<Expr> terms;
    if (peek().kind != TokenKind::Relation) // "≈ 3": the left side is what was asked for
        terms.push_back(setTerm());
    std::string operators;
    while (peek().kind == TokenKind::Relation) {
        const Token sign = take();
        if (terms.empty() && sign.text != "=" && sign.text != "~")
            return error("a relation needs a left side");
        if (!terms.empty())
            operators += sign.text;
        takeSymbol("&");
        terms.push_back(setTerm());
        if (failed())
            break;
    }
    Expr result = operators.empty() ? terms[0] : node(Kind::Relation, operators, std::move(terms), begin);
    return modulus(std::move(result), begin);
}

// "a = b (mod n)", written \pmod{n}, (\mod n) or (mod n).
Expr Grammar::modulus(Expr left, std::size_t begin)
{
    if (left->kind != Kind::Relation || left->text != "=")
        return left;
    Expr n;
    if (takeCommand("pmod") || takeCommand("pod")) {
        n = argument();
    } else if (isSymbol("(") && (peek(1).text == "mod" || peek(1).text == "bmod")) {
        take();
        take();
        n = sum();
        expectSymbol(")");
    } else {
        return left;
    }
    return node(Kind::Modular, "", {left->args[0], left->args[1], n}, begin);
}

Expr Grammar::setTerm()
{
    const std::size_t begin = here();
    Expr result = sum();
    while (!failed()) {
        if (takeCommand("cup") || takeCommand("bigcup"))
            result = node(Kind::Union, "", {result, sum()}, begin);
        else if (takeCommand("cap") || takeCommand("bigcap"))
            result = node(Kind::Intersection, "", {result, sum()}, begin);
        else if (takeSymbol("\\"))
            result = node(Kind::Difference, "", {result, sum()}, begin);
        else
            break;
    }
    return result;
}

} // namespace lemma::tutor
