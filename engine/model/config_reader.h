#pragma once
// Numbers of a model's metadata, each within bounds, with errors that name file and key. Used by model_config.cpp.

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/gguf/gguf_file.h"

namespace lemma::engine {

class ConfigReader {
public:
    ConfigReader(const GgufFile& file, std::string_view architecture)
        : m_file(file), m_prefix(std::string(architecture) + ".")
    {
    }

    const GgufFile& file() const { return m_file; }
    std::string key(std::string_view name) const { return m_prefix + std::string(name); }
    bool has(std::string_view name) const { return m_file.find(key(name)) != nullptr; }

    // `name` without the architecture's prefix. CorruptFile where the value is missing (and has no default), of another
    // type or outside of [least, most]. An array of equal numbers, one a block, serves as that number.
    Result<int> integer(std::string_view name, int least, int most, std::optional<int> otherwise = {}) const;
    Result<float> number(std::string_view name, double least, double most, std::optional<float> otherwise = {}) const;
    Result<bool> boolean(std::string_view name, bool otherwise) const;

    tl::unexpected<Error> corrupt(std::string_view reason) const;
    tl::unexpected<Error> unsupported(std::string_view reason) const;

private:
    const GgufFile& m_file;
    std::string m_prefix;
};

} // namespace lemma::engine
