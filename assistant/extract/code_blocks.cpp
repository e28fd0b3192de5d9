#include "assistant/extract/code_blocks.h"

#include <optional>

#include "assistant/extract/file_name.h"
#include "assistant/extract/language_tag.h"
#include "assistant/extract/lines.h"
#include "assistant/extract/source_text.h"

namespace lemma::assistant {
namespace {

struct Opener {
    std::size_t indent = 0;
    std::size_t length = 0;
    char character = '`';
    bool isQuoted = false; // "> ```"
    std::string_view info;
};

std::size_t indentOf(std::string_view line) { return std::min(line.find_first_not_of(" \t"), line.size()); }

// Number of fence characters at `at`, 0 if fewer than three.
std::size_t fenceLength(std::string_view line, std::size_t at)
{
    if (at >= line.size() || (line[at] != '`' && line[at] != '~'))
        return 0;
    const std::size_t end = std::min(line.find_first_not_of(line[at], at), line.size());
    return end - at >= 3 ? end - at : 0;
}

// Whether a fence behind these characters of a line can open a block. Prose that merely mentions ``` does not end like
// this.
bool mayPrecedeFence(std::string_view prefix)
{
    prefix = trimmed(prefix);
    return prefix.empty() || std::string_view(":>-*.").find(prefix.back()) != std::string_view::npos;
}

std::optional<Opener> openerOf(std::string_view line)
{
    const std::size_t at = std::min(line.find("```"), line.find("~~~"));
    if (at == std::string_view::npos || !mayPrecedeFence(line.substr(0, at)))
        return std::nullopt;
    Opener opener;
    opener.character = line[at];
    opener.length = fenceLength(line, at);
    opener.indent = indentOf(line);
    opener.isQuoted = trimmed(line.substr(0, at)) == ">";
    opener.info = trimmed(line.substr(at + opener.length));
    if (opener.info.find('`') != std::string_view::npos) // ```inline code```
        return std::nullopt;
    return opener;
}

// A line of the block without what its opener stood behind.
std::string_view contentOf(std::string_view line, const Opener& opener)
{
    if (opener.isQuoted) {
        const std::size_t at = indentOf(line);
        if (at < line.size() && line[at] == '>')
            line.remove_prefix(at + 1);
        if (line.starts_with(' '))
            line.remove_prefix(1);
        return line;
    }
    const std::size_t indent = std::min(indentOf(line), opener.indent);
    return line.substr(indent);
}

bool isFence(std::string_view line, const Opener& opener)
{
    const std::size_t at = indentOf(line);
    return at < line.size() && line[at] == opener.character && fenceLength(line, at) >= opener.length;
}

bool isCloser(std::string_view line, const Opener& opener)
{
    return isFence(line, opener) && trimmed(line).find_first_not_of(opener.character) == std::string_view::npos;
}

// Where the block that `opener` opens ends: the line of its closing fence, or `lines.size()`.
std::size_t findEnd(const std::vector<std::string_view>& lines, std::size_t first, const Opener& opener,
                    const std::string& language)
{
    std::size_t firstCloser = lines.size();
    int depth = 0;
    OpenText state(language);
    for (std::size_t i = first; i < lines.size(); ++i) {
        const std::string_view line = contentOf(lines[i], opener);
        if (isCloser(line, opener)) {
            if (depth == 0 && !state.isOpen())
                return i;
            depth -= depth > 0 ? 1 : 0;
            firstCloser = std::min(firstCloser, i);
        } else if (isFence(line, opener)) {
            // Another block begins: what looked like the end was the end, except in Markdown, which may hold blocks.
            if (firstCloser < lines.size() && language != "markdown")
                return firstCloser;
            depth += language == "markdown" ? 1 : 0;
        }
        state.add(line);
    }
    return firstCloser;
}

std::string_view lineBefore(const std::vector<std::string_view>& lines, std::size_t index)
{
    for (std::size_t back = 1; back <= 2 && back <= index; ++back) {
        if (!trimmed(lines[index - back]).empty())
            return lines[index - back];
    }
    return {};
}

} // namespace

std::vector<CodeBlock> codeBlocks(std::string_view text)
{
    const std::vector<std::string_view> lines = splitLines(text);
    std::vector<CodeBlock> blocks;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::optional<Opener> opener = openerOf(lines[i]);
        if (!opener)
            continue;
        CodeBlock block;
        block.info = opener->info;
        block.language = languageOfTag(opener->info.substr(0, opener->info.find_first_of(" \t,:")));
        block.firstLine = i;
        const std::size_t end = findEnd(lines, i + 1, *opener, block.language);
        block.isClosed = end < lines.size();
        for (std::size_t k = i + 1; k < end; ++k)
            block.source.append(contentOf(lines[k], *opener)).append("\n");
        const std::string_view firstLine = std::string_view(block.source).substr(0, block.source.find('\n'));
        block.fileName = fileNameHint(block.info, lineBefore(lines, i), firstLine);
        if (block.fileName == block.language) // ```a.py: a name in place of a language
            block.language = languageOfTag(block.fileName.substr(block.fileName.rfind('.') + 1));
        block.lastLine = block.isClosed ? end : lines.size() - 1;
        blocks.push_back(std::move(block));
        i = end;
    }
    return blocks;
}

} // namespace lemma::assistant
