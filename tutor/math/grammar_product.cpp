// Sums, products, and what may stand behind an atom.
#include <utility>

#include "tutor/math/grammar.h"
#include "tutor/math/words.h"

namespace lemma::tutor {
namespace {

bool isWholeNumber(const Expr& e)
{
    return e->kind == Kind::Number && e->text.find_first_not_of("0123456789") == std::string::npos;
}

bool isNumericFraction(const Expr& e)
{
    return e->kind == Kind::Divide && e->text == "frac" && isWholeNumber(e->args[0]) && isWholeNumber(e->args[1]);
}

} // namespace

Expr Grammar::sum()
{
    const DepthGuard guard(*this);
    const std::size_t begin = here();
    std::vector<Expr> terms;
    while (!failed()) {
        const std::size_t termBegin = here();
        const bool first = terms.empty();
        if (isCommand("pm") || isCommand("mp")) {
            const std::string sign = take().text == "pm" ? "+-" : "-+";
            Expr right = product();
            if (first) {
                terms.push_back(node(Kind::PlusMinus, sign, {std::move(right)}, termBegin));
            } else {
                Expr left = terms.size() == 1 ? terms[0] : node(Kind::Add, "", std::move(terms), begin);
                terms = {node(Kind::PlusMinus, sign, {std::move(left), std::move(right)}, begin)};
            }
        } else if (takeSymbol("-")) {
            Expr term = product();
            if (first && term->kind == Kind::Function && term->text == "mod") { // -1 \mod 2 is 1
                Expr negative = node(Kind::Negate, "", {term->args[0]}, termBegin);
                terms.push_back(node(Kind::Function, "mod", {std::move(negative), term->args[1]}, termBegin));
                continue;
            }
            terms.push_back(node(Kind::Negate, "", {std::move(term)}, termBegin));
        } else if (takeSymbol("+") || first) {
            terms.push_back(product());
        } else {
            break;
        }
    }
    if (terms.empty())
        return error("a term is missing here");
    return terms.size() == 1 ? terms[0] : node(Kind::Add, "", std::move(terms), begin);
}

Expr Grammar::product()
{
    const DepthGuard guard(*this);
    const std::size_t begin = here();
    Expr result = signedFactor();
    while (!failed()) {
        if (atTimesSign()) {
            std::vector<Expr> factors = {result}; // a*b*c is one product
            while (!failed() && atTimesSign()) {
                take();
                factors.push_back(signedFactor());
            }
            result = node(Kind::Multiply, "*", std::move(factors), begin);
        } else if (isSymbol("/") || isSymbol(":")) {
            const std::string sign = take().text;
            const bool number = (result->kind == Kind::Multiply ? result->args.back() : result)->kind == Kind::Number;
            Expr bottom = divisor(number);
            result = node(Kind::Divide, sign, {result, std::move(bottom)}, begin);
        } else if (isCommand("mod") || isCommand("bmod") || (peek().kind == TokenKind::Name && peek().text == "mod")) {
            take();
            Expr modulus = divisor(false);
            result = node(Kind::Function, "mod", {result, std::move(modulus)}, begin);
        } else if (startsFactor()) {
            std::vector<Expr> factors = {result};
            while (!failed() && startsFactor())
                factors.push_back(factor());
            result = mixedOrProduct(std::move(factors), begin, false);
        } else {
            break;
        }
    }
    return result;
}

// a/8y is a over 8y, as books print it: letters glued to a divisor belong to it. But 1/2x is half of x: a fraction of
// two numbers stays one.
Expr Grammar::divisor(bool ofNumber)
{
    const std::size_t begin = here();
    std::vector<Expr> factors = {signedFactor()};
    const auto glued = [&] {
        const Token& token = peek();
        const bool letter = token.kind == TokenKind::Letter ||
                            (token.kind == TokenKind::Name && (letterNamed(token.text) || constantNamed(token.text)));
        return letter && !token.spaceBefore && startsFactor();
    };
    if (ofNumber && factors[0]->kind == Kind::Number)
        return factors[0];
    while (!failed() && glued())
        factors.push_back(factor());
    return factors.size() == 1 ? factors[0] : node(Kind::Multiply, "", std::move(factors), begin);
}

// 2\frac13 is two and a third; every other juxtaposition is a product.
Expr Grammar::mixedOrProduct(std::vector<Expr> factors, std::size_t begin, bool explicitSign)
{
    if (factors.size() >= 2 && isWholeNumber(factors[0]) && isNumericFraction(factors[1])) {
        Expr mixed = node(Kind::Mixed, "", {factors[0], factors[1]}, begin);
        factors.erase(factors.begin(), factors.begin() + 2);
        factors.insert(factors.begin(), std::move(mixed));
        if (factors.size() == 1)
            return factors[0];
    }
    // {a}{b} written with set braces is a product of groups.
    for (Expr& one : factors)
        if (one->kind == Kind::Set && one->args.size() == 1)
            one = one->args[0];
    return node(Kind::Multiply, explicitSign ? "*" : "", std::move(factors), begin);
}

Expr Grammar::signedFactor()
{
    const DepthGuard guard(*this);
    const std::size_t begin = here();
    if (takeSymbol("-")) {
        Expr inner = signedFactor();
        return node(Kind::Negate, "", {std::move(inner)}, begin);
    }
    if (takeSymbol("+"))
        return signedFactor();
    return factor();
}

bool Grammar::atTimesSign() const { return isSymbol("*") || isCommand("bullet") || isCommand("circ"); }

bool Grammar::stopsProduct() const { return m_integrals > 0 && atDifferential(); }

bool Grammar::startsFactor() const
{
    const Token& token = peek();
    switch (token.kind) {
    case TokenKind::Letter: return !stopsProduct();
    case TokenKind::Name: return token.text != "mod";
    case TokenKind::Words: return false;
    case TokenKind::Number: // "3 4" is a slip of the pen, "x2" and ")2" are products
        return m_at > 0 && m_tokens[m_at - 1].kind != TokenKind::Number;
    case TokenKind::Symbol:
        if (token.text == "(" && (peek(1).text == "mod" || peek(1).text == "bmod"))
            return false;
        return token.text == "(" || token.text == "[" || token.text == "{" || token.text == "\\{" ||
               token.text == "|(" || (token.text == "|" && m_bars == 0);
    case TokenKind::Command: {
        static const std::set<std::string_view> operators = {
            "pm",   "mp",       "cup",      "cap",        "bigcup",         "bigcap", "mod",    "bmod",  "pmod",
            "pod",  "end",      "to",       "rightarrow", "longrightarrow", "bullet", "rfloor", "rceil", "choose",
            "circ", "lrcorner", "urcorner", "rangle",     "ldots",          "dots",   "cdots",  "dotsc"};
        return !operators.contains(token.text);
    }
    default: return false;
    }
}

Expr Grammar::factor()
{
    const DepthGuard guard(*this);
    const std::size_t begin = here();
    Expr base = atom();
    // 1 1/2 in plain text.
    if (isWholeNumber(base) && peek().kind == TokenKind::Number && peek().spaceBefore && isSymbol("/", 1) &&
        peek(2).kind == TokenKind::Number) {
        const std::size_t fractionBegin = here();
        Expr top = atom();
        take();
        Expr bottom = atom();
        Expr fraction = node(Kind::Divide, "/", {std::move(top), std::move(bottom)}, fractionBegin);
        base = node(Kind::Mixed, "", {std::move(base), std::move(fraction)}, begin);
    }
    return postfix(std::move(base), begin);
}

Expr Grammar::postfix(Expr base, std::size_t begin)
{
    while (!failed()) {
        if (isSymbol("^")) {
            base = raised(std::move(base), begin);
        } else if (isSymbol("_")) {
            base = subscripted(std::move(base), begin);
        } else if (isSymbol("!")) {
            take();
            base = node(Kind::Function, "factorial", {std::move(base)}, begin);
        } else if (isSymbol("'") && (base->kind == Kind::Symbol || base->kind == Kind::Constant)) {
            take();
            std::string primed = base->text + "'";
            base = node(Kind::Symbol, std::move(primed), {}, begin);
        } else if (takeSymbol("%")) {
            base = node(Kind::Percent, "", {std::move(base)}, begin);
        } else if (peek().kind == TokenKind::Words && base->kind != Kind::Text && base->kind != Kind::Symbol) {
            std::string unit = take().text;
            if (takeSymbol("^"))
                unit += "^" + rawGroup();
            base = node(Kind::Quantity, std::move(unit), {std::move(base)}, begin);
        } else {
            break;
        }
    }
    return base;
}

Expr Grammar::raised(Expr base, std::size_t begin)
{
    take();
    // 90^\circ and 90^{\circ}: degrees.
    const bool braced = isSymbol("{") && peek(1).kind == TokenKind::Command && peek(1).text == "circ";
    if (braced)
        take();
    if (takeCommand("circ") || takeCommand("degree")) {
        if (braced)
            expectSymbol("}");
        return node(Kind::Quantity, "degree", {std::move(base)}, begin);
    }
    if (isSymbol("'") || isSymbol("*")) { // f^' and f^*
        std::string decorated = base->text + take().text;
        return node(Kind::Symbol, std::move(decorated), {}, begin);
    }
    Expr power = exponent();
    if (isSymbol("_") && base->kind == Kind::Symbol) // x^2_i
        base = subscripted(std::move(base), begin);
    return node(Kind::Power, "", {std::move(base), std::move(power)}, begin);
}

// A braced group, or a signed number, letter or bracket. 2^10 is a thousand and some, as people mean it.
Expr Grammar::exponent()
{
    const DepthGuard guard(*this);
    const std::size_t begin = here();
    if (takeSymbol("-")) {
        Expr inner = exponent();
        return node(Kind::Negate, "", {std::move(inner)}, begin);
    }
    Expr base = atom();
    if (base->kind == Kind::Set && base->args.size() == 1) // x^\{3\}: no exponent is a set
        base = base->args[0];
    if (isSymbol("^")) // 2^2^3 is 2^(2^3)
        return raised(std::move(base), begin);
    return base;
}

Expr Grammar::subscripted(Expr base, std::size_t begin)
{
    take();
    std::string index = rawGroup();
    if (base->kind == Kind::Symbol || base->kind == Kind::Constant) {
        std::string name = base->text + "_" + index;
        return node(Kind::Symbol, std::move(name), {}, begin);
    }
    if (base->kind == Kind::Number) { // 101_2: digits in another base
        Expr radix = node(Kind::Number, std::move(index), {}, begin);
        return node(Kind::Function, "base", {std::move(base), std::move(radix)}, begin);
    }
    if (base->kind == Kind::Power && base->args[0]->kind == Kind::Symbol) {
        Expr name = node(Kind::Symbol, base->args[0]->text + "_" + index, {}, begin);
        return node(Kind::Power, "", {std::move(name), base->args[1]}, begin);
    }
    return error("a subscript cannot stand here");
}

// The text of a group or of one token, blanks and \text{} taken away: what a subscript is called.
std::string Grammar::rawGroup()
{
    if (!isSymbol("{")) {
        const Token token = take();
        if (token.kind == TokenKind::End) {
            error("a subscript is missing here");
            return "";
        }
        return token.text;
    }
    take();
    std::string text;
    for (int depth = 1; !failed();) {
        if (peek().kind == TokenKind::End) {
            error("expected }");
            break;
        }
        const Token token = take();
        depth += token.kind == TokenKind::Symbol && token.text == "{" ? 1 : 0;
        depth -= token.kind == TokenKind::Symbol && token.text == "}" ? 1 : 0;
        if (depth == 0)
            break;
        text += token.text;
    }
    return text;
}

} // namespace lemma::tutor
