#pragma once
// The texts of tests/data/tutor/hostile.json: short to write down, expensive to work with. A text is a string, or parts
// with the number of times that each is repeated: [["\\frac{", 9000]].

#include <string>
#include <vector>

namespace lemma::tests {

struct HostileText {
    std::string name;
    std::string text;
};

// Empty where the file is not what it should be.
std::vector<HostileText> hostileTexts(const std::string& path);

} // namespace lemma::tests
