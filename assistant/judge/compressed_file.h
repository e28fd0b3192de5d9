#pragma once
// A text file, plain or compressed by gzip.

#include <filesystem>
#include <string>

#include "engine/base/result.h"

namespace lemma::assistant {

// NotFound, CorruptFile (broken compression), or OutOfMemory beyond 1 GiB of text.
engine::Result<std::string> readPossiblyCompressed(const std::filesystem::path& file);

} // namespace lemma::assistant
