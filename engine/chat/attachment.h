#pragma once
// Text and code files as part of a question.
//
//     LEMMA_TRY(Attachment file, readAttachment("solver.py"));
//     std::string message = withAttachments("What is wrong here?", {file});
//
// The form is the one that R1's authors recommend for files (DeepSeek-AI, README of DeepSeek-R1, "file_template").
// Nothing is ever left out of a file: what does not fit is refused before anything is sent, by whoever counts the
// tokens.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace lemma::engine {

struct Attachment {
    std::string name; // of the file, without its folder
    std::string text; // UTF-8, without a byte order mark
};

// NotFound or Io; InvalidArgument with both numbers where the file is larger than `mostBytes` (no model reads millions
// of tokens); Unsupported with the place where it is no UTF-8 text.
Result<Attachment> readAttachment(const std::filesystem::path& path, std::uintmax_t mostBytes = 8 * 1024 * 1024);

std::string withAttachments(std::string_view question, const std::vector<Attachment>& files);

} // namespace lemma::engine
