#pragma once
// The text that kill_writer "generates" and kill_test expects: every token differs, so any loss or doubling shows.

#include <string>

namespace lemma::tests {

constexpr int killScriptTokens = 700; // about 2.5 seconds
constexpr int killScriptThought = 400;

inline std::string killScriptToken(int i) { return " w" + std::to_string(i); }

} // namespace lemma::tests
