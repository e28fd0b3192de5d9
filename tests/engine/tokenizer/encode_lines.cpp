// Encodes texts for a comparison with another implementation. Each line of stdin is a JSON string; each line of stdout
// the JSON array of its token ids. The vocabulary is a tokenizer.json (or .xz) with the name of its pre-tokenizer, or a
// GGUF file.
//
//     encode_lines qwen3.tokenizer.json qwen2 < texts > ids
//     encode_lines model.gguf < texts > ids

#include <iostream>

#include <nlohmann/json.hpp>

#include "engine/gguf/gguf_file.h"
#include "engine/tokenizer/tokenizer.h"
#include "tests/support/hugging_face_tokenizer.h"

using namespace lemma::engine;

namespace {

Result<Tokenizer> load(int argc, char** argv)
{
    if (argc == 3) {
        LEMMA_TRY(TokenizerDefinition definition, lemma::tests::readHuggingFaceTokenizer(argv[1], argv[2]));
        return Tokenizer::fromDefinition(std::move(definition));
    }
    if (argc != 2)
        return fail(ErrorCode::InvalidArgument, "usage: encode_lines (MODEL.gguf | TOKENIZER.json PRE_TOKENIZER)");
    LEMMA_TRY(const GgufFile file, GgufFile::open(argv[1]));
    return Tokenizer::fromGguf(file);
}

} // namespace

int main(int argc, char** argv)
{
    const auto tokenizer = load(argc, argv);
    if (!tokenizer) {
        std::cerr << tokenizer.error().message << '\n';
        return 1;
    }
    for (std::string line; std::getline(std::cin, line);) {
        const auto text = nlohmann::json::parse(line).get<std::string>();
        std::cout << nlohmann::json(tokenizer->encode(text, SpecialTokens::Parse)) << '\n';
    }
    return 0;
}
