#pragma once
// Reads grammars in GBNF, the notation of llama.cpp (ggml-org/llama.cpp, grammars/README.md):
//
//     # a list of numbers
//     root   ::= "[" ws number ("," ws number)* "]"
//     number ::= "-"? [0-9]{1,12} ("." [0-9]+)?
//     ws     ::= [ \t\n]*
//
// Literals and classes know the escapes \n \r \t \\ \" \[ \] \- \^ \xHH \uHHHH \UHHHHHHHH; `.` is any character;
// repetition is
// * + ? {n} {n,} {n,m}. A rule ends with its line, except within parentheses, after ::= and before or after a |.
// References to tokens (<think>) are not supported: where a grammar begins is decided by the caller.
//
// InvalidArgument names line and column of what is wrong. Limits keep a hostile file harmless: a megabyte of text, 100
// levels of nesting, 10,000 repetitions.

#include <string_view>

#include "engine/base/result.h"
#include "engine/grammar/grammar_tree.h"

namespace lemma::engine {

Result<GrammarTree> parseGbnf(std::string_view text);

} // namespace lemma::engine
