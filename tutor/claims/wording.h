#pragma once
// What the words around a relation say about how it is meant. Internal to tutor/claims. All texts in small letters.

#include <string_view>

namespace lemma::tutor {

// Supposed, asked, denied or wanted: a false relation there is no false statement.
bool isHedged(std::string_view sentence);

// "let x = 5", "where d = 3": gives a name. `lead` stands right before the relation.
bool introducesName(std::string_view lead, std::string_view sentence);

// "which simplifies to", "this gives us": nothing but the relation before is used.
bool followsBy(std::string_view lead);

} // namespace lemma::tutor
