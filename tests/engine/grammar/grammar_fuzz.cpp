// Any bytes as GBNF and as a JSON schema: an error, or a grammar that a text can be followed through to its end.
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "engine/grammar/grammar_matcher.h"

using namespace lemma::engine;

namespace {

// A way is taken byte by byte; while it is alive, some byte must continue it or the text must be a whole one.
void follow(Grammar grammar)
{
    GrammarMatcher matcher(std::make_shared<const Grammar>(std::move(grammar)));
    GrammarMatcher::State state = matcher.start();
    for (int i = 0; i < 64 && state != GrammarMatcher::dead; ++i) {
        GrammarMatcher::State next = GrammarMatcher::dead;
        for (int byte = 255; byte >= 0; --byte) {
            const GrammarMatcher::State found = matcher.next(state, static_cast<std::uint8_t>(byte));
            if (found != GrammarMatcher::dead && (next == GrammarMatcher::dead || (byte + i) % 3 == 0))
                next = found;
        }
        if (next == GrammarMatcher::dead && !matcher.mayEnd(state) && !matcher.failed())
            std::abort();
        state = next;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (Result<Grammar> grammar = Grammar::fromGbnf(text))
        follow(std::move(*grammar));
    if (Result<Grammar> grammar = Grammar::fromJsonSchema(text))
        follow(std::move(*grammar));
    return 0;
}
