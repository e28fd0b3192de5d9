#include "engine/gguf/split_name.h"

#include <charconv>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace lemma::engine {
namespace {

constexpr std::size_t suffixLength = std::string_view("-00001-of-00005.gguf").size();

std::optional<int> fiveDigits(std::string_view text)
{
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < 0)
        return std::nullopt;
    return number;
}

} // namespace

std::filesystem::path SplitName::part(int partNumber) const
{
    std::filesystem::path path = prefix;
    path += fmt::format("-{:05}-of-{:05}.gguf", partNumber, count);
    return path;
}

std::optional<SplitName> parseSplitName(const std::filesystem::path& path)
{
    const std::string text = path.string();
    if (text.size() <= suffixLength)
        return std::nullopt;
    const std::string_view suffix = std::string_view(text).substr(text.size() - suffixLength);
    if (suffix[0] != '-' || suffix.substr(6, 4) != "-of-" || suffix.substr(15) != ".gguf")
        return std::nullopt;
    const std::optional<int> number = fiveDigits(suffix.substr(1, 5));
    const std::optional<int> count = fiveDigits(suffix.substr(10, 5));
    if (!number || !count || *number < 1 || *number > *count)
        return std::nullopt;
    return SplitName{text.substr(0, text.size() - suffixLength), *number, *count};
}

} // namespace lemma::engine
