#include "tutor/checker/grade.h"

#include <cctype>
#include <string>

#include "tutor/calculus/notation.h"
#include "tutor/checker/antiderivative.h"
#include "tutor/checker/comparison.h"
#include "tutor/checker/form.h"
#include "tutor/math/exact_memory.h"
#include "tutor/math/parser.h"
#include "tutor/math/words.h"

namespace lemma::tutor {
namespace {

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

Verdict words(std::string_view gold, std::string_view answer)
{
    return plainLetters(gold) == plainLetters(answer) ? equalBecause(ReasonKind::Text)
                                                      : differentBecause(ReasonKind::Text);
}

// A sentence ("no solution") as the mathematics that it names.
Expr phraseAsTree(std::string_view phrase)
{
    if (phrase == "no solution")
        return constant("emptyset");
    return phrase == "all real numbers" ? constant("reals") : nullptr;
}

bool isNumberSet(const Expr& e)
{
    return e->kind == Kind::Constant && e->text != "pi" && e->text != "e" && e->text != "i" && e->text != "infinity";
}

Verdict phrases(std::optional<std::string_view> gold, std::optional<std::string_view> answer, const ParseResult& g,
                const ParseResult& a)
{
    if (gold && answer)
        return *gold == *answer ? equalBecause(ReasonKind::Text) : differentBecause(ReasonKind::Text);
    const ParseResult& other = gold ? a : g;
    const Expr named = phraseAsTree(gold ? *gold : *answer);
    if (!other || !named)
        return unknownBecause(ReasonKind::Undecided);
    const Expr set = valueOfStatement(*other);
    if (isNumberSet(set))
        return sameTree(set, named) ? equalBecause(ReasonKind::Exact) : differentBecause(ReasonKind::Value);
    return set->kind == Kind::Number ? differentBecause(ReasonKind::Kind) : unknownBecause(ReasonKind::Undecided);
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
    Verdict verdict = Comparison(policy, budget).compare(gold, answer);
    if (prefixed && !policy.prefixAllowed && verdict.equality == Equality::Equal)
        return differentBecause(ReasonKind::Prefix);
    verdict.formSentence = formFault(value, policy.form, policy.digits);
    verdict.form = verdict.formSentence.empty() ? Form::Ok : Form::Wrong;
    return verdict;
}

Verdict grade(std::string_view gold, std::string_view answer, const Policy& policy, const Budget& budget)
{
    if (policy.kind == AnswerKind::Text)
        return words(gold, answer);
    if (budget.spent())
        return unknownBecause(ReasonKind::TooMuch);
    const ReadingOptions reading{policy.commaIsDecimal};
    const ParseResult g = parseMath(gold, reading), a = parseMath(answer, reading);
    const auto goldPhrase = answerPhrase(gold), answerPhraseFound = answerPhrase(answer);
    if (goldPhrase || answerPhraseFound)
        return phrases(goldPhrase, answerPhraseFound, g, a);
    if (g && a && (*g)->kind != Kind::Text && (*a)->kind != Kind::Text)
        return grade(*g, *a, policy, budget);
    const bool letters = plainLetters(gold).find_first_of("0123456789") == std::string::npos;
    if (letters && !plainLetters(gold).empty() && plainLetters(gold) == plainLetters(answer))
        return equalBecause(ReasonKind::Text);
    const bool bothWords = g && a && (*g)->kind == Kind::Text && (*a)->kind == Kind::Text;
    return bothWords ? words(gold, answer) : unknownBecause(ReasonKind::NotRead);
}

} // namespace lemma::tutor
