#pragma once
// What a developer asks for, with the tests that will decide about it.

#include <cstdint>
#include <string>
#include <string_view>

#include "assistant/judge/task.h"

namespace lemma::assistant {

// The examples of the task's text as tests: Python's interactive form,
//     >>> add(2, 3)
//     5
// becomes `assert repr(add(2, 3)) == '5'`. Empty where there are none that can be checked so (tracebacks, several
// lines).
std::string testsFromExamples(std::string_view text);

// The name of the function that the first example calls; empty where there is none.
std::string entryPointOfExamples(std::string_view text);

} // namespace lemma::assistant
