#include "app/markdown/parser.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <memory>

#include "app/markdown/block_builder.h"
#include "app/markdown/math_spans.h"

namespace lemma::app {

namespace {

struct ParserDelete {
    void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
struct NodeDelete {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct IteratorDelete {
    void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};

using Node = std::unique_ptr<cmark_node, NodeDelete>;

Node parse(const QByteArray& text)
{
    static const bool registered = (cmark_gfm_core_extensions_ensure_registered(), true);
    Q_UNUSED(registered);
    const std::unique_ptr<cmark_parser, ParserDelete> parser(cmark_parser_new(CMARK_OPT_DEFAULT));
    for (const char* extension : {"table", "strikethrough", "tasklist", "autolink"}) {
        if (cmark_syntax_extension* found = cmark_find_syntax_extension(extension))
            cmark_parser_attach_syntax_extension(parser.get(), found);
    }
    cmark_parser_feed(parser.get(), text.constData(), static_cast<size_t>(text.size()));
    return Node(cmark_parser_finish(parser.get()));
}

// A fence at the very end of a growing text is open unless its last line closes it.
bool endsInsideFence(QStringView markdown)
{
    QStringView fence;
    qsizetype at = 0;
    while (at < markdown.size()) {
        qsizetype end = markdown.indexOf(u'\n', at);
        end = end < 0 ? markdown.size() : end;
        const QStringView line = markdown.mid(at, end - at).trimmed();
        qsizetype run = 0;
        while (run < line.size() && line[run] == line[0] && (line[0] == u'`' || line[0] == u'~'))
            ++run;
        if (run >= 3 && fence.isEmpty())
            fence = line.left(run);
        else if (run >= 3 && run == line.size() && run >= fence.size() && line[0] == fence[0])
            fence = {};
        at = end + 1;
    }
    return !fence.isEmpty();
}

} // namespace

Blocks parseMarkdown(QStringView markdown, TextState state)
{
    const bool streaming = state == TextState::Streaming;
    const ProtectedMarkdown source = protectMath(markdown, streaming);
    const Node root = parse(source.text.toUtf8());
    BlockBuilder builder(source);
    const std::unique_ptr<cmark_iter, IteratorDelete> iterator(cmark_iter_new(root.get()));
    for (cmark_event_type event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iterator.get()))
        builder.visit(cmark_iter_get_node(iterator.get()), event == CMARK_EVENT_ENTER);
    Blocks blocks = builder.take();
    if (streaming && !blocks.empty() && blocks.back().kind == Block::Kind::Code)
        blocks.back().closed = !endsInsideFence(markdown);
    return blocks;
}

} // namespace lemma::app
