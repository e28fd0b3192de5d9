#include "engine/chat/writing_system.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace lemma::engine {
namespace {

struct Block {
    char32_t first;
    char32_t last;
    WritingSystem script;
};

// Blocks.txt of Unicode 15; letters only, as far as blocks tell. In the order of their first character.
constexpr std::array blocks = std::to_array<Block>({
    {U'A', U'Z', WritingSystem::Latin},          {U'a', U'z', WritingSystem::Latin},
    {0x00C0, 0x00D6, WritingSystem::Latin}, // the multiplication and division signs lie between
    {0x00D8, 0x00F6, WritingSystem::Latin},      {0x00F8, 0x024F, WritingSystem::Latin},
    {0x0370, 0x03FF, WritingSystem::Greek},      {0x0400, 0x052F, WritingSystem::Cyrillic},
    {0x0531, 0x0587, WritingSystem::Other}, // Armenian
    {0x05D0, 0x05F4, WritingSystem::Hebrew},     {0x0620, 0x064A, WritingSystem::Arabic},
    {0x066E, 0x06D3, WritingSystem::Arabic},     {0x0750, 0x077F, WritingSystem::Arabic},
    {0x0904, 0x0939, WritingSystem::Devanagari}, {0x093D, 0x0963, WritingSystem::Devanagari},
    {0x0971, 0x097F, WritingSystem::Devanagari}, {0x0980, 0x0DFF, WritingSystem::Other}, // the other scripts of India
    {0x0E01, 0x0E4E, WritingSystem::Thai},       {0x0E80, 0x10FF, WritingSystem::Other},
    {0x1100, 0x11FF, WritingSystem::Hangul},     {0x1200, 0x1C7F, WritingSystem::Other},
    {0x1E00, 0x1EFF, WritingSystem::Latin},      {0x1F00, 0x1FFF, WritingSystem::Greek},
    {0x3041, 0x3096, WritingSystem::Kana},       {0x30A1, 0x30FA, WritingSystem::Kana},
    {0x3131, 0x318E, WritingSystem::Hangul},     {0x3400, 0x4DBF, WritingSystem::Han},
    {0x4E00, 0x9FFF, WritingSystem::Han},        {0xA000, 0xA95F, WritingSystem::Other},
    {0xAC00, 0xD7A3, WritingSystem::Hangul},     {0xF900, 0xFAFF, WritingSystem::Han},
    {0xFB50, 0xFDFF, WritingSystem::Arabic},     {0xFE70, 0xFEFC, WritingSystem::Arabic},
    {0x20000, 0x323AF, WritingSystem::Han},
});

} // namespace

WritingSystem writingSystemOf(char32_t character)
{
    const auto after = std::upper_bound(blocks.begin(), blocks.end(), character,
                                        [](char32_t c, const Block& block) { return c < block.first; });
    if (after == blocks.begin() || character > std::prev(after)->last)
        return WritingSystem::None;
    return std::prev(after)->script;
}

std::string_view writingSystemName(WritingSystem script)
{
    switch (script) {
    case WritingSystem::None: return "";
    case WritingSystem::Latin: return "latin";
    case WritingSystem::Cyrillic: return "cyrillic";
    case WritingSystem::Greek: return "greek";
    case WritingSystem::Han: return "han";
    case WritingSystem::Kana: return "kana";
    case WritingSystem::Hangul: return "hangul";
    case WritingSystem::Arabic: return "arabic";
    case WritingSystem::Hebrew: return "hebrew";
    case WritingSystem::Devanagari: return "devanagari";
    case WritingSystem::Thai: return "thai";
    case WritingSystem::Other: return "other";
    }
    return "";
}

bool isWrittenWithoutSpaces(WritingSystem script)
{
    return script == WritingSystem::Han || script == WritingSystem::Kana || script == WritingSystem::Thai;
}

} // namespace lemma::engine
