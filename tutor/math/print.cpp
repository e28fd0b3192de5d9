#include "tutor/math/print.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "tutor/math/words.h"

namespace lemma::tutor {
namespace {

// How tightly what was printed holds together; a looser part inside a tighter one needs brackets.
enum Level { ListLevel, RelationLevel, SetLevel, SumLevel, ProductLevel, PrefixLevel, PowerLevel, AtomLevel };

struct Printed {
    std::string text;
    Level level = AtomLevel;
};

struct RelationSpelling {
    RelationOp op;
    std::string_view latex;
    std::string_view plain;
};

constexpr std::array<RelationSpelling, 12> relationSpellings = {{
    {RelationOp::Equal, "=", "="},
    {RelationOp::NotEqual, "\\ne ", "!="},
    {RelationOp::Less, "<", "<"},
    {RelationOp::Greater, ">", ">"},
    {RelationOp::LessOrEqual, "\\le ", "<="},
    {RelationOp::GreaterOrEqual, "\\ge ", ">="},
    {RelationOp::Approximately, "\\approx ", "≈"},
    {RelationOp::Element, "\\in ", "∈"},
    {RelationOp::NotElement, "\\notin ", "∉"},
    {RelationOp::Subset, "\\subseteq ", "⊆"},
    {RelationOp::Superset, "\\supseteq ", "⊇"},
    {RelationOp::Implies, "\\Rightarrow ", "⇒"},
}};

class Printer {
public:
    explicit Printer(bool latex) : m_latex(latex) {}

    std::string whole(const Expr& e) const { return print(e).text; }

private:
    std::string at(const Expr& e, Level least) const
    {
        Printed printed = print(e);
        if (printed.level >= least)
            return std::move(printed.text);
        return m_latex ? "\\left(" + printed.text + "\\right)" : "(" + printed.text + ")";
    }

    std::string joined(const std::vector<Expr>& parts, std::string_view joint, Level least) const
    {
        std::string text;
        for (std::size_t i = 0; i < parts.size(); ++i)
            text += (i > 0 ? std::string(joint) : "") + at(parts[i], least);
        return text;
    }

    std::string group(const Expr& e) const { return "{" + whole(e) + "}"; }

    Printed print(const Expr& e) const
    {
        const Node& node = *e;
        switch (node.kind) {
        case Kind::Number: return {node.text};
        case Kind::Symbol: return {symbolText(node.text)};
        case Kind::Constant: return {constantText(node.text)};
        case Kind::Text: return {m_latex ? "\\text{" + node.text + "}" : node.text};
        case Kind::Choice: return {m_latex ? "\\text{(" + node.text + ")}" : "(" + node.text + ")"};
        case Kind::Add: return sum(node);
        case Kind::Negate: return {"-" + at(node.args[0], ProductLevel), PrefixLevel};
        case Kind::PlusMinus: return plusMinus(node);
        case Kind::Multiply: return product(node);
        case Kind::Divide: return quotient(node);
        case Kind::Mixed:
            return {at(node.args[0], AtomLevel) + (m_latex ? "" : " ") + whole(node.args[1]), ProductLevel};
        case Kind::Power:
            return {at(node.args[0], AtomLevel) + "^" + (m_latex ? group(node.args[1]) : at(node.args[1], AtomLevel)),
                    PowerLevel};
        case Kind::Root: return root(node);
        case Kind::Percent: return {at(node.args[0], AtomLevel) + (m_latex ? "\\%" : "%"), PowerLevel};
        case Kind::Quantity: return quantity(node);
        case Kind::Function: return call(node);
        case Kind::Apply: return {symbolText(node.text) + "(" + joined(node.args, ", ", RelationLevel) + ")"};
        case Kind::Relation: return relation(node);
        case Kind::Modular:
            return {at(node.args[0], SumLevel) + (m_latex ? "\\equiv " : " = ") + at(node.args[1], SumLevel) +
                        (m_latex ? "\\pmod{" + whole(node.args[2]) + "}" : " (mod " + whole(node.args[2]) + ")"),
                    RelationLevel};
        case Kind::List: {
            const bool word = node.text == "or" || node.text == "and";
            const std::string joint = !word ? ", " : m_latex ? "\\text{ " + node.text + " }" : " " + node.text + " ";
            return {joined(node.args, joint, RelationLevel), ListLevel};
        }
        case Kind::Set:
            return {(m_latex ? "\\{" : "{") + joined(node.args, ", ", RelationLevel) + (m_latex ? "\\}" : "}")};
        case Kind::Bracket:
            return {node.text.substr(0, 1) + joined(node.args, ", ", RelationLevel) + node.text.substr(1)};
        case Kind::Union: return {joined(node.args, m_latex ? "\\cup " : " ∪ ", SumLevel), SetLevel};
        case Kind::Intersection: return {joined(node.args, m_latex ? "\\cap " : " ∩ ", SumLevel), SetLevel};
        case Kind::Difference: return {joined(node.args, m_latex ? "\\setminus " : " ∖ ", SumLevel), SetLevel};
        case Kind::Matrix: return matrix(node);
        case Kind::Cases: return cases(node);
        case Kind::Sum:
        case Kind::Product:
        case Kind::Integral:
        case Kind::Limit: return bound(node);
        case Kind::Derivative: return derivative(node);
        }
        return {};
    }

