#pragma once
// Reads the members of a stored JSON object. Internal to engine/history.
//
//     readField(object, "topK", sampling.topK);
//     limits.thinkingTokens = field<int>(object, "thinkingTokens");
//
// What is missing or of another type is passed over: an older or a newer Lemma may have written it.

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace lemma::engine {

template <class T>
std::optional<T> field(const nlohmann::ordered_json& object, const char* name)
{
    const auto it = object.find(name);
    if (it == object.end())
        return std::nullopt;
    bool fits = it->is_number();
    if constexpr (std::is_same_v<T, std::string>)
        fits = it->is_string();
    else if constexpr (std::is_same_v<T, bool>)
        fits = it->is_boolean();
    else if constexpr (std::is_integral_v<T>)
        fits = it->is_number_integer();
    return fits ? std::optional(it->get<T>()) : std::nullopt;
}

template <class T>
void readField(const nlohmann::ordered_json& object, const char* name, T& out)
{
    out = field<T>(object, name).value_or(std::move(out));
}

inline void readField(const nlohmann::ordered_json& object, const char* name, std::chrono::duration<double>& out)
{
    if (const auto seconds = field<double>(object, name))
        out = std::chrono::duration<double>(*seconds);
}

} // namespace lemma::engine
