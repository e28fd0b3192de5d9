#pragma once
// Which file a code block is meant to be.

#include <string>
#include <string_view>

namespace lemma::assistant {

// A relative path without "..", of ordinary characters, with an extension that source files have.
bool isSafeFileName(std::string_view path);

// In the order of trust: an attribute of the info string (title="a.py", file=a.py), the info string itself (```python
// a.py, ```a.py), the line before the block ("**a.py**", "File: `src/a.py`:"), a comment on the block's first line ("#
// a.py",
// "// file: a.cpp"). Empty where nothing names a file, or only an unsafe one.
std::string fileNameHint(std::string_view info, std::string_view lineBefore, std::string_view firstLine);

} // namespace lemma::assistant
