#pragma once
// Where what a model has read is kept between two starts of the program, and how much of it: saved_caches.h.

#include <cstdint>
#include <filesystem>

namespace lemma::engine {

struct SavedCacheOptions {
    std::filesystem::path directory; // made when something is saved
    std::int64_t maxBytes = std::int64_t{2} * 1024 * 1024 * 1024;
};

} // namespace lemma::engine
