#include "tutor/answer/prose.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <unordered_set>
#include <vector>

#include "tutor/answer/formula_spans.h"
#include "tutor/math/words.h"

namespace lemma::tutor {
namespace {

bool isSpace(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }
bool isLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool joinsParts(std::string_view word) { return word == "and" || word == "or"; }

// A run of letters that is no name of mathematics: three letters at least, or a small word that everybody writes.
bool isWord(std::string_view run)
{
    static const std::unordered_set<std::string_view> small = {"is", "of", "to", "in", "we", "so", "it", "be", "an",
                                                               "as", "at", "by", "if", "no", "on", "he", "us", "my"};
    std::string lower;
    for (const char c : run)
        lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (small.contains(lower))
        return true;
    return run.size() >= 3 && !functionNamed(run) && !constantNamed(run) && !letterNamed(run) && !isPercentWord(run) &&
           !joinsParts(run);
}

// Letters of commands and of what stands in braces behind \text and its like are no words of the sentence.
std::size_t afterCommand(std::string_view text, std::size_t slash)
{
    std::size_t end = slash + 1;
    while (end < text.size() && isLetter(text[end]))
        ++end;
    const std::string_view name = text.substr(slash + 1, end - slash - 1);
    const bool textual = name.starts_with("text") || name == "mbox" || name == "mathrm" || name == "operatorname" ||
                         name == "begin" || name == "end";
    if (!textual || end >= text.size() || text[end] != '{')
        return std::max(end, slash + 2);
    const std::size_t close = afterGroup(text, end);
    return close == std::string_view::npos ? end : close;
}

struct WordCount {
    int words = 0;
    int longWords = 0;
};

void countWords(std::string_view text, WordCount& count)
{
    bool afterNumber = false;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '\\') {
            i = afterCommand(text, i);
        } else if (isLetter(text[i])) {
            std::size_t end = i;
            while (end < text.size() && isLetter(text[end]))
                ++end;
            const std::string_view run = text.substr(i, end - i);
            const bool unit = afterNumber && isUnitWord(run);
            if (!unit && isWord(run)) {
                ++count.words;
                count.longWords += run.size() >= 3 ? 1 : 0;
            }
            i = end;
        } else {
            afterNumber = isDigit(text[i]) || (afterNumber && isSpace(text[i]));
            ++i;
        }
    }
}

struct Piece {
    SourceRange range;
    bool formula = false; // delimited
    bool value = false;   // holds a digit or a relation
    bool ends = false;    // a full stop behind it
};

// Words and delimited formulas in the order of the text. Marks of punctuation around a word are left out of it.
std::vector<Piece> piecesOf(std::string_view text, SourceRange sentence)
{
    std::vector<Piece> pieces;
    const std::vector<FormulaSpan> spans = formulaSpans(text.substr(sentence.begin, sentence.end - sentence.begin));
    auto span = spans.begin();
    for (std::size_t i = sentence.begin; i < sentence.end;) {
        if (span != spans.end() && i == sentence.begin + span->whole.begin) {
            const SourceRange range{i, sentence.begin + span->whole.end};
            const std::string_view inside = text.substr(range.begin, range.end - range.begin);
            pieces.push_back({range, true,
                              inside.find_first_of("0123456789=<>") != std::string_view::npos ||
                                  inside.find("\\le") != std::string_view::npos ||
                                  inside.find("\\ge") != std::string_view::npos,
                              false});
            i = range.end;
            ++span;
            continue;
        }
        if (isSpace(text[i])) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < sentence.end && !isSpace(text[end]) &&
               (span == spans.end() || end != sentence.begin + span->whole.begin))
            ++end;
        SourceRange range{i, end};
        i = end;
        bool ends = false;
        while (range.end > range.begin &&
               std::string_view(".,;:!?*\"").find(text[range.end - 1]) != std::string_view::npos) {
            ends = ends || text[range.end - 1] != ',';
            --range.end;
        }
        if (range.begin == range.end) {
            if (!pieces.empty())
                pieces.back().ends = pieces.back().ends || ends;
            continue;
        }
        const std::string_view inside = text.substr(range.begin, range.end - range.begin);
        pieces.push_back({range, false, inside.find_first_of("0123456789=<>") != std::string_view::npos, ends});
    }
    return pieces;
}

bool isMathematics(std::string_view word, bool afterNumber)
{
    if (joinsParts(word) || (afterNumber && isUnitWord(word)))
        return true;
    if (word == "a" || word == "A" || word == "I")
        return false;
    WordCount count;
    countWords(word, count);
    return count.words == 0;
}

} // namespace

bool isProse(std::string_view text)
{
    WordCount count;
    std::size_t at = 0;
    const std::vector<FormulaSpan> spans = formulaSpans(text);
    for (const FormulaSpan& span : spans) {
        countWords(text.substr(at, span.whole.begin - at), count);
        at = span.whole.end;
    }
    countWords(text.substr(at), count);
    if (!spans.empty())
        return count.words > 0;
    const bool apart = text.find_first_of(" \t\n") != std::string_view::npos;
    const bool number = text.find_first_of("0123456789") != std::string_view::npos;
    return apart && (count.words >= 2 || (count.longWords == 1 && number));
}

std::optional<SourceRange> lastValueIn(std::string_view text, SourceRange sentence)
{
    struct Run {
        SourceRange range;
        bool formula = false;
        bool value = false;
        bool open = false; // the next piece may belong to it
    };
    std::optional<SourceRange> lastPlain, lastFormula;
    Run run;
    const auto close = [&] {
        if (run.value)
            (run.formula ? lastFormula : lastPlain) = run.range;
        run = {};
    };
    for (const Piece& piece : piecesOf(text, sentence)) {
        const std::string_view inside = text.substr(piece.range.begin, piece.range.end - piece.range.begin);
        const bool afterNumber = run.open && isDigit(text[run.range.end - 1]);
        const bool joint = joinsParts(inside);
        if (!piece.formula && !isMathematics(inside, afterNumber)) {
            close();
            continue;
        }
        if (joint) // only between two values; it is taken in with the second
            continue;
        const bool joins = run.open;
        const bool formula = piece.formula && piece.value;
        run.range = {joins ? run.range.begin : piece.range.begin, piece.range.end};
        run.formula = (joins && run.formula) || formula;
        run.value = (joins && run.value) || piece.value;
        run.open = true;
        if (piece.ends)
            close();
    }
    close();
    return lastFormula ? lastFormula : lastPlain;
}

} // namespace lemma::tutor
