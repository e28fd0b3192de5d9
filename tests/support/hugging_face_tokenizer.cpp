#include "tests/support/hugging_face_tokenizer.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <QProcess>
#include <nlohmann/json.hpp>

namespace lemma::tests {
namespace {

using engine::ErrorCode;
using engine::fail;
using engine::Result;
using engine::TokenizerDefinition;
using engine::TokenKind;
using nlohmann::json;

Result<std::string> readText(const std::filesystem::path& file)
{
    if (!std::filesystem::is_regular_file(file))
        return fail(ErrorCode::NotFound, file.string() + " is missing");
    if (file.extension() != ".xz") {
        std::ifstream in(file, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(in), {});
    }
    QProcess xz;
    xz.start("xz", {"-dc", QString::fromStdString(file.string())});
    if (!xz.waitForStarted() || !xz.waitForFinished() || xz.exitCode() != 0)
        return fail(ErrorCode::NotFound, "the program xz is missing or failed");
    return xz.readAllStandardOutput().toStdString();
}

void put(TokenizerDefinition& definition, std::size_t id, std::string text, TokenKind kind)
{
    if (definition.tokens.size() <= id) {
        definition.tokens.resize(id + 1);
        definition.kinds.resize(id + 1, TokenKind::Unused);
    }
    definition.tokens[id] = std::move(text);
    definition.kinds[id] = kind;
}

TokenizerDefinition definitionOf(const json& file, const std::string& preTokenizer)
{
    TokenizerDefinition definition;
    definition.preTokenizer = preTokenizer;
    for (const auto& [text, id] : file.at("model").at("vocab").items())
        put(definition, id.get<std::size_t>(), text, TokenKind::Normal);
    for (const json& token : file.at("added_tokens"))
        put(definition, token.at("id").get<std::size_t>(), token.at("content").get<std::string>(),
            token.at("special").get<bool>() ? TokenKind::Control : TokenKind::UserDefined);
    for (const json& merge : file.at("model").at("merges")) // "a b", or ["a", "b"] in newer files
        definition.merges.push_back(merge.is_string()
                                        ? merge.get<std::string>()
                                        : merge.at(0).get<std::string>() + ' ' + merge.at(1).get<std::string>());
    return definition;
}

} // namespace

Result<TokenizerDefinition> readHuggingFaceTokenizer(const std::filesystem::path& file, const std::string& preTokenizer)
{
    LEMMA_TRY(const std::string text, readText(file));
    try {
        return definitionOf(json::parse(text), preTokenizer);
    } catch (const json::exception& error) {
        return fail(ErrorCode::CorruptFile, file.string() + ": " + error.what());
    }
}

} // namespace lemma::tests
