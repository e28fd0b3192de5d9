#pragma once
// Events as lines of JSON, for `ask --json`:
//
//     {"event":"started","session":1,"question":2,"answer":3,"model":"/path/model.gguf"}
//     {"event":"loading","fraction":0.5}
//     {"event":"prefill","done":120,"total":300,"reused":0}
//     {"event":"thought","text":"Okay","tokens":[300,301]}
//     {"event":"step","index":0,"kind":"understand","begin":0,"length":84,"tokens":[300,320]}   when a step is complete
//     {"event":"thought-end","tokens":512}
//     {"event":"answer","text":"The","tokens":[812,813]}
//     {"event":"chain","chain":0,"thought":true,"text":"Okay","tokens":[300,301]}        with --chains or --best-of
//     {"event":"chain-end","chain":0,"reason":"eos","tokens":700,"ballot":"5","group":0,"score":null}
//     {"event":"consensus","winner":2,"votes":8,"winningVotes":6,"decidedEarly":true,"tokens":5400,"tokensSaved":900,
//      "groups":[{"answer":"5","chains":[2,0]}],"chains":[{"seed":7,"reason":"eos",...,"thought":"...","answer":"..."}]}
//     {"event":"finished","reason":"eos","thoughtClosedByLimit":false,"language":{"code":"en","script":"latin",
//      "mixed":false,"others":[]},"usage":{...}}                             language of the thought; code: null if
//      unclear
//     {"event":"error","code":"out-of-memory","message":"..."}            instead of finished
//
// begin and length are bytes of the thought's text; ids are null where nothing is stored.

#include <string>

#include "engine/history/recorder.h"
#include "tutor/trace/step.h"

namespace lemma::app {

std::string startedJson(const engine::RecordedTurn& turn, const std::string& model);
std::string eventJson(const engine::Event& event);
std::string stepJson(const tutor::Step& step, int index);
std::string consensusJson(const engine::ConsensusResult& result);
std::string finishedJson(const engine::Result<engine::GenerationSummary>& result);

} // namespace lemma::app
