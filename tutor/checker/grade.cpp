#include "tutor/checker/grade.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <utility>

#include "tutor/calculus/notation.h"
#include "tutor/checker/answer_kind.h"
#include "tutor/checker/antiderivative.h"
#include "tutor/checker/comparison.h"
#include "tutor/checker/form.h"
#include "tutor/checker/order.h"
#include "tutor/checker/statement.h"
#include "tutor/checker/words_answer.h"
#include "tutor/math/exact_memory.h"
#include "tutor/math/parser.h"
#include "tutor/math/words.h"

namespace lemma::tutor {
namespace {

Verdict words(std::string_view gold, std::string_view answer)
{
    return sameWords(gold, answer) ? equalBecause(ReasonKind::Text) : differentBecause(ReasonKind::Text);
}

// A sentence ("no solution") as the mathematics that it names.
Expr phraseAsTree(std::string_view phrase)
{
    if (phrase == "no solution")
        return constant("emptyset");
    return phrase == "all real numbers" ? constant("reals") : nullptr;
}

// Words against words, or the set that they name against another.
Verdict phrases(std::optional<std::string_view> gold, std::optional<std::string_view> answer, const ParseResult& g,
                const ParseResult& a, const Policy& policy, const Budget& budget)
{
    if (gold && answer)
        return *gold == *answer ? equalBecause(ReasonKind::Text) : differentBecause(ReasonKind::Text);
    const ParseResult& other = gold ? a : g;
    if (!other)
        return unknownBecause(ReasonKind::NotRead);
    if (const Expr named = phraseAsTree(gold ? *gold : *answer))
        return gold ? grade(named, *other, policy, budget) : grade(*other, named, policy, budget);
    return valueOfAnswer(*other)->kind == Kind::Number ? differentBecause(ReasonKind::Kind)
                                                       : unknownBecause(ReasonKind::Undecided);
}

// A letter against a letter. A letter with its content may be answered by the content alone.
std::optional<Verdict> choices(std::string_view gold, std::string_view answer, const Policy& policy,
                               const Budget& budget)
{
    const bool asked = policy.kind == AnswerKind::Choice;
    const auto g = choiceIn(gold, asked), a = choiceIn(answer, asked);
    if (g && a && (g->letter == a->letter || !g->content.empty() || !a->content.empty() || asked))
        return g->letter == a->letter ? equalBecause(ReasonKind::Text) : differentBecause(ReasonKind::Text);
    if (asked)
        return unknownBecause(ReasonKind::NotRead);
    if (g && !a && !g->content.empty())
        return grade(g->content, answer, policy, budget);
    if (a && !g && !a->content.empty())
        return grade(gold, a->content, policy, budget);
    return std::nullopt;
}

// "3,5" is a list, and 3.5 where the custom is such. Only an answer is read in both ways: what a teacher writes is what
// the policy says, except that no number begins with a zero and a separator of thousands.
std::optional<Verdict> withDecimalComma(std::string_view gold, std::string_view answer, const Policy& policy,
                                        const Budget& budget)
{
    const auto begins = [](std::string_view text) {
        const std::size_t digit = text.find_first_of("0123456789");
        return digit != std::string_view::npos && text.substr(digit).starts_with("0,") && text.size() >= digit + 5;
    };
    const auto has = [](std::string_view text) {
        const std::size_t comma = text.find(',');
        return comma != std::string_view::npos && comma > 0 && text.find(',', comma + 1) == std::string_view::npos &&
               std::isdigit(static_cast<unsigned char>(text[comma - 1])) != 0 && comma + 1 < text.size() &&
               std::isdigit(static_cast<unsigned char>(text[comma + 1])) != 0;
    };
    const bool inGold = has(gold) && begins(gold), inAnswer = has(answer);
    if (policy.commaIsDecimal || inGold == inAnswer || (!inGold && gold.find(',') != std::string_view::npos))
        return std::nullopt;
    const ParseResult g = parseMath(gold, {inGold}), a = parseMath(answer, {inAnswer});
    if (!g || !a || valueOfStatement(*g)->kind == Kind::List)
        return std::nullopt;
    Verdict verdict = grade(*g, *a, policy, budget);
    return verdict.equality == Equality::Equal ? std::optional(std::move(verdict)) : std::nullopt;
}

// Where the whole cannot be read: what a chain of equations ends in, "\foo{...} = x = 5".
ParseResult readOrLast(std::string_view text, const ReadingOptions& reading)
{
    ParseResult whole = parseMath(text, reading);
    if (whole)
        return whole;
    int depth = 0;
    std::size_t last = std::string_view::npos;
    for (std::size_t i = 0; i < text.size(); ++i) {
        depth += text[i] == '{' || text[i] == '(' || text[i] == '[' ? 1 : 0;
        depth -= text[i] == '}' || text[i] == ')' || text[i] == ']' ? 1 : 0;
        if (text[i] == '=' && depth == 0)
            last = i;
    }
    if (last == std::string_view::npos)
        return whole;
    ParseResult end = parseMath(text.substr(last + 1), reading);
    return end ? end : whole;
}

// Some renaming of the answer's variables, where names do not matter.
Verdict compareRenamed(const Expr& gold, const Expr& answer, const Policy& policy, const Budget& budget)
{
    const Comparison comparison(policy, budget);
    Verdict verdict = comparison.compare(gold, answer);
    const std::set<std::string> from = freeSymbols(answer), to = freeSymbols(gold);
    constexpr std::size_t mostNames = 4;
    if (policy.namesMatter || verdict.equality == Equality::Equal || from.size() != to.size() ||
        from.size() > mostNames)
        return verdict;
    std::vector<std::string> targets(to.begin(), to.end());
    do {
        std::vector<std::pair<std::string, std::string>> names;
        std::size_t i = 0;
        for (const std::string& name : from)
            names.emplace_back(name, targets[i++]);
        Verdict one = comparison.compare(gold, renamed(answer, names));
        if (one.equality == Equality::Equal)
            return one;
    } while (std::next_permutation(targets.begin(), targets.end()));
    return verdict;
}

} // namespace

Verdict grade(const Expr& goldTree, const Expr& answerTree, const Policy& policy, const Budget& budget)
{
    releaseExactMemoryAtThreadEnd();
    if (const auto byDerivative = compareAntiderivatives(goldTree, answerTree, policy, budget))
        return *byDerivative;
    const Expr gold = carriedOut(goldTree, budget), answer = carriedOut(answerTree, budget);
    const Expr value = valueOfStatement(answer);
    const bool prefixed = value != answer && valueOfStatement(gold) == gold;
    Verdict verdict = compareRenamed(gold, answer, policy, budget);
    if (prefixed && !policy.prefixAllowed && verdict.equality == Equality::Equal)
        return differentBecause(ReasonKind::Prefix);
    verdict.formSentence = kindFault(answerTree, policy.kind);
    if (verdict.formSentence.empty())
        verdict.formSentence = formFault(valueOfStatement(answerTree), policy.form, policy.digits, budget);
    if (verdict.formSentence.empty() && verdict.equality == Equality::Equal && needsSolving(gold, answer))
        verdict.formSentence = "It is right, but not solved for the unknown.";
    verdict.form = verdict.formSentence.empty() ? Form::Ok : Form::Wrong;
    return verdict;
}

Verdict grade(std::string_view gold, std::string_view answer, const Policy& policy, const Budget& budget)
{
    // What the parser would refuse for its length is not looked at any closer: a megabyte costs nothing.
    if (std::max(gold.size(), answer.size()) > maximumTextBytes)
        return gold == answer ? equalBecause(ReasonKind::Text) : unknownBecause(ReasonKind::NotRead);
    if (policy.kind == AnswerKind::Text)
        return words(gold, answer);
    if (!budget.spend(1))
        return unknownBecause(ReasonKind::TooMuch);
    if (auto chosen = choices(gold, answer, policy, budget))
        return *std::move(chosen);
    if (isOneWord(gold) && isOneWord(answer) && sameWords(gold, answer))
        return equalBecause(ReasonKind::Text);
    const ReadingOptions reading{policy.commaIsDecimal};
    const ParseResult g = readOrLast(gold, reading), a = readOrLast(answer, reading);
    const auto goldPhrase = answerPhrase(gold), answerPhraseFound = answerPhrase(answer);
    if (goldPhrase || answerPhraseFound)
        return phrases(goldPhrase, answerPhraseFound, g, a, policy, budget);
    if (auto european = withDecimalComma(gold, answer, policy, budget))
        return *std::move(european);
    if (g && a && (*g)->kind != Kind::Text && (*a)->kind != Kind::Text)
        return grade(*g, *a, policy, budget);
    const std::string letters = plainLetters(gold);
    const bool hasDigits = letters.find_first_of("0123456789") != std::string::npos;
    if (!hasDigits && !letters.empty() && sameWords(gold, answer))
        return equalBecause(ReasonKind::Text);
    const bool bothWords = g && a && (*g)->kind == Kind::Text && (*a)->kind == Kind::Text;
    return bothWords ? words(gold, answer) : unknownBecause(ReasonKind::NotRead);
}

} // namespace lemma::tutor
