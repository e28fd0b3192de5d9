#pragma once
// A formula and what became of it.

#include <QByteArray>
#include <QHashFunctions>
#include <QString>

namespace lemma::app {

struct FormulaKey {
    QString tex;          // without its delimiters
    bool display = false; // set on a line of its own

    friend bool operator==(const FormulaKey&, const FormulaKey&) = default;
};

inline size_t qHash(const FormulaKey& key, size_t seed = 0) noexcept { return qHashMulti(seed, key.tex, key.display); }

struct Formula {
    enum class State : quint8 {
        Pending, // being set; draw a placeholder
        Ready,
        Failed, // show the source
    };

    State state = State::Pending;
    QByteArray svg;    // inked in "currentColor"
    double width = 0;  // in ex of the TeX font, 1 ex = 0.442 em
    double height = 0; // whole, in ex
    double depth = 0;  // below the baseline, in ex
    QString error;     // MathJax's or ours, when Failed
};

} // namespace lemma::app
