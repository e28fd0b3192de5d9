#include "assistant/extract/source_text.h"

#include <algorithm>
#include <array>
#include <vector>

#include "assistant/extract/lines.h"

namespace lemma::assistant {
namespace {

// Of all languages that can be run; each may be followed by another word.
constexpr std::array<std::string_view, 62> keywords{
    "and",      "as",        "assert",   "async",    "await",  "break",  "case",     "class",    "const",
    "continue", "def",       "del",      "do",       "elif",   "else",   "enum",     "except",   "export",
    "extern",   "finally",   "for",      "from",     "func",   "fn",     "function", "global",   "goto",
    "if",       "import",    "in",       "inline",   "int",    "is",     "lambda",   "let",      "long",
    "match",    "namespace", "new",      "nonlocal", "not",    "or",     "package",  "pass",     "private",
    "public",   "raise",     "return",   "short",    "static", "struct", "switch",   "template", "throw",
    "try",      "type",      "unsigned", "using",    "var",    "void",   "while",    "with"};

bool isKeyword(std::string_view word) { return word == "yield" || std::ranges::find(keywords, word) != keywords.end(); }

std::string_view leadingWord(std::string_view text)
{
    return text.substr(0, static_cast<std::size_t>(std::ranges::find_if_not(text, isWordCharacter) - text.begin()));
}

struct ProgramStart {
    std::string_view language;
    std::string_view start;
};
constexpr std::array programStarts{
    ProgramStart{"python", "def "},        ProgramStart{"python", "class "},
    ProgramStart{"python", "import "},     ProgramStart{"python", "from "},
    ProgramStart{"python", "@"},           ProgramStart{"python", "async def "},
    ProgramStart{"c", "#include"},         ProgramStart{"cpp", "#include"},
    ProgramStart{"java", "public class "}, ProgramStart{"java", "import "},
    ProgramStart{"go", "package "},        ProgramStart{"rust", "fn "},
    ProgramStart{"rust", "use "},          ProgramStart{"javascript", "function "},
    ProgramStart{"javascript", "const "},  ProgramStart{"bash", "#!/"},
};

bool beginsProgram(std::string_view line, std::string_view language)
{
    return !looksLikeProse(line) && std::ranges::any_of(programStarts, [&](const ProgramStart& candidate) {
        return candidate.language == language && line.starts_with(candidate.start);
    });
}

// No statement of any language ends like a sentence, but for a number such as "1.".
bool isSentence(std::string_view line)
{
    return line.size() > 1 && line.back() == '.' && !(line[line.size() - 2] >= '0' && line[line.size() - 2] <= '9') &&
           line.find_first_of("(=;{\"'#") == std::string_view::npos && line.find(' ') != std::string_view::npos;
}

} // namespace

OpenText::OpenText(std::string_view language)
    : m_isPython(language == "python" || language.empty()),
      m_isC(language == "c" || language == "cpp" || language == "java" || language == "javascript" ||
            language == "rust" || language == "go")
{
}

void OpenText::add(std::string_view line)
{
    if (m_isPython)
        addPython(line);
    else if (m_isC)
        addC(line);
}

void OpenText::addPython(std::string_view line)
{
    for (std::size_t i = 0; i < line.size();) {
        if (isOpen()) {
            if (line[i] == '\\') {
                i += 2;
            } else if (line.substr(i).starts_with(m_closer)) {
                i += m_closer.size();
                m_closer.clear();
            } else {
                ++i;
            }
            continue;
        }
        if (line[i] == '#')
            return;
        if (line[i] != '"' && line[i] != '\'') {
            ++i;
            continue;
        }
        const std::string triple(3, line[i]);
        if (line.substr(i).starts_with(triple)) {
            m_closer = triple;
            i += 3;
            continue;
        }
        const char quote = line[i++]; // a short string ends with its line at the latest
        while (i < line.size() && line[i] != quote)
            i += line[i] == '\\' ? 2 : 1;
        ++i;
    }
}

void OpenText::addC(std::string_view line)
{
    for (std::size_t i = 0; i < line.size();) {
        if (isOpen()) {
            const std::size_t end = line.find(m_closer, i);
            if (end == std::string_view::npos)
                return;
            i = end + m_closer.size();
            m_closer.clear();
        } else if (line.substr(i).starts_with("//")) {
            return;
        } else if (line.substr(i).starts_with("/*")) {
            m_closer = "*/";
            i += 2;
        } else if (line[i] == '"' || line[i] == '\'') {
            const char quote = line[i++];
            while (i < line.size() && line[i] != quote)
                i += line[i] == '\\' ? 2 : 1;
            ++i;
        } else {
            ++i;
        }
    }
}

bool looksLikeProse(std::string_view line)
{
    line = trimmed(line);
    if (isSentence(line))
        return true;
    const std::string_view first = leadingWord(line);
    if (first.empty() || line.size() <= first.size() + 1 || isKeyword(first))
        return false;
    const char after = line[first.size()];
    if (after != ' ' && after != ',' && after != '\'')
        return false;
    const std::string_view rest = trimmed(line.substr(first.size() + 1));
    const std::string_view second = leadingWord(rest);
    constexpr std::array<std::string_view, 6> operators{"in", "is", "if", "and", "or", "not"};
    if (second.empty() || std::ranges::find(operators, second) != operators.end())
        return false;
    // "Type name = ...", "Type name(" and "Type name::" are declarations of C's family.
    const std::string_view behind = trimmed(rest.substr(second.size()));
    return behind.empty() || isWordCharacter(behind.front()) || behind.front() == ',' || behind.front() == '.' ||
           (behind.front() == ':' && !behind.starts_with("::"));
}

std::string withoutTrailingProse(std::string_view source, std::string_view language)
{
    const std::vector<std::string_view> lines = splitLines(source);
    OpenText state(language);
    std::size_t end = 0; // behind the last line of code
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool isTopLevel = !lines[i].empty() && lines[i].front() != ' ' && lines[i].front() != '\t';
        if (isTopLevel && !state.isOpen() && looksLikeProse(lines[i]))
            break;
        state.add(lines[i]);
        if (!trimmed(lines[i]).empty())
            end = i + 1;
    }
    return joinLines(lines, 0, end);
}

