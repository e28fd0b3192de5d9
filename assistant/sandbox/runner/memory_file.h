#pragma once
// Small data handed to another process as a file that lies in memory only.

#include <optional>
#include <string_view>

#include "assistant/sandbox/file_descriptor.h"

namespace lemma::assistant {

// Positioned at its beginning and sealed: nobody who gets the descriptor can change or grow it. Inherited by children.
// Invalid where memory is short.
FileDescriptor sealedMemoryFile(const char* name, std::string_view bytes);

} // namespace lemma::assistant
