#pragma once
// A whole file mapped read-only into memory: how weights are reached without copying them.
// Move-only; the mapping lives as long as the object. Reading from several threads is fine.

#include <cstddef>
#include <filesystem>
#include <span>

#include "engine/base/result.h"

namespace lemma::engine {

class MappedFile {
public:
    // NotFound, Io, or InvalidArgument (a folder, say). An empty file gives an empty span.
    static Result<MappedFile> open(const std::filesystem::path& path);

    MappedFile() = default;
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    ~MappedFile();

    std::span<const std::byte> bytes() const { return {m_data, m_size}; }
    const std::filesystem::path& path() const { return m_path; }

private:
    const std::byte* m_data = nullptr;
    std::size_t m_size = 0;
    std::filesystem::path m_path;
};

} // namespace lemma::engine
