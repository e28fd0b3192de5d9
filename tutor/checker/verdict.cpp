#include "tutor/checker/verdict.h"

namespace lemma::tutor {
namespace {

std::string_view sentenceOf(ReasonKind reason)
{
    switch (reason) {
    case ReasonKind::SameForm: return "Both are written the same way.";
    case ReasonKind::Exact: return "Proved to be equal.";
    case ReasonKind::Text: return "Compared as words.";
    case ReasonKind::Tolerance: return "Not the same number, but close enough for this question.";
    case ReasonKind::Points: return "Equal at every point that was tried; this is not a proof.";
    case ReasonKind::Value: return "Proved to be different numbers.";
    case ReasonKind::Counterexample: return "There are values for which they differ.";
    case ReasonKind::Kind: return "They are different kinds of things.";
    case ReasonKind::Size: return "They do not have the same parts.";
    case ReasonKind::Units: return "The units do not agree.";
    case ReasonKind::Prefix: return "Only the value was asked for, without a name and an equals sign.";
    case ReasonKind::NotRead: return "This could not be read as mathematics.";
    case ReasonKind::TooMuch: return "This is too large to decide.";
    case ReasonKind::Undecided: return "This could not be decided.";
    }
    return "";
}

Verdict because(Equality equality, ReasonKind reason)
{
    Verdict verdict;
    verdict.equality = equality;
    verdict.reason = reason;
    verdict.sentence = sentenceOf(reason);
    return verdict;
}

} // namespace

std::string Counterexample::text() const
{
    std::string result;
    for (const auto& [name, value] : point)
        result += (result.empty() ? "" : ", ") + name + " = " + value;
    return result + ": " + gold + " and " + answer;
}

Verdict equalBecause(ReasonKind reason) { return because(Equality::Equal, reason); }
Verdict differentBecause(ReasonKind reason) { return because(Equality::Different, reason); }
Verdict unknownBecause(ReasonKind reason) { return because(Equality::Unknown, reason); }

Verdict together(Verdict a, Verdict b)
{
    const auto rank = [](Equality equality) {
        return equality == Equality::Different ? 2 : equality == Equality::Unknown ? 1 : 0;
    };
    const bool second = rank(b.equality) > rank(a.equality) || (b.equality == a.equality && b.reason > a.reason);
    const bool wrongForm = a.form == Form::Wrong || b.form == Form::Wrong;
    std::string formSentence = a.formSentence.empty() ? b.formSentence : a.formSentence;
    Verdict result = second ? std::move(b) : std::move(a);
    result.form = wrongForm ? Form::Wrong : Form::Ok;
    result.formSentence = std::move(formSentence);
    return result;
}

std::string_view equalityName(Equality equality)
{
    return equality == Equality::Equal ? "equal" : equality == Equality::Different ? "different" : "unknown";
}

std::string_view formName(Form form) { return form == Form::Ok ? "ok" : "wrong"; }

std::string_view reasonName(ReasonKind reason)
{
    switch (reason) {
    case ReasonKind::SameForm: return "same-form";
    case ReasonKind::Exact: return "exact";
    case ReasonKind::Text: return "text";
    case ReasonKind::Tolerance: return "tolerance";
    case ReasonKind::Points: return "points";
    case ReasonKind::Value: return "value";
    case ReasonKind::Counterexample: return "counter-example";
    case ReasonKind::Kind: return "kind";
    case ReasonKind::Size: return "size";
    case ReasonKind::Units: return "units";
    case ReasonKind::Prefix: return "prefix";
    case ReasonKind::NotRead: return "not-read";
    case ReasonKind::TooMuch: return "too-much";
    case ReasonKind::Undecided: return "undecided";
    }
    return "undecided";
}

} // namespace lemma::tutor
