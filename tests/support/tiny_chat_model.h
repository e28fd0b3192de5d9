#pragma once
// A model of random weights that talks nonsense in a few microseconds a token: for tests of everything around a model.
// Its vocabulary is the 256 bytes and R1's special tokens; its chat template is that of the R1 distills, so every
// answer begins inside a thought.

#include <cstdint>
#include <filesystem>

namespace lemma::tests {

struct TinyChatModel {
    std::uint32_t seed = 1;
    std::uint32_t contextLength = 512;
    bool withTemplate = true;

    // Token ids of the specials, behind the 256 bytes.
    static constexpr int bos = 256;
    static constexpr int eos = 257;
    static constexpr int user = 258;
    static constexpr int assistant = 259;
    static constexpr int thinkOpen = 260;
    static constexpr int thinkClose = 261;

    void write(const std::filesystem::path& file) const;
};

} // namespace lemma::tests
