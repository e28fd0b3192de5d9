#pragma once
// Letters of ASCII in text that may be UTF-8: everything else stays as it is, whatever the locale.

#include <string>
#include <string_view>

namespace lemma::engine {

// "Größe X" becomes "größe x".
inline std::string asciiLowered(std::string_view text)
{
    std::string result(text);
    for (char& c : result)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

} // namespace lemma::engine