std::string programInProse(std::string_view text, std::string_view language)
{
    const std::vector<std::string_view> lines = splitLines(text);
    std::string best;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!beginsProgram(lines[i], language))
            continue;
        std::string candidate = withoutTrailingProse(joinLines(lines, i, lines.size()), language);
        i += static_cast<std::size_t>(std::ranges::count(candidate, '\n'));
        if (candidate.size() > best.size())
            best = std::move(candidate);
    }
    return best;
}

std::set<std::string, std::less<>> definedNames(std::string_view pythonSource)
{
    std::set<std::string, std::less<>> names;
    OpenText state("python");
    for (std::string_view line : splitLines(pythonSource)) {
        const bool isInText = state.isOpen();
        state.add(line);
        if (isInText || line.empty() || line.front() == ' ' || line.front() == '\t')
            continue;
        bool isDefinition = false;
        for (const std::string_view start : {"async ", "def ", "class "}) {
            if (line.starts_with(start)) {
                line = trimmed(line.substr(start.size()));
                isDefinition = start != "async ";
            }
        }
        const std::string_view name = leadingWord(line);
        const std::string_view rest = trimmed(line.substr(name.size()));
        const bool isAssignment = rest.starts_with('=') && !rest.starts_with("==");
        if (!name.empty() && (isDefinition || isAssignment || (rest.starts_with(':') && rest.find('=') != rest.npos)))
            names.emplace(name);
    }
    return names;
}

std::set<std::string, std::less<>> wordsOf(std::string_view source)
{
    std::set<std::string, std::less<>> words;
    while (!source.empty()) {
        const std::string_view word = leadingWord(source);
        if (!word.empty())
            words.emplace(word);
        source.remove_prefix(std::min(std::max<std::size_t>(word.size(), 1), source.size()));
    }
    return words;
}

} // namespace lemma::assistant
