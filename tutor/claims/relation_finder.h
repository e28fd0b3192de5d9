#pragma once
// The relations (3x + 5 = 20, 12 < 13) in running text, inside formulas and in plain prose. Internal to tutor/claims.
//
// In prose a relation is what stands around an equals sign as far as it reads as mathematics. `clean` says that nothing
// of it can be missing: what stands beside it begins or ends a statement ("gives us", a comma), and is no part of one
// ("times", "thousand").

#include <string>
#include <string_view>
#include <vector>

#include "tutor/math/expression.h"

namespace lemma::tutor {

struct FoundRelation {
    SourceRange range; // in the text that was searched
    std::string text;
    bool clean = false;
    bool whole = false;     // nothing beside it is surely a part of it; weaker than clean
    bool continues = false; // begins with "=": goes on from the row before
    std::string sentence;   // that it stands in, in small letters
    std::string lead;       // what stands between the relation before and this one, in small letters
};

// Linear in the text.
std::vector<FoundRelation> findRelations(std::string_view text);

} // namespace lemma::tutor
