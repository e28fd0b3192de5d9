#pragma once
// Small data handed to another process as a file that lies in memory only.

#include <string_view>

#include "assistant/sandbox/file_descriptor.h"

namespace lemma::assistant {

// Positioned at its beginning; nobody who gets the descriptor can make it larger, which would be memory that no process
// is charged for. Inherited by children. Invalid where memory is short.
FileDescriptor sealedMemoryFile(const char* name, std::string_view bytes);

} // namespace lemma::assistant