    std::string symbolText(const std::string& name) const
    {
        if (!m_latex)
            return name;
        const std::size_t cut = name.find('_');
        const std::string base = name.substr(0, cut);
        const std::string spelt = base.find('{') != std::string::npos || letterNamed(base) ? "\\" + base + " " : base;
        return cut == std::string::npos ? spelt : spelt + "_{" + name.substr(cut + 1) + "}";
    }

    std::string constantText(const std::string& name) const
    {
        static constexpr std::array<std::array<std::string_view, 3>, 7> spellings = {{
            {"pi", "\\pi ", "pi"},
            {"infinity", "\\infty ", "infinity"},
            {"emptyset", "\\emptyset ", "∅"},
            {"naturals", "\\mathbb{N}", "ℕ"},
            {"integers", "\\mathbb{Z}", "ℤ"},
            {"rationals", "\\mathbb{Q}", "ℚ"},
            {"reals", "\\mathbb{R}", "ℝ"},
        }};
        for (const auto& spelling : spellings)
            if (spelling[0] == name)
                return std::string(spelling[m_latex ? 1 : 2]);
        return name == "complexes" ? (m_latex ? "\\mathbb{C}" : "ℂ") : name;
    }

    Printed sum(const Node& node) const
    {
        std::string text = at(node.args[0], ProductLevel);
        for (std::size_t i = 1; i < node.args.size(); ++i) {
            const bool minus = node.args[i]->kind == Kind::Negate;
            const std::string sign = minus ? "-" : "+";
            text += m_latex ? sign : " " + sign + " ";
            text += at(minus ? node.args[i]->args[0] : node.args[i], ProductLevel);
        }
        return {text, SumLevel};
    }

    Printed plusMinus(const Node& node) const
    {
        const std::string sign = node.text == "+-" ? (m_latex ? "\\pm " : "±") : (m_latex ? "\\mp " : "∓");
        if (node.args.size() == 1)
            return {sign + at(node.args[0], ProductLevel), SumLevel};
        return {at(node.args[0], SumLevel) + (m_latex ? sign : " " + sign + " ") + at(node.args[1], ProductLevel),
                SumLevel};
    }

    // 2x and (a+b)c need no sign; 2·3, and a number behind anything, do.
    Printed product(const Node& node) const
    {
        std::string text;
        for (std::size_t i = 0; i < node.args.size(); ++i) {
            const std::string part = at(node.args[i], i == 0 ? ProductLevel : PowerLevel);
            const bool startsWithDigit = !part.empty() && part[0] >= '0' && part[0] <= '9';
            const bool fractionAfterNumber =
                i > 0 && node.args[i]->kind == Kind::Divide && node.args[i - 1]->kind == Kind::Number;
            const bool explicitSign = node.text == "*" || startsWithDigit || fractionAfterNumber;
            if (i > 0)
                text += explicitSign ? (m_latex ? "\\cdot " : "*") : (m_latex ? "" : " ");
            text += part;
        }
        return {text, ProductLevel};
    }

