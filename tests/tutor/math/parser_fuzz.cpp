// The parser on any bytes: an error points into the text, the places of a tree lie in the text and inside their parent,
// trees are as bounded as parser.h says, and what was read can be printed.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tutor/math/parser.h"
#include "tutor/math/print.h"
#include "tutor/math/sympy_text.h"

using namespace lemma::tutor;

static std::size_t checkedNodes(const Expr& e, std::size_t end, int depth)
{
    constexpr int deepest = 400; // more than the levels of the text: a level may make a few nodes
    if (e == nullptr || depth > deepest || e->range.begin > e->range.end || e->range.end > end)
        std::abort();
    std::size_t nodes = 1;
    for (const Expr& arg : e->args)
        nodes += checkedNodes(arg, end, depth + 1);
    return nodes;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    for (const bool commaIsDecimal : {false, true}) {
        const ParseResult tree = parseMath(text, {.commaIsDecimal = commaIsDecimal});
        if (!tree && tree.error().position > size)
            std::abort();
        if (!tree)
            continue;
        constexpr std::size_t mostNodes = 20'000; // parts may be shared: more than the parser made
        if (checkedNodes(*tree, size, 0) > mostNodes)
            std::abort();
        if (toLatex(*tree).empty() || toPlain(*tree).empty() || toTreeText(*tree).empty())
            std::abort();
    }
    if (const ParseResult sympy = parseSympy(text); !sympy && sympy.error().position > size)
        std::abort();
    return 0;
}
