#pragma once
// FLINT keeps freed memory for each thread and gives it back only when it is told that the thread ends.

namespace lemma::tutor {

// To be called where exact work begins: from then on the thread's memory is given back at its end. Costs nothing the
// second time. Any thread.
void releaseExactMemoryAtThreadEnd();

} // namespace lemma::tutor
