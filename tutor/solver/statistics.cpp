#include "tutor/solver/statistics.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tutor/calculus/simplify.h"
#include "tutor/math/parser.h"
#include "tutor/math/rational_value.h"

namespace lemma::tutor {
namespace {

using Numbers = std::vector<Rational>;

enum class Measure { Mean, Median, Mode, Range, Variance, Deviation, SampleVariance, SampleDeviation, Quartiles };

struct Wording {
    std::string_view text;
    Measure measure;
};

constexpr std::array<Wording, 10> wordings = {{
    {"mean of ", Measure::Mean},
    {"average of ", Measure::Mean},
    {"median of ", Measure::Median},
    {"mode of ", Measure::Mode},
    {"range of ", Measure::Range},
    {"variance of ", Measure::Variance},
    {"standard deviation of ", Measure::Deviation},
    {"sample variance of ", Measure::SampleVariance},
    {"sample standard deviation of ", Measure::SampleDeviation},
    {"quartiles of ", Measure::Quartiles},
}};

Rational sumOf(const Numbers& numbers)
{
    Rational sum;
    for (const Rational& number : numbers)
        fmpq_add(sum.get(), sum.get(), number.get());
    return sum;
}

Rational over(const Rational& a, long n)
{
    Rational result;
    fmpq_div(result.get(), a.get(), Rational(n).get());
    return result;
}

Rational meanOf(const Numbers& numbers) { return over(sumOf(numbers), static_cast<long>(numbers.size())); }

// Of sorted numbers [begin, end).
Rational medianOf(const Numbers& sorted, std::size_t begin, std::size_t end)
{
    const std::size_t middle = begin + (end - begin) / 2;
    if ((end - begin) % 2 == 1)
        return sorted[middle];
    Rational sum;
    fmpq_add(sum.get(), sorted[middle - 1].get(), sorted[middle].get());
    return over(sum, 2);
}

// The sum of the squared deviations; empty where two ways disagree.
std::optional<Rational> deviationSquares(const Numbers& numbers)
{
    const Rational mean = meanOf(numbers);
    Rational squares, plain, part, correction;
    for (const Rational& number : numbers) {
        fmpq_sub(part.get(), number.get(), mean.get());
        fmpq_mul(part.get(), part.get(), part.get());
        fmpq_add(squares.get(), squares.get(), part.get());
        fmpq_mul(part.get(), number.get(), number.get());
        fmpq_add(plain.get(), plain.get(), part.get());
    }
    fmpq_mul(correction.get(), mean.get(), sumOf(numbers).get());
    fmpq_sub(plain.get(), plain.get(), correction.get());
    return plain == squares ? std::optional(squares) : std::nullopt;
}

std::vector<Expr> asTrees(const Numbers& numbers)
{
    std::vector<Expr> trees;
    for (const Rational& number : numbers)
        trees.push_back(rationalExpr(number));
    return trees;
}

class Statistics {
public:
    Statistics(Numbers numbers, Expr list, const Budget& budget)
        : m_numbers(std::move(numbers)), m_list(std::move(list)), m_budget(budget)
    {
        m_sorted = m_numbers;
        std::sort(m_sorted.begin(), m_sorted.end());
    }

    Solution answer(Measure measure)
    {
        const std::size_t n = m_sorted.size();
        switch (measure) {
        case Measure::Mean: writeMean(); return finished({meanOf(m_numbers)});
        case Measure::Median: sortFirst(); return finished({medianOf(m_sorted, 0, n)});
        case Measure::Mode: return finished(modes());
        case Measure::Range: {
            sortFirst();
            Rational range;
            fmpq_sub(range.get(), m_sorted.back().get(), m_sorted.front().get());
            return finished({range});
        }
        case Measure::Quartiles:
            sortFirst();
            if (n < 2)
                return unknownSolution(ProblemKind::Statistics, "one number has no halves");
            return finished(
                {medianOf(m_sorted, 0, n / 2), medianOf(m_sorted, 0, n), medianOf(m_sorted, (n + 1) / 2, n)}, true);
        default: return spread(measure);
        }
    }

private:
    void sortFirst() { m_steps.push_back({Action::SortNumbers, m_list, list(m_sorted)}); }
    static Expr list(const Numbers& numbers) { return makeNode(Kind::List, ",", asTrees(numbers)); }

