#include "engine/gguf/gguf_file.h"

#include <fmt/format.h>

#include "engine/gguf/gguf_parser.h"
#include "engine/gguf/split_name.h"

namespace lemma::engine {
namespace {

std::int64_t integerOf(const GgufPart& part, std::string_view key, std::int64_t otherwise)
{
    for (const auto& [name, value] : part.metadata) {
        if (name != key)
            continue;
        if (const auto* number = std::get_if<std::uint64_t>(&value.value))
            return *number > 0x7FFFFFFF ? -1 : static_cast<std::int64_t>(*number);
        if (const auto* number = std::get_if<std::int64_t>(&value.value))
            return *number;
        return -1; // another type: contradicts every expectation of the caller
    }
    return otherwise;
}

// What a part says about its set must agree with its file name.
Result<void> checkSplitPart(const GgufPart& part, const std::string& name, int number, int count)
{
    const std::int64_t claimedCount = integerOf(part, "split.count", 1);
    const std::int64_t claimedNumber = integerOf(part, "split.no", 0);
    if (claimedCount != count || claimedNumber != number - 1)
        return fail(ErrorCode::CorruptFile,
                    fmt::format("{}: the file says it is part {} of {}, but part {} of {} belongs here", name,
                                claimedNumber + 1, claimedCount, number, count));
    return {};
}

Result<void> openSplitSet(const SplitName& splitName, std::vector<MappedFile>& files, std::vector<GgufPart>& parts,
                          std::vector<std::string>& names)
{
    files.clear();
    parts.clear();
    names.clear();
    for (int number = 1; number <= splitName.count; ++number) {
        names.push_back(splitName.part(number).string());
        auto file = MappedFile::open(names.back());
        if (!file)
            return fail(file.error().code, fmt::format("part {} of {} of the model cannot be read: {}", number,
                                                       splitName.count, file.error().message));
        LEMMA_TRY(GgufPart part, GgufParser::parse(file->bytes(), names.back()));
        LEMMA_CHECK(checkSplitPart(part, names.back(), number, splitName.count));
        files.push_back(*std::move(file));
        parts.push_back(std::move(part));
    }
    return {};
}

Result<void> checkTensorTotal(const GgufFile& file)
{
    const auto total = file.integer("split.tensors.count");
    if (total && *total != static_cast<std::int64_t>(file.tensors().size()))
        return fail(ErrorCode::CorruptFile, fmt::format("{}: the set should hold {} tensors, but its parts hold {}",
                                                        file.path().string(), *total, file.tensors().size()));
    return {};
}

} // namespace

Result<GgufFile> GgufParser::join(std::vector<GgufPart> parts, const std::vector<std::string>& names)
{
    GgufFile file;
    file.m_version = parts.front().version;
    file.m_metadata = std::move(parts.front().metadata);
    for (std::size_t i = 0; i < file.m_metadata.size(); ++i)
        file.m_metadataIndex.emplace(file.m_metadata[i].first, i);
    for (std::size_t part = 0; part < parts.size(); ++part) {
        for (TensorInfo& tensor : parts[part].tensors) {
            if (!file.m_tensorIndex.emplace(tensor.name, file.m_tensors.size()).second)
                return fail(ErrorCode::CorruptFile,
                            fmt::format("{}: tensor '{}' occurs twice", names[part], tensor.name));
            file.m_tensors.push_back(tensor);
        }
    }
    return file;
}

Result<GgufFile> GgufFile::parse(std::span<const std::byte> bytes, std::string name)
{
    LEMMA_TRY(GgufPart part, GgufParser::parse(bytes, name));
    if (const std::int64_t count = integerOf(part, "split.count", 1); count != 1 && count != 0)
        return fail(ErrorCode::CorruptFile, fmt::format("{}: one part of a split set of {} parts", name, count));
    std::vector<GgufPart> parts;
    parts.push_back(std::move(part));
    LEMMA_TRY(GgufFile file, GgufParser::join(std::move(parts), {name}));
    file.m_path = name;
    file.m_fileSize = bytes.size();
    return file;
}

Result<GgufFile> GgufFile::open(const std::filesystem::path& path)
{
    std::vector<MappedFile> files(1);
    std::vector<GgufPart> parts(1);
    std::vector<std::string> names{path.string()};
    LEMMA_TRY(files[0], MappedFile::open(path));
    LEMMA_TRY(parts[0], GgufParser::parse(files[0].bytes(), names[0]));
    if (const std::int64_t count = integerOf(parts[0], "split.count", 1); count != 1 && count != 0) {
        const std::optional<SplitName> splitName = parseSplitName(path);
        if (!splitName || splitName->count != count)
            return fail(ErrorCode::CorruptFile,
                        fmt::format("{}: the file is one part of a set of {}, but its name does not end in "
                                    "-0000N-of-{:05}.gguf, so the others cannot be found",
                                    names[0], count, count));
        LEMMA_CHECK(openSplitSet(*splitName, files, parts, names));
    }
    LEMMA_TRY(GgufFile file, GgufParser::join(std::move(parts), names));
    file.m_path = names.front();
    for (const MappedFile& part : files)
        file.m_fileSize += part.bytes().size();
    file.m_parts = std::move(files);
    LEMMA_CHECK(checkTensorTotal(file));
    return file;
}

} // namespace lemma::engine
