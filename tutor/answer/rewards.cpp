#include "tutor/answer/rewards.h"

#include <cctype>
#include <cstddef>

#include "engine/base/utf8.h"
#include "tutor/answer/answer_grading.h"
#include "tutor/answer/final_answer.h"
#include "tutor/answer/formula_spans.h"

namespace lemma::tutor {
namespace {

constexpr std::string_view opening = "<think>";
constexpr std::string_view closing = "</think>";

std::size_t count(std::string_view text, std::string_view what)
{
    std::size_t number = 0;
    for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + what.size()))
        ++number;
    return number;
}

bool isBlank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

enum class CharacterKind : unsigned char { Other, Latin, Chinese, Foreign };

CharacterKind kindOf(char32_t c)
{
    if ((c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7))
        return CharacterKind::Latin;
    if ((c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x2FA1F))
        return CharacterKind::Chinese;
    // Cyrillic to Georgian, Ethiopic and what follows, Hangul; Greek letters are mathematics.
    if ((c >= 0x400 && c <= 0x1FFF) || (c >= 0x3040 && c <= 0x30FF) || (c >= 0xAC00 && c <= 0xD7A3))
        return CharacterKind::Foreign;
    return CharacterKind::Other;
}

struct WordCounts {
    std::size_t latin = 0;
    std::size_t chinese = 0;
    std::size_t foreign = 0;
};

void countWords(std::string_view text, WordCounts& counts)
{
    CharacterKind before = CharacterKind::Other;
    for (std::size_t at = 0; at < text.size();) {
        const engine::DecodedCharacter character = engine::utf8Decode(text, at);
        const CharacterKind kind = kindOf(character.codePoint);
        if (kind == CharacterKind::Chinese)
            ++counts.chinese;
        else if (kind == CharacterKind::Latin && before != kind)
            ++counts.latin;
        else if (kind == CharacterKind::Foreign && before != kind)
            ++counts.foreign;
        before = kind;
        at += character.length > 0 ? character.length : 1;
    }
}

} // namespace

double accuracyReward(std::string_view gold, std::string_view modelText, const Policy& policy, const Budget& budget)
{
    const Verdict verdict = gradeText(gold, modelText, policy, budget);
    return verdict.equality == Equality::Equal && verdict.form == Form::Ok ? 1 : 0;
}

FormatFindings examineFormat(std::string_view modelText)
{
    FormatFindings findings;
    const std::size_t close = modelText.find(closing);
    if (close == std::string_view::npos)
        return findings;
    const std::string_view thought = modelText.substr(0, close);
    const std::string_view answer = modelText.substr(close + closing.size());
    const std::size_t opened = count(modelText, opening);
    const bool openedAtStart = opened == 1 && isBlank(thought.substr(0, thought.find(opening)));
    findings.oneThought = count(modelText, closing) == 1 && (opened == 0 || openedAtStart);
    findings.oneAnswer = findings.oneThought && !isBlank(answer);
    const auto found = extractFinalAnswer(answer);
    findings.boxed = found && found->mark == AnswerMark::Boxed;
    return findings;
}

double formatReward(std::string_view modelText)
{
    const FormatFindings findings = examineFormat(modelText);
    return findings.oneThought && findings.oneAnswer && findings.boxed ? 1 : 0;
}

double languageReward(std::string_view thought, Script target)
{
    WordCounts counts;
    std::size_t at = 0;
    for (const FormulaSpan& span : formulaSpans(thought)) {
        countWords(thought.substr(at, span.whole.begin - at), counts);
        at = span.whole.end;
    }
    countWords(thought.substr(at), counts);
    const std::size_t all = counts.latin + counts.chinese + counts.foreign;
    const std::size_t wanted = target == Script::Latin ? counts.latin : counts.chinese;
    return all == 0 ? 1 : static_cast<double>(wanted) / static_cast<double>(all);
}

} // namespace lemma::tutor
