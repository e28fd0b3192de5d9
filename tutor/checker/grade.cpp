#include "tutor/checker/grade.h"

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

#include "tutor/checker/equality.h"
#include "tutor/math/ball.h"
#include "tutor/math/parser.h"
#include "tutor/math/words.h"

namespace lemma::tutor {
namespace {

Verdict different(std::string reason) { return {Equality::Different, std::move(reason), ""}; }

// Letters and digits in lower case, commands and blanks dropped: how texts are compared.
std::string plainLetters(std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\') {
            while (i + 1 < text.size() && std::isalpha(static_cast<unsigned char>(text[i + 1])) != 0)
                ++i;
            continue;
        }
        if (std::isalnum(static_cast<unsigned char>(text[i])) != 0 || static_cast<unsigned char>(text[i]) >= 0x80)
            result += static_cast<char>(std::tolower(static_cast<unsigned char>(text[i])));
    }
    return result;
}

bool isCollection(Kind kind) { return kind == Kind::List || kind == Kind::Set || kind == Kind::Bracket; }

// 3 \pm x read with one sign.
Expr withSign(const Expr& e, bool upper)
{
    std::vector<Expr> args;
    for (const Expr& arg : e->args)
        args.push_back(withSign(arg, upper));
    if (e->kind != Kind::PlusMinus)
        return args.empty() ? e : withArguments(*e, std::move(args));
    const bool minus = (e->text == "+-") != upper;
    Expr last = minus ? negate(args.back()) : args.back();
    return args.size() == 1 ? last : add({args[0], std::move(last)});
}

class Grader {
public:
    Grader(const AnswerPolicy& policy, const Budget& budget) : m_policy(policy), m_budget(budget) {}

    Verdict compare(const Expr& goldTree, const Expr& answerTree)
    {
        const Expr gold = expanded(goldTree), answer = expanded(answerTree);
        if (sameTree(gold, answer))
            return {Equality::Equal, "same-form", ""};
        if (gold->kind == Kind::Relation && answer->kind == Kind::Relation)
            return relations(gold, answer);
        const Expr g = valueOf(gold), a = valueOf(answer);
        if (g->kind == Kind::Relation || a->kind == Kind::Relation)
            return different("kind");
        if (isCollection(g->kind) || isCollection(a->kind))
            return collections(g, a);
        if (g->kind == Kind::Union && a->kind == Kind::Union)
            return unordered(g->args, a->args);
        if (g->kind == Kind::Matrix && a->kind == Kind::Matrix)
            return g->columns == a->columns ? ordered(g->args, a->args) : different("size");
        if (g->kind == Kind::Matrix || a->kind == Kind::Matrix)
            return contains(g, Kind::Multiply) || contains(a, Kind::Multiply) ? Verdict{} : different("kind");
        return values(g, a);
    }

private:
    // \pm as the set of both values.
    static Expr expanded(const Expr& e)
    {
        if (!contains(e, Kind::PlusMinus) || isCollection(e->kind))
            return e;
        return makeNode(Kind::Set, "", {withSign(e, true), withSign(e, false)}, e->range);
    }

    // x = 5 gives the value 5, and x \in S the set.
    static Expr valueOf(const Expr& e)
    {
        if (e->kind != Kind::Relation)
            return e;
        std::string_view signs = e->text;
        std::size_t last = signs.size();
        const bool onlyRounded = signs.size() == 1;
        while (!onlyRounded && last > 1 && signs[last - 1] == '~') // what follows is a rounded value
            --last;
        const bool chain = std::all_of(signs.begin(), signs.begin() + static_cast<long>(last),
                                       [](char sign) { return sign == '=' || sign == '~' || sign == 'e'; });
        const Kind left = e->args[0]->kind;
        const bool named = left == Kind::Symbol || left == Kind::Apply || left == Kind::Text;
        if (chain && (last > 1 || named))
            return e->args[last];
        return e;
    }

    Verdict relations(const Expr& gold, const Expr& answer)
    {
        const Expr g = valueOf(gold), a = valueOf(answer);
        const bool sameLeft = sameTree(gold->args[0], answer->args[0]);
        if (g != gold && a != answer && sameLeft)
            return compare(g, a);
        if (gold->args.size() != 2 || answer->args.size() != 2)
            return gold->text == answer->text ? ordered(gold->args, answer->args) : Verdict{};
        return scaled(gold, answer);
    }

    // l < r and its multiples: the ratio of the differences is a constant, whose sign says whether the relation turns.
    Verdict scaled(const Expr& gold, const Expr& answer)
    {
        const auto mirrored = [](char sign) {
            return sign == '<' ? '>' : sign == '>' ? '<' : sign == 'l' ? 'g' : sign == 'g' ? 'l' : sign;
        };
        const Expr p = subtract(gold->args[0], gold->args[1]), q = subtract(answer->args[0], answer->args[1]);
        const char signOfGold = gold->text[0], signOfAnswer = answer->text[0];
        std::set<std::string> names = freeSymbols(p);
        Point point;
        long value = 7;
        for (const std::string& name : names)
            point[name] = Rational(value += 4, 3);
        const BallValue pv = evaluateBall(p, point, 128, m_budget), qv = evaluateBall(q, point, 128, m_budget);
        const bool usable = pv.status == BallStatus::Defined && qv.status == BallStatus::Defined &&
                            pv.ball.surelyNonzero() && qv.ball.surelyNonzero();
        if (!usable)
            return {};
        const bool turned = pv.ball.surelyPositive() != qv.ball.surelyPositive();
        const char needed = turned ? mirrored(signOfGold) : signOfGold;
        const auto at = [&](const Expr& e) { // the difference at the chosen point, exactly
            Expr result = e;
            for (const auto& [name, number] : point)
                result = substitute(result, name, fraction(number));
            return result;
        };
        // p q(0) = q p(0) exactly when p and q are multiples of each other.
        const Verdict ratio = compareExpressions(multiply({p, at(q)}), multiply({q, at(p)}), m_budget);
        if (ratio.equality == Equality::Equal)
            return signOfAnswer == needed ? Verdict{Equality::Equal, ratio.reason, ""} : different("refuted");
        return {}; // other relations may still have the same solutions
    }