    Printed quotient(const Node& node) const
    {
        if (m_latex && node.text != ":")
            return {"\\frac{" + whole(node.args[0]) + "}{" + whole(node.args[1]) + "}", AtomLevel};
        return {at(node.args[0], ProductLevel) + (node.text == ":" ? ":" : "/") + at(node.args[1], PowerLevel),
                ProductLevel};
    }

    Printed root(const Node& node) const
    {
        const bool square = node.args[1]->kind == Kind::Number && node.args[1]->text == "2";
        if (m_latex)
            return {"\\sqrt" + (square ? "" : "[" + whole(node.args[1]) + "]") + group(node.args[0])};
        if (square)
            return {"sqrt(" + whole(node.args[0]) + ")"};
        return {at(node.args[0], AtomLevel) + "^(1/" + at(node.args[1], AtomLevel) + ")", PowerLevel};
    }

    Printed quantity(const Node& node) const
    {
        if (node.text == "degree")
            return {at(node.args[0], AtomLevel) + (m_latex ? "^{\\circ}" : "°"), PowerLevel};
        const std::size_t cut = node.text.find('^');
        if (!m_latex)
            return {at(node.args[0], PowerLevel) + " " + node.text, ProductLevel};
        return {at(node.args[0], PowerLevel) + "\\text{ " + node.text.substr(0, cut) + "}" +
                    (cut == std::string::npos ? "" : "^{" + node.text.substr(cut + 1) + "}"),
                ProductLevel};
    }

    Printed call(const Node& node) const
    {
        const std::string& name = node.text;
        if (name == "abs" && (m_latex || !containsBars(node.args[0])))
            return {m_latex ? "\\left|" + whole(node.args[0]) + "\\right|" : "|" + whole(node.args[0]) + "|"};
        if (name == "factorial")
            return {at(node.args[0], AtomLevel) + "!", PowerLevel};
        if (m_latex && name == "binomial")
            return {"\\binom" + group(node.args[0]) + group(node.args[1])};
        if (m_latex && (name == "floor" || name == "ceil"))
            return {"\\l" + name + " " + whole(node.args[0]) + "\\r" + name + " "};
        if (name == "mod")
            return {at(node.args[0], ProductLevel) + (m_latex ? "\\bmod " : " mod ") + at(node.args[1], PowerLevel),
                    SumLevel};
        if (name == "base")
            return {whole(node.args[0]) + "_{" + whole(node.args[1]) + "}"};
        if (m_latex && name == "log" && node.args.size() == 2)
            return {"\\log_" + group(node.args[1]) + "\\left(" + whole(node.args[0]) + "\\right)"};
        const bool inverse = name.size() > 3 && name[0] == 'a' && name != "arg" && name != "abs";
        const std::string latexName = inverse ? "\\arc" + name.substr(1) : "\\" + name;
        const std::string arguments = joined(node.args, ", ", RelationLevel);
        return {m_latex ? latexName + "\\left(" + arguments + "\\right)" : name + "(" + arguments + ")"};
    }

    // Bars in bars cannot be told apart in plain text.
    static bool containsBars(const Expr& e)
    {
        return (e->kind == Kind::Function && e->text == "abs") ||
               std::any_of(e->args.begin(), e->args.end(), containsBars);
    }

    Printed relation(const Node& node) const
    {
        std::string text = at(node.args[0], SetLevel);
        for (std::size_t i = 1; i < node.args.size(); ++i) {
            for (const RelationSpelling& spelling : relationSpellings)
                if (static_cast<char>(spelling.op) == node.text[i - 1])
                    text += m_latex ? std::string(spelling.latex) : " " + std::string(spelling.plain) + " ";
            text += at(node.args[i], SetLevel);
        }
        return {text, RelationLevel};
    }

