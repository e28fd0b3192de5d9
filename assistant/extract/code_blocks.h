#pragma once
// Finds the fenced code blocks of an answer, as models really write them.
//
//     for (const CodeBlock& block : codeBlocks("Here:\n```python\nprint(1)\n```\n"))
//         // block.language == "python", block.source == "print(1)\n", block.isClosed
//
// Beyond CommonMark: an opener may stand behind prose ("The answer:```python") and at any indent or in a quote; a fence
// inside a docstring or block comment does not close the block if a later one does; a block of Markdown may hold
// blocks. Works on unfinished text while it streams: the last block is then not closed. Give it answers only, never
// thoughts (answer_text.h); text should be normalised.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lemma::assistant {

struct CodeBlock {
    std::string language; // as of language_tag.h; empty where the fence has no tag
    std::string info;     // all that stands behind the opening fence
    std::string fileName; // as of file_name.h; may be empty
    std::string source;   // without the opener's indent; ends with a line feed unless empty
    bool isClosed = false;
    std::size_t firstLine = 0; // of the opening fence in the text, counted from 0
    std::size_t lastLine = 0;  // of the closing fence, or of the text
};

std::vector<CodeBlock> codeBlocks(std::string_view text);

} // namespace lemma::assistant