    void writeMean()
    {
        const Expr sum = m_numbers.size() == 1 ? rationalExpr(m_numbers[0]) : add(asTrees(m_numbers));
        m_steps.push_back({Action::AddAndDivide, m_list, divide(sum, integer(static_cast<long>(m_numbers.size())))});
    }

    Numbers modes() const
    {
        Numbers best;
        std::size_t most = 0;
        for (std::size_t i = 0; i < m_sorted.size();) {
            std::size_t end = i;
            while (end < m_sorted.size() && m_sorted[end] == m_sorted[i])
                ++end;
            if (end - i > most)
                best.clear();
            if (end - i >= most) {
                best.push_back(m_sorted[i]);
                most = end - i;
            }
            i = end;
        }
        return best;
    }

    Solution spread(Measure measure)
    {
        const bool sample = measure == Measure::SampleVariance || measure == Measure::SampleDeviation;
        const auto n = static_cast<long>(m_numbers.size()) - (sample ? 1 : 0);
        const auto squares = deviationSquares(m_numbers);
        if (n < 1 || !squares)
            return unknownSolution(ProblemKind::Statistics, "a sample needs two numbers at least");
        writeMean();
        const Expr mean = rationalExpr(meanOf(m_numbers));
        std::vector<Expr> terms;
        for (const Rational& number : m_numbers)
            terms.push_back(power(subtract(rationalExpr(number), mean), integer(2)));
        const Expr sum = terms.size() == 1 ? terms[0] : add(std::move(terms));
        m_steps.push_back(
            {sample ? Action::SquaresOverOneLess : Action::SquaresOverCount, m_list, divide(sum, integer(n))});
        const Rational variance = over(*squares, n);
        if (measure == Measure::Variance || measure == Measure::SampleVariance)
            return finished({variance});
        const Expr root = makeNode(Kind::Root, "", {rationalExpr(variance), integer(2)});
        m_steps.push_back({Action::TakeRoot, rationalExpr(variance), root});
        return finished({simplified(root, m_budget)});
    }

    Solution finished(const Numbers& values, bool ordered = false) { return finished(asTrees(values), ordered); }

    Solution finished(std::vector<Expr> values, bool ordered = false)
    {
        Solution solution;
        solution.kind = ProblemKind::Statistics;
        solution.set = makeNode(ordered ? Kind::List : Kind::Set, ordered ? "," : "", values);
        if (ordered)
            m_steps.push_back({Action::HalvesWithoutMiddle, m_list, solution.set});
        else
            m_steps.push_back({Action::ReadOff, m_list, solution.set});
        solution.solutions = std::move(values);
        solution.steps = std::move(m_steps);
        solution.solved = true;
        return solution;
    }

    Numbers m_numbers;
    Numbers m_sorted;
    Expr m_list;
    const Budget& m_budget;
    std::vector<SolutionStep> m_steps;
};

} // namespace

std::optional<Solution> solveStatistics(std::string_view text, const Budget& budget)
{
    const auto wording =
        std::find_if(wordings.begin(), wordings.end(), [&](const Wording& one) { return text.starts_with(one.text); });
    if (wording == wordings.end())
        return std::nullopt;
    const ParseResult list = parseMath(text.substr(wording->text.size()));
    if (!list)
        return unreadable(ProblemKind::Statistics, list.error());
    const bool many = (*list)->kind == Kind::List || (*list)->kind == Kind::Bracket || (*list)->kind == Kind::Set;
    Numbers numbers;
    constexpr std::size_t mostNumbers = 1000;
    for (const Expr& item : many ? (*list)->args : std::vector<Expr>{*list}) {
        const auto value = rationalValue(item, {}, budget);
        if (!value || value->bits() > 400 || numbers.size() == mostNumbers)
            return unknownSolution(ProblemKind::Statistics, "not a list of rational numbers of moderate length");
        numbers.push_back(*value);
    }
    return Statistics(std::move(numbers), *list, budget).answer(wording->measure);
}

} // namespace lemma::tutor
