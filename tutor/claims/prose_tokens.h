#pragma once
// Relations in prose, and the words beside a formula that would be a part of it. Internal to relation_finder.cpp.

#include <string_view>
#include <vector>

#include "tutor/math/expression.h"

namespace lemma::tutor {

struct ProseRelation {
    SourceRange range;
    bool clean = false;
    bool whole = false;
};

// Bytes 0x01 stand for formulas that were found otherwise. Linear in the text.
std::vector<ProseRelation> proseRelations(std::string_view text);

// Whether what stands before (behind) a formula belongs to its value: "5 times $3 = 15$", "$2 = 2$ thousand".
bool partBefore(std::string_view textBefore);
bool partBehind(std::string_view textBehind);

} // namespace lemma::tutor
