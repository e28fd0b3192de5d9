#pragma once
// Python programs that run inside the sandbox beside the solution, and speak the protocol of typed values (protocol.h,
// typed_value.h) over stdin and stdout.

#include <string>
#include <string_view>

namespace lemma::assistant {

inline constexpr std::string_view driverFileName = "lemma_driver.py";
inline constexpr std::string_view solutionFileName = "solution.py";

// Loads solution.py and calls its functions as it is told to:
//     <- {"i":0,"f":"add","a":[2,3],"k":{},"s":2.0}      function, arguments, keywords, seconds
//     -> {"ready":true}                                 once, or {"import":{"type":..,"text":..,"line":..}}
//     -> {"i":0,"r":5}                                  or {"i":0,"e":{"type":..,"text":..,"line":..}}
// What the solution prints goes to stderr; its stdin is empty. No expected value ever comes here.
std::string_view pythonCallDriver();

// Runs a Python test program (asserts that call `entryPoint`) whose calls are answered from outside:
//     -> {"i":0,"f":"add","a":[2,3],"k":{}}             a call, in the form that the call driver takes
//     <- {"i":0,"r":5}
//     -> {"done":true,"calls":7}                        or {"failed":{"line":..,"source":..,"call":..,"got":..}}
//                                                       or {"broken":{"type":..,"text":..}}: the tests' own fault
// `prelude.py` (names that the tests may use, such as the task's helper functions) and `tests.py` lie beside it. The
// solution is not here: whatever it does, it cannot reach the tests.
std::string_view pythonExaminer();

} // namespace lemma::assistant
