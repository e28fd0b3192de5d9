#pragma once
// Tells whether two model files hold the same model, without reading gigabytes.

#include <string>

namespace lemma::engine {

class GgufFile;

// 16 hexadecimal digits: FNV-1a over the size of the file and the name, type, shape, first and last 256 bytes of every
// tensor. Names and paths of files do not count. Two quantisations of one model differ; a change of some weights in the
// middle of a tensor is not seen.
std::string modelFingerprint(const GgufFile& file);

} // namespace lemma::engine
