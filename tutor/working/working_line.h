#pragma once
// One line of a student's working, read: "=> 3x = 15   | :3", "2) x = 5 or x = -5", "= 2x + 6", "no solution".
//
// What stands around the mathematics is left out: numbers of lines, arrows and words like "so" in front, the note of
// what is done to both sides behind a bar, TeX's alignment marks.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tutor/math/parser.h"
#include "tutor/working/statement.h"

namespace lemma::tutor {

struct WorkingLine {
    enum class Kind : unsigned char { Empty, NotRead, Expression, Statement };

    Kind kind = Kind::Empty;
    bool continues = false;          // began with "="
    Expr tree;                       // Expression, Statement (null for phrases such as "no solution")
    std::vector<Statement> readings; // Statement: the ways in which it may be meant
};

WorkingLine readWorkingLine(std::string_view text, const ReadingOptions& options = {});

} // namespace lemma::tutor