    Printed matrix(const Node& node) const
    {
        std::string text = m_latex ? "\\begin{pmatrix}" : "[";
        for (std::size_t i = 0; i < node.args.size(); ++i) {
            const bool newRow = i % node.columns == 0;
            if (i > 0)
                text += newRow ? (m_latex ? "\\\\ " : "; ") : (m_latex ? " & " : ", ");
            text += whole(node.args[i]);
        }
        return {text + (m_latex ? "\\end{pmatrix}" : "]")};
    }

    Printed cases(const Node& node) const
    {
        std::string text = m_latex ? "\\begin{cases}" : "{";
        for (std::size_t i = 0; i < node.args.size(); i += 2) {
            text += i == 0 ? "" : m_latex ? "\\\\ " : "; ";
            text += whole(node.args[i]) + (m_latex ? " & \\text{if } " : " if ") + whole(node.args[i + 1]);
        }
        return {text + (m_latex ? "\\end{cases}" : "}")};
    }

    Printed bound(const Node& node) const
    {
        const std::string variable = whole(node.args[1]);
        const std::string body = at(node.args[0], ProductLevel);
        if (!m_latex) {
            static constexpr std::array<std::string_view, 4> names = {"sum", "product", "integral", "limit"};
            std::string text =
                std::string(names[static_cast<std::size_t>(node.kind) - static_cast<std::size_t>(Kind::Sum)]);
            return {text + "(" + joined(node.args, ", ", RelationLevel) + ")"};
        }
        const auto range = [&] { return "_{" + whole(node.args[2]) + "}^{" + whole(node.args[3]) + "}"; };
        if (node.kind == Kind::Integral)
            return {"\\int" + (node.args.size() == 4 ? range() : "") + " " + body + "\\,d" + variable, ProductLevel};
        if (node.kind == Kind::Limit)
            return {"\\lim_{" + variable + "\\to " + whole(node.args[2]) +
                        (node.text.empty() ? "" : "^{" + node.text + "}") + "}" + body,
                    ProductLevel};
        return {std::string(node.kind == Kind::Sum ? "\\sum" : "\\prod") + "_{" + variable + "=" + whole(node.args[2]) +
                    "}^{" + whole(node.args[3]) + "}" + body,
                ProductLevel};
    }

    Printed derivative(const Node& node) const
    {
        const std::string variable = whole(node.args[1]);
        const std::string order = whole(node.args[2]);
        if (!m_latex)
            return {"derivative(" + joined(node.args, ", ", RelationLevel) + ")"};
        const std::string times = order == "1" ? "" : "^{" + order + "}";
        return {"\\frac{d" + times + "}{d" + variable + times + "}" + at(node.args[0], PowerLevel), ProductLevel};
    }

    bool m_latex;
};

constexpr std::array<std::string_view, 31> kindNames = {
    "number",     "symbol",   "constant", "text",  "choice",  "add",      "negate",   "plusminus",
    "multiply",   "divide",   "mixed",    "power", "root",    "percent",  "quantity", "function",
    "apply",      "relation", "modular",  "list",  "set",     "bracket",  "union",    "intersection",
    "difference", "matrix",   "cases",    "sum",   "product", "integral", "limit"};

} // namespace

std::string toLatex(const Expr& expr) { return Printer(true).whole(expr); }
std::string toPlain(const Expr& expr) { return Printer(false).whole(expr); }

std::string toTreeText(const Expr& expr)
{
    const auto index = static_cast<std::size_t>(expr->kind);
    const bool leaf = expr->kind == Kind::Number || expr->kind == Kind::Symbol || expr->kind == Kind::Constant;
    if (leaf)
        return expr->text;
    std::string text =
        expr->kind == Kind::Function ? "" : std::string(index < kindNames.size() ? kindNames[index] : "derivative");
    if (!expr->text.empty() && expr->kind != Kind::Multiply && expr->kind != Kind::Divide)
        text += (text.empty() ? "" : ":") + expr->text;
    text += '(';
    for (std::size_t i = 0; i < expr->args.size(); ++i)
        text += (i > 0 ? ", " : "") + toTreeText(expr->args[i]);
    return text + ')';
}

} // namespace lemma::tutor
