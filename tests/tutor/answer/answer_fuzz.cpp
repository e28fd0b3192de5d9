// Extraction and the parser on any bytes: places lie in the text and name what was found; what was read can be printed.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tutor/answer/final_answer.h"
#include "tutor/answer/rewards.h"
#include "tutor/math/parser.h"
#include "tutor/math/print.h"

using namespace lemma::tutor;

static void read(std::string_view text)
{
    const ParseResult tree = parseMath(text);
    if (!tree && tree.error().position > text.size())
        std::abort();
    if (tree && (toLatex(*tree).empty() || toPlain(*tree).empty() || toTreeText(*tree).empty()))
        std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    read(text);
    for (const auto& answer : {extractFinalAnswer(text), extractStudentAnswer(text)}) {
        if (!answer)
            continue;
        for (const AnswerPart& part : answer->parts) {
            if (part.range.end > size || part.range.begin >= part.range.end ||
                text.substr(part.range.begin, part.range.end - part.range.begin) != part.text)
                std::abort();
            read(part.text);
        }
    }
    const double share = languageReward(text, Script::Latin);
    if (!(share >= 0 && share <= 1) || (formatReward(text) > 0 && !extractFinalAnswer(text)))
        std::abort();
    return 0;
}
