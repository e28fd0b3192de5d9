#pragma once
// A set of Unicode characters as ranges: what a character class stands for.
//
//     CodePointSet digits;
//     digits.add('0', '9');
//     CodePointSet others = digits.complement();

#include <vector>

namespace lemma::engine {

struct CodePointRange {
    char32_t first = 0;
    char32_t last = 0;
    friend auto operator<=>(const CodePointRange&, const CodePointRange&) = default;
};

class CodePointSet {
public:
    // Everything that can be a character: surrogates (U+D800 to U+DFFF) are none.
    static CodePointSet all();
    // Of ranges in any order; quicker than adding many one by one.
    static CodePointSet of(std::vector<CodePointRange> ranges);

    void add(char32_t first, char32_t last); // nothing where last < first
    void add(const CodePointSet& other);
    CodePointSet complement() const;
    CodePointSet without(const CodePointSet& other) const;

    bool contains(char32_t codePoint) const;
    bool empty() const { return m_ranges.empty(); }
    const std::vector<CodePointRange>& ranges() const { return m_ranges; } // in order, apart, without surrogates

private:
    void addRange(char32_t first, char32_t last);
    std::vector<CodePointRange> m_ranges;
};

} // namespace lemma::engine
