#pragma once
// What a line says about its variables: relations joined by "and" and "or".
//
//     readStatement(*parseMath("x = 2 or x = -2"))      one reading
//     readStatement(*parseMath("x = \\pm 2"))            the same
//     readStatement(*parseMath("x < 1, x > 3"))         two readings: people write the comma for "and" and for "or"
//
// A statement has a truth value at each point; where an expression has no value, a relation does not hold.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"
#include "tutor/working/constant_sign.h"

namespace lemma::tutor {

struct Statement {
    enum class Type : unsigned char { True, False, Relation, And, Or };

    Type type = Type::True;
    RelationOp op = RelationOp::Equal; // Relation: = ! < > l g
    Expr left, right;                  // Relation
    std::vector<Statement> parts;      // And, Or
};

// Every way in which the line may be meant; empty where it is not a statement that can be decided.
std::vector<Statement> readStatement(const Expr& line);

// Exact constants for the variables.
using Assignment = std::map<std::string, Expr>;

Expr substituted(Expr expr, const Assignment& assignment);
Truth holdsAt(const Statement& statement, const Assignment& assignment, const Budget& budget);

std::set<std::string> variablesOf(const Statement& statement);

// The relations in it, in order.
std::vector<const Statement*> relationsOf(const Statement& statement);

// The constants c of relations x = c, x < c ... and the other way round.
std::vector<Expr> namedConstants(const Statement& statement);

// log without a base, read with this base instead: 10, e and 2 are all common. Null where there is none.
Expr withLogarithmBase(const Expr& e, const Expr& base);
std::optional<Statement> withLogarithmBase(const Statement& s, const Expr& base);
std::vector<Expr> otherLogarithmBases(); // e and 2

// With the sign of a relation turned: < for >, <= for >=.
RelationOp turned(RelationOp op);

} // namespace lemma::tutor
