// What people write around a problem: "solve", "differentiate", "eigenvalues of", a full stop.
#include <array>
#include <cctype>
#include <optional>
#include <string>

#include "tutor/calculus/derivative.h"
#include "tutor/math/parser.h"
#include "tutor/solver/matrix_problem.h"
#include "tutor/solver/solve.h"
#include "tutor/solver/statistics.h"

namespace lemma::tutor {
namespace {

std::string_view trimmed(std::string_view text)
{
    static constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos)
        return {};
    text = text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
    if (text.ends_with('.'))
        text.remove_suffix(1);
    return text;
}

// Takes a word off the front, whatever the case of its first letter.
bool takeWord(std::string_view& text, std::string_view word)
{
    const bool same = text.size() > word.size() && text.substr(1, word.size() - 1) == word.substr(1) &&
                      std::tolower(static_cast<unsigned char>(text[0])) == word[0];
    if (same)
        text = trimmed(text.substr(word.size()));
    return same;
}

template <std::size_t n>
bool takeAny(std::string_view& text, const std::array<std::string_view, n>& words)
{
    for (const std::string_view word : words)
        if (takeWord(text, word))
            return true;
    return false;
}

std::string variableIn(const Expr& expr, const SolveOptions& options)
{
    const std::set<std::string> names = freeSymbols(expr);
    if (!options.variable.empty())
        return options.variable;
    return names.size() == 1 ? *names.begin() : "x";
}

} // namespace

Solution solveText(std::string_view text, const SolveOptions& options, const Budget& budget)
{
    static constexpr std::array<std::string_view, 6> askers = {"solve ",    "compute ", "evaluate ",
                                                               "simplify ", "find ",    "calculate "};
    static constexpr std::array<std::string_view, 2> derivatives = {"differentiate ", "derivative of "};
    static constexpr std::array<std::string_view, 3> integrals = {"integrate ", "integral of ", "antiderivative of "};
    static constexpr std::array<std::string_view, 1> articles = {"the "};
    static constexpr std::array<std::string_view, 1> eigenvalues = {"eigenvalues of "};
    text = trimmed(text);
    takeAny(text, askers);
    takeAny(text, articles);
    if (!text.empty() && std::isupper(static_cast<unsigned char>(text[0])) != 0) {
        std::string lowered(text);
        lowered[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(lowered[0])));
        if (auto statistics = solveStatistics(lowered, budget))
            return std::move(*statistics);
    }
    if (auto statistics = solveStatistics(text, budget))
        return std::move(*statistics);
    const bool derivative = takeAny(text, derivatives), integral = !derivative && takeAny(text, integrals),
               spectrum = takeAny(text, eigenvalues);
    const ParseResult problem = parseMath(text);
    if (!problem)
        return unreadable(ProblemKind::Other, problem.error());
    if (spectrum)
        return eigenvaluesOf(*problem, options.domain, budget);
    const std::string variable = variableIn(*problem, options);
    if (derivative)
        return solve(derivativeOf(*problem, variable), options, budget);
    if (integral)
        return solve(makeNode(Kind::Integral, "", {*problem, symbol(variable)}), options, budget);
    return solve(*problem, options, budget);
}

} // namespace lemma::tutor
