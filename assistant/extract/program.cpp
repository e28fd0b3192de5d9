#include "assistant/extract/program.h"

#include <algorithm>

#include "assistant/extract/answer_text.h"
#include "assistant/extract/language_tag.h"
#include "assistant/extract/lines.h"
#include "assistant/extract/source_text.h"

namespace lemma::assistant {
namespace {

constexpr std::size_t maxFiles = 64;
constexpr std::size_t maxSourceBytes = 1 << 20;

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool hasLineStartingWith(std::string_view source, std::string_view start)
{
    return source.starts_with(start) || contains(source, "\n" + std::string(start));
}

bool isTranscript(std::string_view source) { return hasLineStartingWith(source, ">>> "); }

bool isTest(std::string_view source)
{
    return contains(source, "import unittest") || contains(source, "import pytest") ||
           hasLineStartingWith(source, "def test_") || hasLineStartingWith(source, "def test(");
}

bool isLanguage(const CodeBlock& block, const std::string& wanted)
{
    if (!block.language.empty())
        return block.language == wanted || (wanted == "cpp" && block.language == "c");
    const std::string guess = guessedLanguage(block.source);
    return guess == wanted || (guess == "c" && wanted == "cpp");
}

// A function call or a method of that name is no definition.
bool defines(const CodeBlock& block, const ProgramWanted& wanted)
{
    if (wanted.language == "python")
        return definedNames(block.source).contains(wanted.entryPoint);
    return contains(block.source, wanted.entryPoint + "(") || contains(block.source, wanted.entryPoint + " (");
}

bool isWholeProgram(const CodeBlock& block, const std::string& language)
{
    if (language == "python")
        return !definedNames(block.source).empty() || contains(block.source, "__name__");
    return contains(block.source, "main(") || language == "javascript" || language == "bash";
}

// The blocks that may belong to the program, cleaned; tests go to `tests`.
std::vector<CodeBlock> candidatesOf(std::vector<CodeBlock> blocks, const ProgramWanted& wanted,
                                    std::vector<CodeBlock>& tests)
{
    std::vector<CodeBlock> candidates;
    for (CodeBlock& block : blocks) {
        if (!isLanguage(block, wanted.language) || block.source.size() > maxSourceBytes || isTranscript(block.source))
            continue;
        if (!block.isClosed)
            block.source = withoutTrailingProse(block.source, wanted.language);
        if (trimmed(block.source).empty())
            continue;
        const bool holdsTheEntry = !wanted.entryPoint.empty() && defines(block, wanted);
        (isTest(block.source) && !holdsTheEntry ? tests : candidates).push_back(std::move(block));
    }
    return candidates;
}

// Index of the main block, or candidates.size().
std::size_t chooseMain(const std::vector<CodeBlock>& candidates, const ProgramWanted& wanted)
{
    const auto lastWhere = [&](auto&& good) {
        for (std::size_t i = candidates.size(); i-- > 0;) {
            if (good(candidates[i]))
                return i;
        }
        return candidates.size();
    };
    if (!wanted.entryPoint.empty())
        return lastWhere([&](const CodeBlock& block) { return defines(block, wanted); });
    const std::size_t whole = lastWhere([&](const CodeBlock& block) { return isWholeProgram(block, wanted.language); });
    if (whole < candidates.size() || candidates.empty())
        return whole;
    const auto longest =
        std::ranges::max_element(candidates, {}, [](const CodeBlock& block) { return block.source.size(); });
    return static_cast<std::size_t>(longest - candidates.begin());
}

// Earlier blocks that define what later ones need, in their order, then the main block.
std::string withHelpers(const std::vector<CodeBlock>& candidates, std::size_t main)
{
    std::string source = candidates[main].source;
    for (std::size_t i = main; i-- > 0;) {
        const auto defined = definedNames(source);
        const auto used = wordsOf(source);
        const auto offered = definedNames(candidates[i].source);
        const bool isNeeded =
            std::ranges::any_of(offered, [&](const std::string& name) { return used.contains(name); });
        const bool isRepeated =
            std::ranges::any_of(offered, [&](const std::string& name) { return defined.contains(name); });
        if (isNeeded && !isRepeated)
            source = candidates[i].source + "\n" + source;
    }
    return source;
}

// The last version of every named file, the main one first.
std::vector<ProgramFile> namedFiles(const std::vector<CodeBlock>& candidates, std::size_t main)
{
    std::vector<ProgramFile> files{{candidates[main].fileName, candidates[main].source}};
    for (std::size_t i = candidates.size(); i-- > 0 && files.size() < maxFiles;) {
        const std::string& name = candidates[i].fileName;
        if (!name.empty() && std::ranges::find(files, name, &ProgramFile::path) == files.end())
            files.push_back({name, candidates[i].source});
    }
    return files;
}

} // namespace

Extraction extractProgram(std::string_view output, const ProgramWanted& wanted)
{
    Extraction extraction;
    extraction.language = wanted.language;
    const std::optional<std::string_view> answer = withoutThought(output);
    if (!answer) {
        extraction.status = ExtractionStatus::TruncatedReasoning;
        return extraction;
    }
    const std::string text = normalizedAnswer(*answer);
    std::vector<CodeBlock> blocks = codeBlocks(text);
    const bool hasBlocks = !blocks.empty();
    const std::vector<CodeBlock> candidates = candidatesOf(std::move(blocks), wanted, extraction.tests);
    const std::size_t main = chooseMain(candidates, wanted);
    if (main < candidates.size()) {
        extraction.isUnclosed = !candidates[main].isClosed;
        extraction.files = namedFiles(candidates, main);
        if (extraction.files.size() == 1 && wanted.language == "python")
            extraction.files.front().source = withHelpers(candidates, main);
    } else if (!hasBlocks) {
        if (std::string source = programInProse(text, wanted.language); !source.empty())
            extraction.files = {{"", std::move(source)}};
    }
    if (!extraction.files.empty())
        extraction.status = ExtractionStatus::Found;
    return extraction;
}

} // namespace lemma::assistant