    static Expr fraction(const Rational& number)
    {
        const std::string text = number.text();
        const std::size_t cut = text.find('/');
        Expr top = makeNode(Kind::Number, text.substr(0, cut), {});
        return cut == std::string::npos ? top : divide(top, makeNode(Kind::Number, text.substr(cut + 1), {}));
    }

    Verdict collections(const Expr& g, const Expr& a)
    {
        const bool bothBrackets = g->kind == Kind::Bracket && a->kind == Kind::Bracket;
        if (bothBrackets && g->text != a->text)
            return different("kind");
        if (g->kind == Kind::Union || a->kind == Kind::Union)
            return {};
        const std::vector<Expr> left = isCollection(g->kind) ? g->args : std::vector{g};
        const std::vector<Expr> right = isCollection(a->kind) ? a->args : std::vector{a};
        const bool sets = g->kind != Kind::Bracket && a->kind != Kind::Bracket;
        if (sets && !m_policy.listsAreOrdered)
            return unordered(left, right);
        return ordered(left, right);
    }

    Verdict ordered(const std::vector<Expr>& left, const std::vector<Expr>& right)
    {
        if (left.size() != right.size())
            return different("size");
        Verdict all = {Equality::Equal, "exact", ""};
        for (std::size_t i = 0; i < left.size(); ++i) {
            const Verdict one = compare(left[i], right[i]);
            if (one.equality == Equality::Different)
                return one;
            if (one.equality == Equality::Unknown || one.reason == "points")
                all = all.equality == Equality::Unknown ? all : one;
        }
        return all;
    }

    bool contained(const std::vector<Expr>& items, const std::vector<Expr>& in, bool& undecided)
    {
        return std::all_of(items.begin(), items.end(), [&](const Expr& item) {
            bool unsure = false;
            for (const Expr& other : in) {
                const Equality equality = compare(item, other).equality;
                if (equality == Equality::Equal)
                    return true;
                unsure = unsure || equality == Equality::Unknown;
            }
            undecided = undecided || unsure;
            return false;
        });
    }

    Verdict unordered(const std::vector<Expr>& left, const std::vector<Expr>& right)
    {
        bool undecided = false;
        if (contained(left, right, undecided) && contained(right, left, undecided))
            return {Equality::Equal, "exact", ""};
        return undecided ? Verdict{} : different("size");
    }

    Verdict values(const Expr& g, const Expr& a)
    {
        if (g->kind == Kind::Quantity && a->kind == Kind::Quantity && g->text != a->text)
            return different("units");
        if (m_policy.unitsRequired && (g->kind == Kind::Quantity) != (a->kind == Kind::Quantity))
            return different("units");
        const auto bare = [](const Expr& e) { return e->kind == Kind::Quantity ? e->args[0] : e; };
        const Expr left = bare(g), right = bare(a);
        const bool onePercent = (left->kind == Kind::Percent) != (right->kind == Kind::Percent);
        if (onePercent && m_policy.percent != PercentMeaning::Hundredths) {
            const auto sign = [](const Expr& e) { return e->kind == Kind::Percent ? e->args[0] : e; };
            const Verdict asSign = compareExpressions(sign(left), sign(right), m_budget);
            if (asSign.equality == Equality::Equal || m_policy.percent == PercentMeaning::Sign)
                return asSign;
        }
        return compareExpressions(left, right, m_budget);
    }

    const AnswerPolicy& m_policy;
    const Budget& m_budget;
};

} // namespace

Verdict grade(std::string_view gold, std::string_view answer, const AnswerPolicy& policy, std::stop_token stop)
{
    const Budget budget(policy.time, std::move(stop));
    const ReadingOptions reading{policy.commaIsDecimal};
    const auto goldPhrase = answerPhrase(gold), answerWords = answerPhrase(answer);
    if (goldPhrase || answerWords)
        return goldPhrase == answerWords ? Verdict{Equality::Equal, "text", ""} : different("text");
    const ParseResult g = parseMath(gold, reading), a = parseMath(answer, reading);
    const bool texts = !g || !a || (*g)->kind == Kind::Text || (*a)->kind == Kind::Text;
    if (!texts)
        return Grader(policy, budget).compare(*g, *a);
    const std::string goldLetters = plainLetters(gold), answerLetters = plainLetters(answer);
    if (!goldLetters.empty() && goldLetters == answerLetters &&
        goldLetters.find_first_of("0123456789") == std::string::npos)
        return {Equality::Equal, "text", ""};
    if (g && a)
        return different("text");
    return {Equality::Unknown, "not-read", ""};
}

} // namespace lemma::tutor
