// LaTeX commands: fractions, roots, accents, environments.
#include <map>
#include <utility>

#include "tutor/math/grammar.h"
#include "tutor/math/words.h"

namespace lemma::tutor {

Expr Grammar::command()
{
    const std::size_t begin = here();
    const std::string text = take().text;
    static const std::set<std::string_view> fractions = {"frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"};
    static const std::set<std::string_view> binomials = {"binom", "dbinom", "tbinom"};
    static const std::set<std::string_view> accents = {
        "overline", "bar", "vec", "hat", "tilde", "dot", "ddot", "widehat", "overrightarrow", "underline", "widetilde"};
    if (fractions.contains(text))
        return fraction(begin);
    if (binomials.contains(text)) {
        Expr upper = argument();
        Expr lower = argument();
        return node(Kind::Function, "binomial", {std::move(upper), std::move(lower)}, begin);
    }
    if (accents.contains(text))
        return accented(text == "overline" ? "bar" : text, begin);
    if (text == "lfloor" || text == "llcorner")
        return enclosed("floor", text == "lfloor" ? "rfloor" : "lrcorner", begin);
    if (text == "lceil" || text == "ulcorner")
        return enclosed("ceil", text == "lceil" ? "rceil" : "urcorner", begin);
    if (text == "langle")
        return enclosed("", "rangle", begin);
    if (text == "sqrt")
        return root(begin);
    if (text == "begin")
        return environment(begin);
    if (text == "sum")
        return bigOperator(Kind::Sum, begin);
    if (text == "prod")
        return bigOperator(Kind::Product, begin);
    if (text == "int")
        return integral(begin);
    if (text == "lim")
        return limit(begin);
    if (text == "mathbb" || text == "mathcal" || text == "mathscr" || text == "variable") {
        const std::string name = rawGroup();
        if (const auto set = constantNamed(name); set && text == "mathbb")
            return node(Kind::Constant, std::string(*set), {}, begin);
        return name.empty() ? error("a name is missing here") : node(Kind::Symbol, name, {}, begin);
    }
    m_at = m_at > 0 ? m_at - 1 : 0; // the error points at the command
    return error("unknown command \\" + text);
}

// A braced group, a digit, or one atom: \frac12 is one half, \frac{a}b is a over b.
Expr Grammar::argument()
{
    const DepthGuard guard(*this);
    const std::size_t begin = here();
    if (isSymbol("{"))
        return braces();
    if (peek().kind == TokenKind::Number && peek().text.size() > 1) {
        Token& token = m_tokens[m_at];
        std::string digit = token.text.substr(0, 1);
        token.text.erase(0, 1);
        m_lastEnd = ++token.range.begin;
        return node(Kind::Number, std::move(digit), {}, begin);
    }
    if (isSymbol("(") || isSymbol("[")) // \frac(1)(2) is not what LaTeX reads, but what was meant
        return bracket();
    return atom();
}

Expr Grammar::fraction(std::size_t begin)
{
    Expr numerator = argument();
    Expr denominator = argument();
    if (failed())
        return numerator;
    if (Expr derivative = derivativeOf(numerator, denominator, begin))
        return derivative;
    return node(Kind::Divide, "frac", {std::move(numerator), std::move(denominator)}, begin);
}

// \frac{d}{dx} f, \frac{d^2}{dx^2} f, \frac{dy}{dx}: null where the fraction is an ordinary one.
Expr Grammar::derivativeOf(const Expr& numerator, const Expr& denominator, std::size_t begin)
{
    const auto isD = [](const Expr& e) { return e->kind == Kind::Symbol && (e->text == "d" || e->text == "partial"); };
    if (denominator->kind != Kind::Multiply || denominator->args.size() != 2 || !isD(denominator->args[0]))
        return nullptr;
    Expr variable = denominator->args[1];
    Expr order = integer(1);
    if (variable->kind == Kind::Power) {
        order = variable->args[1];
        variable = variable->args[0];
    }
    if (variable->kind != Kind::Symbol)
        return nullptr;
    if (numerator->kind == Kind::Multiply && numerator->args.size() == 2 && isD(numerator->args[0]))
        return node(Kind::Derivative, "", {numerator->args[1], variable, order}, begin);
    const bool bare = isD(numerator) || (numerator->kind == Kind::Power && isD(numerator->args[0]));
    if (!bare)
        return nullptr;
    if (!startsFactor())
        return error("the function to differentiate is missing here");
    Expr body = product();
    return node(Kind::Derivative, "", {std::move(body), variable, order}, begin);
}

Expr Grammar::root(std::size_t begin)
{
    Expr degree = integer(2);
    if (takeSymbol("[")) {
        degree = sum();
        expectSymbol("]");
    }
    Expr radicand = argument();
    return node(Kind::Root, "", {std::move(radicand), std::move(degree)}, begin);
}

Expr Grammar::accented(std::string accent, std::size_t begin)
{
    const std::string name = rawGroup();
    return node(Kind::Symbol, accent + "{" + name + "}", {}, begin);
}

Expr Grammar::enclosed(std::string function, std::string_view close, std::size_t begin)
{
    const int bars = std::exchange(m_bars, 0);
    Expr content = function.empty() ? list() : sum();
    m_bars = bars;
    if (!takeCommand(close))
        return error("expected \\" + std::string(close));
    if (function.empty())
        return content->kind == Kind::List ? node(Kind::Bracket, "()", content->args, begin) : content;
    return node(Kind::Function, std::move(function), {std::move(content)}, begin);
}

Expr Grammar::environment(std::size_t begin)
{
    std::string name = rawGroup();
    if (!name.empty() && name.back() == '*')
        name.pop_back();
    if (name == "array" && isSymbol("{"))
        rawGroup();
    if (name == "array" || name.ends_with("matrix") || name == "cases" || name.starts_with("align") ||
        name == "gathered" || name == "equation" || name == "split")
        return rows(name, begin);
    return error("unknown environment " + name);
}

Expr Grammar::rows(const std::string& environmentName, std::size_t begin)
{
    const bool aligned = environmentName.starts_with("align") || environmentName == "gathered" ||
                         environmentName == "equation" || environmentName == "split";
    const bool cases = environmentName == "cases";
    std::vector<Expr> entries;
    std::size_t columns = 0, inRow = 0;
    while (!failed() && !isCommand("end")) {
        if (takeSymbol("\\\\")) {
            if (columns != 0 && inRow != columns && inRow != 0 && !aligned && !cases)
                error("the rows have different lengths");
            columns = std::max(columns, inRow);
            inRow = 0;
            continue;
        }
        if (takeSymbol("&"))
            continue;
        if (cases && peek().kind == TokenKind::Words)
            take(); // "if", "for"
        if (peek().kind == TokenKind::Connective)
            take();
        if (isSymbol("&") || isCommand("end") || isSymbol("\\\\") || (cases && peek().kind == TokenKind::Words))
            continue;
        entries.push_back(aligned || cases ? relation() : list());
        ++inRow;
    }
    if (!takeCommand("end") || rawGroup().empty())
        return error("expected \\end{" + environmentName + "}");
    if (columns != 0 && inRow != 0 && inRow != columns && !aligned && !cases)
        return error("the rows have different lengths");
    columns = std::max(columns, inRow);
    if (entries.empty())
        return error("this environment is empty");
    if (aligned)
        return entries.size() == 1 ? entries[0] : node(Kind::List, ",", std::move(entries), begin);
    if (cases)
        return columns == 2 && entries.size() % 2 == 0 ? node(Kind::Cases, "", std::move(entries), begin)
                                                       : node(Kind::List, ",", std::move(entries), begin);
    Expr matrix = node(Kind::Matrix, "", std::move(entries), begin, columns);
    return environmentName == "vmatrix" ? node(Kind::Function, "det", {std::move(matrix)}, begin) : matrix;
}

} // namespace lemma::tutor
