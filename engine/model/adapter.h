#pragma once
// A LoRA adapter: small matrices A and B for some weights W of a model, which then computes W x + scale * B (A x).
// (Hu et al., "LoRA", 2021.)
//
//     LEMMA_TRY(auto adapter, Adapter::open("r1.gguf"));
//     ModelOptions options{.adapters = {{adapter, 1.0F}}, .adapterMode = AdapterMode::Merge};
//
// The file is GGUF as llama.cpp writes it: general.type = "adapter", adapter.type = "lora", adapter.lora.alpha, and for
// a weight NAME the tensors NAME.lora_a [inputs, rank] and NAME.lora_b [rank, outputs] (of experts: with a third
// dimension). What it multiplies is the user's scale * alpha / rank; without alpha, the user's scale. Immutable.

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/gguf/gguf_file.h"
#include "engine/model/adapter_choice.h"
#include "engine/model/model.h"

namespace lemma::engine {

class Adapter {
public:
    struct Pair {
        const TensorInfo* a = nullptr;
        const TensorInfo* b = nullptr;

        std::int64_t rank() const { return b->columns(); }
    };

    // InvalidArgument for a file that is no adapter, Unsupported for another kind than LoRA, CorruptFile for a tensor
    // without its partner, pairs that do not fit each other, and numbers that are none.
    static Result<std::shared_ptr<const Adapter>> open(const std::filesystem::path& path);
    static Result<std::shared_ptr<const Adapter>> fromGguf(GgufFile file);

    std::string name() const { return m_file.path().filename().string(); }
    std::string_view architecture() const { return m_architecture; }
    // 16 hexadecimal digits of everything that has an effect.
    const std::string& hash() const { return m_hash; }

    // By the name of the weight that they change.
    const std::map<std::string_view, Pair>& pairs() const { return m_pairs; }
    // What a pair multiplies for a user's scale.
    float strength(const Pair& pair, float scale) const;

private:
    explicit Adapter(GgufFile file) : m_file(std::move(file)) {}
    Result<void> readPairs();
    tl::unexpected<Error> corrupt(const std::string& reason) const;

    GgufFile m_file;
    std::string m_architecture;
    std::string m_hash;
    std::optional<float> m_alpha;
    std::map<std::string_view, Pair> m_pairs;
};

// Opens them in their order and fills in their hashes. InvalidArgument for a scale that is no number.
Result<std::vector<UsedAdapter>> openAdapters(AdapterChoices& choices);

} // namespace lemma::engine
