#pragma once
// The third role of lemma-sandbox: what a hostile program would try, run in place of a program inside a new sandbox
// before the first real one (self_test.h). It is told what there is to find on the machine and says what it got hold
// of.
//
//     canary attack PORT SOCKET FILE PID DISK PROCESSES   one line "BREACH name" for each attack that worked, then
//     "done N" canary memory MEBIBYTES                              "BREACH memory" if it could hold so much canary
//     flood                                         writes to stdout for ever, with a daemon in the background

namespace lemma::assistant {

int runCanary(int count, char** arguments);

} // namespace lemma::assistant
