#pragma once
// A small valid file, and ways to break it: each a name, the bytes, and words that the error message must contain.

#include <cstddef>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "tests/support/gguf_writer.h"

namespace lemma::tests {

// Every type of metadata, a nested array, three tensors.
GgufWriter sampleWriter();

struct BrokenFile {
    std::string name;
    std::vector<std::byte> bytes;
    std::string expected; // part of the message
    engine::ErrorCode code = engine::ErrorCode::CorruptFile;
};

std::vector<BrokenFile> brokenFiles();

} // namespace lemma::tests
