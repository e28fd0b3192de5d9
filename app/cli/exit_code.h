#pragma once
// What lemma-cli tells the shell. Stable: scripts rely on the numbers.
//
//     0  done                          6  out-of-memory
//     1  internal                      7  device-lost
//     2  usage, invalid-argument       8  io
//     3  not-found                     9  timeout
//     4  corrupt-file                 10  the program that `run` ran did not end well
//     5  unsupported                 130  cancelled (Ctrl-C)

#include <string>

#include "engine/base/result.h"

namespace lemma::app {

constexpr int exitDone = 0;
constexpr int exitUsage = 2;
constexpr int exitProgramFailed = 10;
constexpr int exitCancelled = 130;

int exitCodeOf(engine::ErrorCode code);

// The table above, for --help.
std::string exitCodeTable();

} // namespace lemma::app
