// The loosest levels: lists of statements, chains of relations, set operations.
#include "tutor/math/grammar.h"

namespace lemma::tutor {
namespace {

// A set, or a name that may be one.
bool isSet(const Expr& e)
{
    switch (e->kind) {
    case Kind::Symbol:
    case Kind::Constant:
    case Kind::Text:
    case Kind::Apply:
    case Kind::Set:
    case Kind::Bracket:
    case Kind::Union:
    case Kind::Intersection:
    case Kind::Difference: return true;
    default: return false;
    }
}

} // namespace

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
    std::size_t first = m_at;
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
        const bool betweenSets = sign.text == "s" || sign.text == "p";
        if (betweenSets && terms.size() == 1)
            terms[0] = asSet(terms[0], first, m_at - 1);
        first = m_at;
        Expr term = setTerm();
        const bool rightIsSet = betweenSets || sign.text == "e" || sign.text == "n";
        terms.push_back(rightIsSet ? asSet(std::move(term), first, m_at) : std::move(term));
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
    const std::size_t first = m_at;
    Expr result = sum();
    while (!failed()) {
        Kind kind = Kind::Union;
        if (takeCommand("cap") || takeCommand("bigcap"))
            kind = Kind::Intersection;
        else if (takeSymbol("\\"))
            kind = Kind::Difference;
        else if (!takeCommand("cup") && !takeCommand("bigcup"))
            break;
        if (!isSet(result))
            result = asSet(std::move(result), first, m_at - 1);
        const std::size_t second = m_at;
        Expr right = sum();
        right = asSet(std::move(right), second, m_at);
        result = node(kind, "", {std::move(result), std::move(right)}, begin);
    }
    return result;
}

// {2} where a set must stand is the set of one number; elsewhere braces only group. The operand's tokens are
// [first, end); a name in braces may be a set's.
Expr Grammar::asSet(Expr operand, std::size_t first, std::size_t end) const
{
    if (failed() || isSet(operand) || m_tokens[first].text != "{" || m_tokens[first].kind != TokenKind::Symbol)
        return operand;
    int depth = 0;
    for (std::size_t i = first; i < end; ++i) {
        if (m_tokens[i].kind != TokenKind::Symbol)
            continue;
        depth += m_tokens[i].text == "{" ? 1 : m_tokens[i].text == "}" ? -1 : 0;
        if (depth == 0 && i + 1 != end)
            return operand;
    }
    const SourceRange range = operand->range;
    return makeNode(Kind::Set, "", {std::move(operand)}, range);
}

} // namespace lemma::tutor
