#pragma once
// The text of a file that a command was given; "-" is the command's own standard input.
// NotFound for what is not there or a folder, Io for what cannot be read.

#include <string>

#include "engine/base/result.h"

namespace lemma::app {

engine::Result<std::string> readTextFile(const std::string& path);

} // namespace lemma::app
