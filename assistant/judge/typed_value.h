#pragma once
// Values that cross the wall of the sandbox, with their types: what a Python function was given and what it returned.
//
// The driver (python_driver.h) writes them in JSON:
//     null, true, "text"                 as they are
//     5                                  an int of at most 15 digits; {"t":"int","v":"12345678901234567890"} a longer
//     one
//     {"t":"float","v":"0.1"}            repr, so that every bit survives; "nan", "inf"
//     {"t":"list","v":[...]}             also "tuple", "set", "frozenset" (sorted by text), "iterator"
//     {"t":"dict","v":[[key,value],...]}, {"t":"bytes","v":"00ff"}, {"t":"complex","v":["1.0","2.0"]}
//     {"t":"!Name","v":"repr"}           everything else: equal to nothing, whatever its __eq__ says
//
// A task file may write plain JSON instead: 5 is an int, 5.0 a float, [..] a list, {"a": 1} a dict with text keys, and
// the tagged forms for what JSON lacks.

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace lemma::assistant {

struct ValuePolicy {
    double absolute = 0; // of floats; as Python's == where both are 0
    double relative = 0;
    bool listIsTuple = false; // [1, 2] counts as (1, 2)
    bool ignoreOrder = false; // of the elements of the outermost list
};

// Plain JSON of a task file in the driver's form.
nlohmann::json wireValue(const nlohmann::json& plain);

// As Python compares (1 == 1.0 == True), but never by a method of the value itself. Both in the driver's form.
bool sameValue(const nlohmann::json& expected, const nlohmann::json& got, const ValuePolicy& policy = {});

// As Python's repr writes it: "[1, 2.5, 'a']".
std::string valueText(const nlohmann::json& wire);

} // namespace lemma::assistant
