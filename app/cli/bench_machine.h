#pragma once
// What the machine could do at best: cores and the speed of its memory, which bounds decoding.

#include "app/cli/cli.h"

namespace lemma::app {

engine::Result<int> benchMachine(int threads, bool json, CommandContext& context);

} // namespace lemma::app
