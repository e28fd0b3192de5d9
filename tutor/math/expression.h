#pragma once
// The tree that every way of writing mathematics is read into: immutable nodes, shared, each with its place in the
// source.
//
//     Expr half = divide(integer(1), integer(2));
//     Expr sum = add({half, symbol("x")});
//     sameTree(sum, sum);                        // true: same structure, whatever the places in the source
//
// A tree is a value: building, reading and dropping it from several threads is safe. The parser bounds depth and size
// (parser.h), so functions on trees may recurse. The meaning of a node's fields is given beside its kind.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace lemma::tutor {

// Bytes [begin, end) of the text that was parsed; {0, 0} for a node that a program made.
struct SourceRange {
    std::size_t begin = 0;
    std::size_t end = 0;
};

enum class Kind : std::uint8_t {
    Number,    // text: digits with at most one '.', and an exponent: "1000.50", "12e-3"; exact, never a double
    Symbol,    // text: "x", "alpha", "x_1", "f'", "bar{x}"
    Constant,  // text: pi e i infinity emptyset naturals integers rationals reals complexes
    Text,      // text: words
    Choice,    // text: the letter; args: what stood behind it, if anything
    Add,       // args: the terms; a - b is Add(a, Negate(b))
    Negate,    // args: 1
    PlusMinus, // args: 1 or 2; text "+-" or "-+"
    Multiply,  // args: the factors; text "" written without a sign, "*" with one
    Divide,    // args: 2; text "frac", "/" or ":" (a ratio)
    Mixed,     // args: whole, fraction: 1 1/2
    Power,     // args: base, exponent
    Root,      // args: radicand, degree
    Percent,   // args: 1
    Quantity,  // args: value; text: the unit as written
    Function,  // text: a known name (words.h); args
    Apply,     // text: an unknown function such as f; args
    Relation,  // args: n terms; text: n - 1 RelationOp characters
    Modular,   // a = b (mod n): args a, b, n
    List,      // args: the parts; text: "," "or" "and"
    Set,       // args: the elements
    Bracket,   // args: 2 or more; text: the delimiters "()" "[)" ...: a tuple, or with two parts perhaps an interval
    Union,     // args: 2 sets
    Intersection,
    Difference,
    Matrix, // args: entries row by row; columns
    Cases,  // args: value, condition, value, condition ...
    Sum,    // args: body, variable, from, to (Product the same)
    Product,
    Integral,   // args: body, variable [, from, to]
    Limit,      // args: body, variable, point; text: "" "+" "-"
    Derivative, // args: body, variable, order
};

// One character each, so that a chain of relations is a string.
enum class RelationOp : char {
    Equal = '=',
    NotEqual = '!',
    Less = '<',
    Greater = '>',
    LessOrEqual = 'l',
    GreaterOrEqual = 'g',
    Approximately = '~',
    Element = 'e',
    NotElement = 'n',
    Subset = 's',
    Superset = 'p',
    Implies = 'i',
};

struct Node;
using Expr = std::shared_ptr<const Node>;

struct Node {
    Kind kind = Kind::Number;
    std::string text;
    std::vector<Expr> args;
    std::size_t columns = 0; // Matrix only
    SourceRange range;
    std::size_t levels =
        1; // of the tree below and with this node; functions that recurse may rely on the parser's bound
};

Expr makeNode(Kind kind, std::string text, std::vector<Expr> args, SourceRange range = {}, std::size_t columns = 0);

Expr integer(long value);
Expr symbol(std::string name);
Expr constant(std::string name);
Expr add(std::vector<Expr> terms);
Expr negate(Expr a);
Expr subtract(Expr a, Expr b);
Expr multiply(std::vector<Expr> factors);
Expr divide(Expr a, Expr b);
Expr power(Expr base, Expr exponent);
Expr function(std::string name, std::vector<Expr> args);

// The same node with other arguments.
Expr withArguments(const Node& node, std::vector<Expr> args);

bool sameTree(const Expr& a, const Expr& b);

// Names of the symbols in it, bound ones (of sums, integrals, limits) left out.
std::set<std::string> freeSymbols(const Expr& expr);

bool contains(const Expr& expr, Kind kind);
bool containsConstant(const Expr& expr, std::string_view name);

// Every occurrence of the symbol replaced; bound occurrences stay.
Expr substitute(const Expr& expr, const std::string& name, const Expr& value);

// Every occurrence of a part (by sameTree) replaced.
Expr replacePart(const Expr& expr, const Expr& part, const Expr& by);

} // namespace lemma::tutor
