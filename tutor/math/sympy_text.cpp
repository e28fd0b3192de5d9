#include "tutor/math/sympy_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

#include "tutor/math/words.h"

namespace lemma::tutor {
namespace {

constexpr std::size_t maximumBytes = 65'536;
constexpr int maximumDepth = 100;

bool isLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

// "bar{x}_{ij}" is our "bar{x}_ij": braces of a subscript go, those of an accent stay.
std::string ourName(std::string_view name)
{
    const std::size_t cut = name.find("_{");
    std::string result(name.substr(0, cut));
    if (cut != std::string_view::npos)
        for (const char c : name.substr(cut))
            if (c != '{' && c != '}' && c != '\\' && c != ' ')
                result += c;
    return result;
}

bool isSetLike(const Expr& e)
{
    return e->kind == Kind::Set || e->kind == Kind::Union || e->kind == Kind::Intersection ||
           e->kind == Kind::Difference || (e->kind == Kind::Bracket && e->args.size() == 2);
}

// A call's arguments; a keyword's value (dir='-') is kept apart.
struct Arguments {
    std::vector<Expr> values;
    std::string keyword;
};

class Reader {
public:
    explicit Reader(std::string_view text) : m_text(text) {}

    ParseResult run()
    {
        Expr result = sum();
        skipSpace();
        if (!m_failed && m_at < m_text.size())
            fail("this was not expected here");
        if (m_failed)
            return tl::unexpected(m_error);
        return result;
    }

private:
    char peek(std::size_t ahead = 0) const
    {
        return !m_failed && m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    void skipSpace()
    {
        while (std::isspace(static_cast<unsigned char>(peek())) != 0)
            ++m_at;
    }
    bool take(std::string_view sign)
    {
        skipSpace();
        if (m_failed || m_text.substr(m_at, sign.size()) != sign)
            return false;
        m_at += sign.size();
        return true;
    }
    void expect(std::string_view sign)
    {
        if (!take(sign))
            fail("expected " + std::string(sign));
    }
    Expr fail(std::string message)
    {
        if (!m_failed)
            m_error = {std::move(message), m_at};
        m_failed = true;
        return makeNode(Kind::Text, "", {});
    }

    Expr sum()
    {
        if (++m_depth > maximumDepth)
            return fail("this is nested too deeply");
        std::vector<Expr> terms = {product()};
        while (!m_failed) {
            if (take("+"))
                terms.push_back(product());
            else if (take("-"))
                terms.push_back(negate(product()));
            else
                break;
        }
        --m_depth;
        return terms.size() == 1 ? terms[0] : add(std::move(terms));
    }

    Expr product()
    {
        Expr result = signedPower();
        while (!m_failed) {
            skipSpace();
            if (peek() == '*' && peek(1) != '*') {
                ++m_at;
                result = multiply({result, signedPower()});
            } else if (take("/")) {
                result = divide(result, signedPower());
            } else {
                break;
            }
        }
        return result;
    }

    Expr signedPower()
    {
        if (take("-")) {
            if (++m_depth > maximumDepth)
                return fail("this is nested too deeply");
            Expr inner = signedPower();
            --m_depth;
            return negate(std::move(inner));
        }
        Expr base = atom();
        return take("**") ? power(std::move(base), signedPower()) : base;
    }

    Expr atom()
    {
        skipSpace();
        if (isDigit(peek()))
            return number();
        if (take("~"))
            return complement(atom());
        if (take("{"))
            return makeNode(Kind::Set, "", arguments("}").values);
        if (take("[")) {
            Arguments parts = arguments("]");
            return makeNode(Kind::List, ",", std::move(parts.values));
        }
        if (take("(")) {
            Arguments inside = arguments(")");
            if (inside.values.size() == 1)
                return inside.values[0];
            return inside.values.empty() ? fail("nothing stands here")
                                         : makeNode(Kind::Bracket, "()", std::move(inside.values));
        }
        if (isLetter(peek()) || peek() == '_')
            return named();
        return fail("something is missing here");
    }

    // ~Eq(x, S)
    Expr complement(const Expr& e)
    {
        if (e->kind == Kind::Relation && (e->text == "e" || e->text == "="))
            return makeNode(Kind::Relation, e->text == "e" ? "n" : "!", e->args);
        return fail("only equations and memberships are negated");
    }

    Expr number()
    {
        const std::size_t begin = m_at;
        while (isDigit(peek()) || peek() == '.')
            ++m_at;
        std::string digits(m_text.substr(begin, m_at - begin));
        const std::size_t sign = peek(1) == '-' || peek(1) == '+' ? 1 : 0;
        if (peek() == 'e' && isDigit(peek(1 + sign))) {
            const std::size_t exponent = m_at;
            m_at += 1 + sign;
            while (isDigit(peek()))
                ++m_at;
            digits += m_text.substr(exponent, m_at - exponent);
        }
        return makeNode(Kind::Number, std::move(digits), {});
    }

    // A name with its subscript in braces, then perhaps its arguments.
    Expr named()
    {
        const std::size_t begin = m_at;
        int braces = 0;
        while (braces > 0 || isLetter(peek()) || isDigit(peek()) || peek() == '_' || peek() == '.' || peek() == '{') {
            if (peek() == '\0')
                return fail("a brace is not closed here");
            braces += peek() == '{' ? 1 : peek() == '}' ? -1 : 0;
            ++m_at;
        }
        const std::string name(m_text.substr(begin, m_at - begin));
        if (name == "None")
            return fail("this is no expression");
        if (take("("))
            return call(name, arguments(")"));
        return constantOf(name);
    }

    static Expr constantOf(const std::string& name)
    {
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> constants = {{
            {"E", "e"},
            {"I", "i"},
            {"pi", "pi"},
            {"oo", "infinity"},
            {"EmptySet", "emptyset"},
            {"Naturals", "naturals"},
            {"Integers", "integers"},
            {"Rationals", "rationals"},
            {"Reals", "reals"},
        }};
        for (const auto& [theirs, ours] : constants)
            if (name == theirs)
                return constant(std::string(ours));
        if (name == "True" || name == "False")
            return makeNode(Kind::Text, name, {});
        return name == "Complexes" ? constant("complexes") : symbol(ourName(name));
    }

    Arguments arguments(std::string_view close)
    {
        Arguments result;
        if (take(close))
            return result;
        do {
            skipSpace();
            if (m_text.substr(std::min(m_at, m_text.size())).starts_with("dir='")) {
                m_at += 5;
                result.keyword = std::string(1, peek());
                ++m_at;
                expect("'");
            } else {
                result.values.push_back(sum());
            }
        } while (!m_failed && take(","));
        expect(close);
        return result;
    }

    Expr call(const std::string& name, Arguments given)
    {
        std::vector<Expr>& args = given.values;
        if (m_failed)
            return makeNode(Kind::Text, "", {});
        if (Expr set = setCall(name, args))
            return set;
        if (args.empty())
            return fail("arguments are missing here");
        if (Expr bound = binderCall(name, args, given.keyword))
            return bound;
        if (name == "sqrt")
            return makeNode(Kind::Root, "", {args[0], integer(2)});
        if (name == "exp")
            return power(constant("e"), args[0]);
        if (name == "log")
            return logarithm(args);
        if (name == "Matrix")
            return matrix(args[0]);
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> renamed = {
            {{"Abs", "abs"}, {"ceiling", "ceil"}, {"Max", "max"}, {"Min", "min"}, {"Mod", "mod"}, {"re", "re"}}};
        for (const auto& [theirs, ours] : renamed)
            if (name == theirs)
                return function(std::string(ours), std::move(args));
        if (const auto known = functionNamed(name))
            return function(std::string(*known), std::move(args));
        return makeNode(Kind::Apply, name, std::move(args));
    }

    static Expr logarithm(const std::vector<Expr>& args)
    {
        const bool natural = args.size() == 1 || (args[1]->kind == Kind::Constant && args[1]->text == "e");
        return natural ? function("ln", {args[0]}) : function("log", {args[0], args[1]});
    }

    static Expr setCall(const std::string& name, const std::vector<Expr>& args)
    {
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> intervals = {
            {{"Interval", "[]"}, {"Interval.open", "()"}, {"Interval.Ropen", "[)"}, {"Interval.Lopen", "(]"}}};
        for (const auto& [theirs, ends] : intervals)
            if (name == theirs && args.size() == 2)
                return makeNode(Kind::Bracket, std::string(ends), args);
        if (name == "FiniteSet")
            return makeNode(Kind::Set, "", args);
        static constexpr std::array<std::pair<std::string_view, Kind>, 3> operations = {
            {{"Union", Kind::Union}, {"Intersection", Kind::Intersection}, {"Complement", Kind::Difference}}};
        for (const auto& [theirs, kind] : operations)
            if (name == theirs && args.size() >= 2)
                return makeNode(kind, "", args);
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> relations = {
            {{"Eq", "="}, {"Ne", "!"}, {"Lt", "<"}, {"Le", "l"}, {"Gt", ">"}, {"Ge", "g"}}};
        for (const auto& [theirs, sign] : relations)
            if (name == theirs && args.size() == 2)
                return makeNode(Kind::Relation, sign == "=" && isSetLike(args[1]) ? "e" : std::string(sign), args);
        return nullptr;
    }

    // Sum, Product, Integral with (x, a, b) or x; Limit(f, x, a); Derivative(f, x) or (f, (x, n)). Null for another.
    Expr binderCall(const std::string& name, const std::vector<Expr>& args, const std::string& direction)
    {
        static constexpr std::array<std::pair<std::string_view, Kind>, 3> binders = {
            {{"Sum", Kind::Sum}, {"Product", Kind::Product}, {"Integral", Kind::Integral}}};
        for (const auto& [theirs, kind] : binders) {
            if (name != theirs)
                continue;
            if (args.size() == 2 && args[1]->kind == Kind::Symbol && kind == Kind::Integral)
                return makeNode(kind, "", args);
            if (args.size() != 2 || args[1]->kind != Kind::Bracket || args[1]->args.size() != 3)
                return fail("a variable and its bounds are missing here");
            const std::vector<Expr>& range = args[1]->args;
            return makeNode(kind, "", {args[0], range[0], range[1], range[2]});
        }
        if (name == "Limit" && args.size() == 3) // at infinity there is one direction only
            return makeNode(Kind::Limit, containsConstant(args[2], "infinity") ? "" : direction, args);
        if (name != "Derivative" || args.size() != 2)
            return nullptr;
        const bool several = args[1]->kind == Kind::Bracket && args[1]->args.size() == 2;
        return makeNode(Kind::Derivative, "",
                        {args[0], several ? args[1]->args[0] : args[1], several ? args[1]->args[1] : integer(1)});
    }

    Expr matrix(const Expr& rows)
    {
        if (rows->kind != Kind::List || rows->args.empty())
            return fail("a matrix has rows");
        std::vector<Expr> entries;
        const std::size_t columns = rows->args[0]->args.size();
        for (const Expr& row : rows->args) {
            if (row->kind != Kind::List || row->args.size() != columns || columns == 0)
                return fail("the rows have different lengths");
            entries.insert(entries.end(), row->args.begin(), row->args.end());
        }
        return makeNode(Kind::Matrix, "", std::move(entries), {}, columns);
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
    bool m_failed = false;
    ParseError m_error;
};

} // namespace

ParseResult parseSympy(std::string_view text)
{
    if (text.size() > maximumBytes)
        return tl::unexpected(ParseError{"this is too long to be read as mathematics", maximumBytes});
    return Reader(text).run();
}

} // namespace lemma::tutor
