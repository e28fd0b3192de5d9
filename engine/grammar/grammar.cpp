#include "engine/grammar/grammar.h"

#include "engine/grammar/gbnf_parser.h"
#include "engine/grammar/grammar_compiler.h"
#include "engine/grammar/json_schema.h"

namespace lemma::engine {

Result<Grammar> Grammar::fromGbnf(std::string_view text)
{
    LEMMA_TRY(const GrammarTree tree, parseGbnf(text));
    return GrammarCompiler::compile(tree);
}

Result<Grammar> Grammar::fromJsonSchema(std::string_view text)
{
    LEMMA_TRY(const std::string gbnf, gbnfFromJsonSchema(text));
    return fromGbnf(gbnf);
}

} // namespace lemma::engine
