#pragma once
// Markdown as models write it: CommonMark with tables, strikethrough, task lists and autolinks (cmark-gfm), and
// formulas.
//
//     const Blocks blocks = parseMarkdown("So $x = 5$:\n\n\\[ x^2 = 25 \\]");
//
// Raw HTML comes out as the text it is. Images come out as their description, as a link: nothing is ever fetched. Cost
// is linear in the text, whatever the nesting. Thread-safe.

#include <QStringView>

#include "app/markdown/document.h"

namespace lemma::app {

enum class TextState : quint8 {
    Complete,
    Streaming, // more may follow: an open formula is shown as its source, an open fence is marked so
};

Blocks parseMarkdown(QStringView markdown, TextState state = TextState::Complete);

} // namespace lemma::app
