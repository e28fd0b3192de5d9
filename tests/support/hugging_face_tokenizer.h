#pragma once
// Reads a tokenizer as Hugging Face publishes it, so that tests have real vocabularies without a model.
//
//     Result<TokenizerDefinition> definition = readHuggingFaceTokenizer(folder / "qwen3.tokenizer.json.xz", "qwen2");
//
// Added tokens that are "special" become Control, the others UserDefined, as in a converted GGUF file. A normaliser in
// the file (Qwen: NFC) is left out, as GGUF has none. NotFound where the file or the program `xz` is missing.

#include <filesystem>
#include <string>

#include "engine/base/result.h"
#include "engine/tokenizer/tokenizer.h"

namespace lemma::tests {

engine::Result<engine::TokenizerDefinition> readHuggingFaceTokenizer(const std::filesystem::path& file,
                                                                     const std::string& preTokenizer);

} // namespace lemma::tests
