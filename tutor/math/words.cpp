#include "tutor/math/words.h"

#include <algorithm>
#include <cctype>
#include <unordered_map>
#include <unordered_set>

namespace lemma::tutor {
namespace {

using Table = std::unordered_map<std::string_view, std::string_view>;

std::optional<std::string_view> lookUp(const Table& table, std::string_view word)
{
    const auto found = table.find(word);
    return found == table.end() ? std::nullopt : std::optional(found->second);
}

const Table& functions()
{
    static const Table table = {
        {"sin", "sin"},
        {"cos", "cos"},
        {"tan", "tan"},
        {"cot", "cot"},
        {"sec", "sec"},
        {"csc", "csc"},
        {"tg", "tan"},
        {"ctg", "cot"},
        {"cosec", "csc"},
        {"arcsin", "asin"},
        {"arccos", "acos"},
        {"arctan", "atan"},
        {"arcctg", "acot"},
        {"arctg", "atan"},
        {"arccot", "acot"},
        {"arcsec", "asec"},
        {"arccsc", "acsc"},
        {"asin", "asin"},
        {"acos", "acos"},
        {"atan", "atan"},
        {"sinh", "sinh"},
        {"cosh", "cosh"},
        {"tanh", "tanh"},
        {"coth", "coth"},
        {"sh", "sinh"},
        {"ch", "cosh"},
        {"th", "tanh"},
        {"arsinh", "asinh"},
        {"arcosh", "acosh"},
        {"artanh", "atanh"},
        {"arcsinh", "asinh"},
        {"arccosh", "acosh"},
        {"arctanh", "atanh"},
        {"asinh", "asinh"},
        {"acosh", "acosh"},
        {"atanh", "atanh"},
        {"ln", "ln"},
        {"log", "log"},
        {"lg", "log10"},
        {"lb", "log2"},
        {"exp", "exp"},
        {"sqrt", "sqrt"},
        {"cbrt", "cbrt"},
        {"abs", "abs"},
        {"floor", "floor"},
        {"ceil", "ceil"},
        {"ceiling", "ceil"},
        {"gcd", "gcd"},
        {"lcm", "lcm"},
        {"max", "max"},
        {"min", "min"},
        {"det", "det"},
        {"Re", "re"},
        {"Im", "im"},
        {"arg", "arg"},
        {"deg", "deg"},
        {"sgn", "sign"},
        {"sign", "sign"},
        {"tr", "trace"},
        {"rank", "rank"},
        {"binomial", "binomial"},
        {"factorial", "factorial"},
        {"conj", "conj"},
        {"mod", "mod"},
        {"Gamma", "gamma"},
    };
    return table;
}

std::string lowered(std::string_view text)
{
    std::string result;
    for (const char c : text)
        if (std::isspace(static_cast<unsigned char>(c)) != 0) {
            if (!result.empty() && result.back() != ' ')
                result += ' ';
        } else {
            result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    while (!result.empty() && (result.back() == ' ' || result.back() == '.'))
        result.pop_back();
    return result;
}

} // namespace

std::optional<std::string_view> functionNamed(std::string_view word) { return lookUp(functions(), word); }

std::optional<std::string_view> constantNamed(std::string_view word)
{
    static const Table table = {
        {"pi", "pi"},
        {"exponentialE", "e"},
        {"imaginaryI", "i"},
        {"infty", "infinity"},
        {"infin", "infinity"},
        {"infinity", "infinity"},
        {"oo", "infinity"},
        {"inf", "infinity"},
        {"emptyset", "emptyset"},
        {"varnothing", "emptyset"},
        {"N", "naturals"},
        {"Z", "integers"},
        {"Q", "rationals"},
        {"R", "reals"},
        {"C", "complexes"},
    };
    return lookUp(table, word);
}

std::optional<std::string_view> letterNamed(std::string_view word)
{
    static const Table table = {
        {"alpha", "alpha"},    {"beta", "beta"},       {"gamma", "gamma"},
        {"delta", "delta"},    {"epsilon", "epsilon"}, {"varepsilon", "epsilon"},
        {"zeta", "zeta"},      {"eta", "eta"},         {"theta", "theta"},
        {"vartheta", "theta"}, {"iota", "iota"},       {"kappa", "kappa"},
        {"lambda", "lambda"},  {"mu", "mu"},           {"nu", "nu"},
        {"xi", "xi"},          {"rho", "rho"},         {"varrho", "rho"},
        {"sigma", "sigma"},    {"tau", "tau"},         {"upsilon", "upsilon"},
        {"phi", "phi"},        {"varphi", "phi"},      {"chi", "chi"},
        {"psi", "psi"},        {"omega", "omega"},     {"Gamma", "Gamma"},
        {"Delta", "Delta"},    {"Theta", "Theta"},     {"Lambda", "Lambda"},
        {"Xi", "Xi"},          {"Sigma", "Sigma"},     {"Phi", "Phi"},
        {"Psi", "Psi"},        {"Omega", "Omega"},     {"ell", "ell"},
        {"hbar", "hbar"},      {"aleph", "aleph"},     {"triangle", "triangle"},
        {"angle", "angle"},    {"Pi", "Pi"},           {"nabla", "nabla"},
    };
    return lookUp(table, word);
}

std::optional<RelationOp> relationNamed(std::string_view spelling)
{
    static const std::unordered_map<std::string_view, RelationOp> table = {
        {"=", RelationOp::Equal},
        {"==", RelationOp::Equal},
        {"eq", RelationOp::Equal},
        {"equiv", RelationOp::Equal},
        {"<", RelationOp::Less},
        {"lt", RelationOp::Less},
        {">", RelationOp::Greater},
        {"gt", RelationOp::Greater},
        {"<=", RelationOp::LessOrEqual},
        {"=<", RelationOp::LessOrEqual},
        {"le", RelationOp::LessOrEqual},
        {"leq", RelationOp::LessOrEqual},
        {"leqslant", RelationOp::LessOrEqual},
        {"leqq", RelationOp::LessOrEqual},
        {">=", RelationOp::GreaterOrEqual},
        {"ge", RelationOp::GreaterOrEqual},
        {"geq", RelationOp::GreaterOrEqual},
        {"geqslant", RelationOp::GreaterOrEqual},
        {"geqq", RelationOp::GreaterOrEqual},
        {"!=", RelationOp::NotEqual},
        {"ne", RelationOp::NotEqual},
        {"neq", RelationOp::NotEqual},
        {"approx", RelationOp::Approximately},
        {"simeq", RelationOp::Approximately},
        {"cong", RelationOp::Approximately},
        {"sim", RelationOp::Approximately},
        {"doteq", RelationOp::Approximately},
        {"in", RelationOp::Element},
        {"notin", RelationOp::NotElement},
        {"subset", RelationOp::Subset},
        {"subseteq", RelationOp::Subset},
        {"supset", RelationOp::Superset},
        {"supseteq", RelationOp::Superset},
        {"Rightarrow", RelationOp::Implies},
        {"implies", RelationOp::Implies},
        {"Longrightarrow", RelationOp::Implies},
        {"iff", RelationOp::Implies},
        {"Leftrightarrow", RelationOp::Implies},
    };
    const auto found = table.find(spelling);
    return found == table.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string_view> unicodeSpelling(std::string_view character)
{
    static const Table table = {
        {"√", "\\sqrt "},     {"∛", "\\sqrt[3] "},
        {"π", "\\pi "},       {"×", "*"},
        {"·", "*"},           {"⋅", "*"},
        {"∙", "*"},           {"÷", "/"},
        {"∕", "/"},           {"⁄", "/"},
        {"−", "-"},           {"–", "-"},
        {"‐", "-"},           {"±", "\\pm "},
        {"∓", "\\mp "},       {"≤", "<="},
        {"⩽", "<="},          {"≥", ">="},
        {"⩾", ">="},          {"≠", "!="},
        {"≈", "\\approx "},   {"≡", "\\equiv "},
        {"∈", "\\in "},       {"∉", "\\notin "},
        {"⊂", "\\subset "},   {"⊆", "\\subseteq "},
        {"∪", "\\cup "},      {"∩", "\\cap "},
        {"∖", "\\setminus "}, {"∅", "\\emptyset "},
        {"∞", "\\infty "},    {"°", "^\\circ "},
        {"²", "^2"},          {"³", "^3"},
        {"¹", "^1"},          {"⁰", "^0"},
        {"⁴", "^4"},          {"⁵", "^5"},
        {"⁶", "^6"},          {"⁷", "^7"},
        {"⁸", "^8"},          {"⁹", "^9"},
        {"½", " 1/2"},        {"⅓", " 1/3"},
        {"⅔", " 2/3"},        {"¼", " 1/4"},
        {"¾", " 3/4"},        {"⅕", " 1/5"},
        {"⅙", " 1/6"},        {"⅛", " 1/8"},
        {"⅜", " 3/8"},        {"⅝", " 5/8"},
        {"⅞", " 7/8"},        {"∫", "\\int "},
        {"∑", "\\sum "},      {"∏", "\\prod "},
        {"→", "\\to "},       {"⇒", "\\Rightarrow "},
        {"ℝ", "\\mathbb{R}"}, {"ℤ", "\\mathbb{Z}"},
        {"ℚ", "\\mathbb{Q}"}, {"ℕ", "\\mathbb{N}"},
        {"ℂ", "\\mathbb{C}"}, {"α", "\\alpha "},
        {"β", "\\beta "},     {"γ", "\\gamma "},
        {"δ", "\\delta "},    {"ε", "\\epsilon "},
        {"θ", "\\theta "},    {"λ", "\\lambda "},
        {"μ", "\\mu "},       {"ρ", "\\rho "},
        {"σ", "\\sigma "},    {"τ", "\\tau "},
        {"φ", "\\phi "},      {"ω", "\\omega "},
        {"Ɛ", "\\epsilon "},  {"ɛ", "\\epsilon "},
        {"Δ", "\\Delta "},    {"Ω", "\\Omega "},
        {"⌊", "\\lfloor "},   {"⌋", "\\rfloor "},
        {"⌈", "\\lceil "},    {"⌉", "\\rceil "},
        {"…", "\\ldots "},    {"′", "'"},
        {"€", "\\$"},         {"£", "\\$"},
        {"\u00a0", " "},      {"\u2009", " "},
        {"\u202f", " "},      {"，", ","},
        {"（", "("},          {"）", ")"},
        {"：", ":"},          {"\u200b", " "},
    };
    return lookUp(table, character);
}

bool isUnitWord(std::string_view word)
{
    static const std::unordered_set<std::string_view> units = {
        "mm",         "cm",          "dm",        "km",         "m",         "meter",  "meters",  "metre",   "metres",
        "centimeter", "centimeters", "kilometer", "kilometers", "inch",      "inches", "in",      "ft",      "foot",
        "feet",       "yard",        "yards",     "yd",         "mile",      "miles",  "mph",     "g",       "kg",
        "mg",         "gram",        "grams",     "kilogram",   "kilograms", "lb",     "lbs",     "pound",   "pounds",
        "oz",         "ounces",      "ton",       "tons",       "s",         "sec",    "second",  "seconds", "min",
        "minute",     "minutes",     "h",         "hr",         "hrs",       "hour",   "hours",   "day",     "days",
        "week",       "weeks",       "month",     "months",     "year",      "years",  "ml",      "l",       "L",
        "mL",         "liter",       "liters",    "litre",      "litres",    "gallon", "gallons", "cup",     "cups",
        "degree",     "degrees",     "radian",    "radians",    "rad",       "unit",   "units",   "square",  "sq",
        "cubic",      "dollar",      "dollars",   "cent",       "cents",     "euro",   "euros",   "yuan",    "rupees",
        "USD",        "N",           "J",         "W",          "V",         "A",      "Hz",      "kHz",     "Pa",
        "K",          "mol",         "people",    "students",   "times",     "per",    "ways",    "bins",    "papers",
        "points",     "kmph",        "km/h",      "m/s",
    };
    return units.contains(word);
}

bool isPercentWord(std::string_view word) { return word == "percent" || word == "pct" || word == "percentage"; }

std::optional<std::string_view> answerPhrase(std::string_view text)
{
    constexpr std::size_t longest = 200; // blanks included
    if (text.size() > longest)
        return std::nullopt;
    static const Table table = {
        {"no solution", "no solution"},
        {"no solutions", "no solution"},
        {"no real solution", "no solution"},
        {"no real solutions", "no solution"},
        {"there is no solution", "no solution"},
        {"there are no solutions", "no solution"},
        {"none exist", "no solution"},
        {"all real numbers", "all real numbers"},
        {"any real number", "all real numbers"},
        {"all reals", "all real numbers"},
        {"every real number", "all real numbers"},
        {"infinitely many solutions", "infinitely many"},
        {"infinitely many", "infinitely many"},
        {"infinite solutions", "infinitely many"},
        {"undefined", "undefined"},
        {"not defined", "undefined"},
        {"does not exist", "does not exist"},
        {"dne", "does not exist"},
        {"none", "none"},
        {"none of these", "none"},
    };
    return lookUp(table, lowered(text));
}

} // namespace lemma::tutor
