#pragma once
// A known mistake as a rule: what somebody who makes it writes instead.
//
// A rule on nodes gives the wrong forms of one node of the line ((a+b)^2 gives a^2 + b^2), and is tried at every node.
// A rule on lines gives the wrong next lines of a whole relation (x + a = b gives x = b + a). Both see trees in which
// sums and products are flat (explain.h flattens them). A rule gives nothing where the mistake cannot be made.
//
// To add one: a function beside its like (powers.cpp, equations.cpp ...), a row in catalogue.cpp, and workings that
// show it in tests/data/tutor/mistakes.txt.

#include <span>
#include <string_view>
#include <vector>

#include "tutor/math/expression.h"

namespace lemma::tutor {

using Rewrite = std::vector<Expr> (*)(const Expr&);

struct Mistake {
    std::string_view id;       // stable, for programs: "squared-sum"
    std::string_view name;     // for people: "Square of a sum"
    std::string_view sentence; // what to think about, to a student
    Rewrite node = nullptr;
    Rewrite line = nullptr;
};

// Where two explain a line equally well, the earlier one is named.
std::span<const Mistake> mistakeCatalogue();

// Those that are not a rewriting but seen by comparing both lines (explain.cpp). Never null.
const Mistake& mistakeById(std::string_view id);

} // namespace lemma::tutor
