#include "tests/support/hostile_texts.h"

#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

namespace lemma::tests {

std::vector<HostileText> hostileTexts(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(file), {}};
    const nlohmann::json document = nlohmann::json::parse(content, nullptr, false);
    std::vector<HostileText> result;
    if (!document.is_object() || !document.contains("texts"))
        return result;
    for (const nlohmann::json& entry : document["texts"]) {
        HostileText& one = result.emplace_back();
        one.name = entry["name"];
        if (entry["text"].is_string()) {
            one.text = entry["text"];
            continue;
        }
        for (const nlohmann::json& part : entry["text"])
            for (int i = 0; i < part[1].get<int>(); ++i)
                one.text += part[0].get<std::string>();
    }
    return result;
}

} // namespace lemma::tests
