#pragma once
// Units of measurement as people write them, by UDUNITS: "cm", "square metres", "km/h", "miles per hour".
//
//     const UnitRelation r = relateUnits("cm", "m");      r.kind Convertible; 1 cm is 1/100 of a metre: r.factor
//     relateUnits("m", "s").kind                           Incompatible
//     relateUnits("students", "m").kind                    NotUnits: words that only say what was counted
//
// A conversion is y = factor x + offset, with exact rational numbers (an inch is 254/100 cm, an hour 60 minutes).
// Any thread; calls wait for each other, since UDUNITS is not made for several threads.

#include <cstdint>
#include <string>

#include "tutor/math/rational.h"

namespace lemma::tutor {

struct UnitRelation {
    enum class Kind : std::uint8_t { Same, Convertible, Incompatible, NotUnits };

    Kind kind = Kind::NotUnits;
    Rational factor{1}; // from the first unit to the second
    Rational offset{0};
};

UnitRelation relateUnits(const std::string& from, const std::string& to);

} // namespace lemma::tutor
