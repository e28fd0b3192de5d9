#pragma once
// Where the MathJax scripts are. They are installed by the set-up, never part of the tree.

#include <QString>
#include <QStringList>

namespace lemma::app {

// The first folder that holds all scripts: $LEMMA_MATHJAX, <program folder>/../share/lemma/mathjax, then
// lemma/mathjax under the XDG data folders. Empty when there is none: formulas are then shown as their source.
QString findMathJax();

// In the order of loading, relative to the folder.
const QStringList& mathJaxScripts();

} // namespace lemma::app
