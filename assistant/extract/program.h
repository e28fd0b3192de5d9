#pragma once
// The program that an answer proposes: which of its code blocks are it, put together.
//
//     Extraction found = extractProgram(output, {"python", "add"});
//     if (found.status == ExtractionStatus::Found)
//         request.files = ... found.files ...
//
// The last block that defines the wanted function (or main) is taken: models correct themselves as they go. Earlier
// blocks that define what it uses come before it. Commands, output, examples of use and tests are left out. Blocks with
// file names become several files. Drafts inside a thought are never taken.

#include <string>
#include <string_view>
#include <vector>

#include "assistant/extract/code_blocks.h"

namespace lemma::assistant {

struct ProgramWanted {
    std::string language = "python"; // of the task; blocks without a tag are taken for it if they look like it
    std::string entryPoint;          // a function that must be there; empty: a whole program
};

enum class ExtractionStatus : std::uint8_t {
    Found,
    NothingFound,
    TruncatedReasoning, // the output ended inside the thought
};

struct ProgramFile {
    std::string path; // may be empty for a single file that has no name
    std::string source;
};

struct Extraction {
    ExtractionStatus status = ExtractionStatus::NothingFound;
    std::string language;
    std::vector<ProgramFile> files; // the main file first
    std::vector<CodeBlock> tests;   // tests that the model wrote, kept apart
    bool isUnclosed = false;        // the closing fence is missing: the answer was cut, or the model forgot it
};

Extraction extractProgram(std::string_view output, const ProgramWanted& wanted);

} // namespace lemma::assistant
