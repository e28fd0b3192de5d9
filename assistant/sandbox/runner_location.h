#pragma once
// Where the programs that isolate a run are.

#include <filesystem>

#include "engine/base/result.h"

namespace lemma::assistant {

inline constexpr const char* bubblewrapPath = "/usr/bin/bwrap"; // never looked for in PATH

// lemma-sandbox: beside the running program, or in ../libexec/lemma. LEMMA_SANDBOX_RUNNER, an absolute path, comes
// first: it is for tests. Whoever can set our environment can already run programs as this user, so honouring it gives
// nothing away; it is ignored when the process runs with raised privileges (as secure_getenv does).
engine::Result<std::filesystem::path> findRunner();

// NotFound with what to install.
engine::Result<> findBubblewrap();

} // namespace lemma::assistant
