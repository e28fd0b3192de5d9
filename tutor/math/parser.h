#pragma once
// Reads one piece of mathematics, in LaTeX, in plain text or in a mix of both.
//
//     auto tree = parseMath("\\frac{x^2-1}{2} \\le 3");       // Relation <= of a Divide and a Number
//     auto same = parseMath("(x^2 - 1)/2 <= 3");              // the same tree
//     auto bad = parseMath("(x + 1");                         // error().position == 6
//
// What belongs together is decided as a reader would: 2(x+1) is a product, f(x+1) an application, 1 1/2 a mixed number,
// \sin 2x the sine of 2x, (1,2) a pair and (1,2] an interval. Never throws; ends in time linear in the text. Texts of
// more than 64 KiB, of more than 150 levels or 5,000 nodes are errors.

#include <string_view>

#include <tl/expected.hpp>

#include "tutor/math/expression.h"
#include "tutor/math/lexer.h"

namespace lemma::tutor {

struct ReadingOptions {
    bool commaIsDecimal = false; // "3,5" is 3.5: the custom of many countries
};

using ParseResult = tl::expected<Expr, ParseError>;

ParseResult parseMath(std::string_view text, const ReadingOptions& options = {});

} // namespace lemma::tutor
