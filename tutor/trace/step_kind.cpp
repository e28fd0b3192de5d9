#include "tutor/trace/step_kind.h"

#include "tutor/trace/phrases.h"

namespace lemma::tutor {
namespace {

// "But", "okay, so" and the like say nothing about what follows.
std::string_view withoutLeadIn(std::string_view words)
{
    return withoutPrefix(words, {"but", "okay so", "ok so", "alright so", "okay", "ok", "alright", "so", "now", "and",
                                 "hmm", "then", "well", "just to be sure", "just to make sure"});
}

bool opensChange(std::string_view words)
{
    return startsWithAny(words, {"wait", "hold on", "hmm no", "hmm wait", "actually"});
}

// "No, that ..." takes something back; "No one" does not. Normalised words have lost the comma.
bool opensWithNo(std::string_view text)
{
    return text.starts_with("No, ") || text.starts_with("no, ") || text.starts_with("No. ");
}

bool opensCheck(std::string_view words)
{
    return startsWithAny(words, {"let me check",       "let me just check",    "let me verify",
                                 "let me just verify", "let me confirm",       "let me test",
                                 "let me make sure",   "let me double check",  "let me just double check",
                                 "let me recheck",     "let me re check",      "let's check",
                                 "let's verify",       "let's confirm",        "let's test",
                                 "let's make sure",    "let's double check",   "let's just check",
                                 "to verify",          "to confirm",           "to make sure",
                                 "to double check",    "double check",         "i should check",
                                 "i should verify",    "i should double check"});
}

bool opensIdea(std::string_view words)
{
    return startsWithAny(words, {"alternatively", "maybe", "perhaps", "what if", "another way", "another approach",
                                 "another idea", "another method", "suppose"});
}

bool speaksOfCheck(std::string_view words)
{
    return containsAny(words, {"double check", "let me check", "let me verify", "let me confirm", "let me test",
                               "let me make sure", "let's check", "let's verify", "let's confirm", "let's test",
                               "let's make sure", "to verify", "to confirm", "to make sure", "checks out", "check out",
                               "that matches", "makes sense", "sanity"});
}

bool takesBack(std::string_view words)
{
    return containsAny(words, {"mistake", "that's wrong", "that is wrong", "that's not right", "that is not right",
                               "that isn't right", "that can't be right", "scratch that", "let me redo",
                               "let me try again", "let me start over", "i was wrong"});
}

bool opensUnderstanding(std::string_view words)
{
    return startsWithAny(words, {"okay so", "alright so", "ok so", "the problem", "the question", "so the problem",
                                 "so the question", "we are given", "we're given", "we are asked", "we're asked"}) ||
           containsAny(words, {"need to find"});
}

bool opensPlan(std::string_view words)
{
    const std::string_view rest = withoutPrefix(words, {"first", "next", "now", "then", "so"});
    if (rest.size() != words.size() && startsWithAny(rest, {"let", "let's", "i", "i'll", "we", "we'll"}) &&
        !words.starts_with("so"))
        return true;
    const std::string_view deed = withoutPrefix(
        rest, {"let me", "let's", "i'll", "i will", "we can", "we need to", "i can", "i need to", "i should"});
    if (deed.size() != rest.size() &&
        startsWithAny(deed,
                      {"find", "compute", "calculate", "solve", "write", "set", "use", "substitute", "break", "start",
                       "try", "rewrite", "simplify", "express", "define", "denote", "factor", "convert", "plug"}))
        return true;
    return startsWithAny(rest, {"to find", "to solve", "to get"});
}

// \boxed{...} with something in it: the empty one is quoted from the instructions.
bool statesBoxed(std::string_view text)
{
    constexpr std::string_view command = "\\boxed{";
    for (std::size_t at = text.find(command); at != std::string_view::npos; at = text.find(command, at + 1)) {
        const std::string_view content = text.substr(at + command.size());
        if (!content.empty() && content[0] != '}' && content[0] != ' ')
            return true;
    }
    return false;
}

std::string_view withoutMarks(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \n\t\r#*>-");
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

StepKind kindAfterChange(std::string_view words, std::string_view nextWords)
{
    std::string_view rest =
        withoutPrefix(withoutLeadIn(words), {"wait", "hold on", "hmm no", "hmm wait", "actually", "no"});
    rest = withoutLeadIn(rest);
    if (opensCheck(rest) || speaksOfCheck(words))
        return StepKind::Check;
    if (opensIdea(rest))
        return StepKind::AnotherIdea;
    const std::string_view next = withoutLeadIn(nextWords);
    return opensCheck(next) || opensIdea(next) || speaksOfCheck(nextWords) ? StepKind::ChangeOfMind : StepKind::Work;
}

} // namespace

Opener findOpener(std::string_view sentenceStart)
{
    const std::string_view start = withoutMarks(sentenceStart.substr(0, openerWindow));
    const std::string normalized = normalizedWords(start);
    const std::string_view words = withoutLeadIn(normalized);
    if (opensChange(normalized) || opensChange(words) || opensWithNo(start))
        return Opener::Change;
    if (startsWithAny(words, {"yep"}) || startsWithAny(normalized, {"so yes"}))
        return Opener::Confirmation;
    if (opensCheck(words))
        return Opener::Check;
    return opensIdea(words) ? Opener::Idea : Opener::None;
}

StepKind classifyStep(std::string_view text)
{
    const SentenceSplit first = firstSentence(withoutMarks(text));
    const std::string words = normalizedWords(first.sentence);
    const std::string nextWords = normalizedWords(firstSentence(withoutMarks(first.rest)).sentence);
    if (statesBoxed(text))
        return StepKind::Answer;
    if (takesBack(words) || takesBack(nextWords))
        return StepKind::ChangeOfMind;
    switch (findOpener(first.sentence)) {
    case Opener::Change: return kindAfterChange(words, nextWords);
    case Opener::Check:
    case Opener::Confirmation: return StepKind::Check;
    case Opener::Idea: return StepKind::AnotherIdea;
    case Opener::None: break;
    }
    if (opensUnderstanding(words))
        return StepKind::Understand;
    if (containsAny(words, {"final answer"}) ||
        startsWithAny(words, {"so the answer", "therefore the answer", "thus the answer", "so the correct answer",
                              "therefore the correct answer", "thus the correct answer"}))
        return StepKind::Answer;
    if (speaksOfCheck(words))
        return StepKind::Check;
    return opensPlan(words) ? StepKind::Plan : StepKind::Work;
}

std::string_view stepKindName(StepKind kind)
{
    switch (kind) {
    case StepKind::Understand: return "understand";
    case StepKind::Plan: return "plan";
    case StepKind::Work: return "work";
    case StepKind::Check: return "check";
    case StepKind::AnotherIdea: return "another-idea";
    case StepKind::ChangeOfMind: return "change-of-mind";
    case StepKind::Answer: return "answer";
    }
    return "work";
}

} // namespace lemma::tutor
