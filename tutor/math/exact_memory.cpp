#include "tutor/math/exact_memory.h"

#include <flint/flint.h>

namespace lemma::tutor {

namespace {

struct ThreadMemory {
    ~ThreadMemory() { flint_cleanup(); }
    void touch() const {} // a thread_local object is made when it is first used
};

thread_local const ThreadMemory threadMemory;

} // namespace

void releaseExactMemoryAtThreadEnd() { threadMemory.touch(); }

} // namespace lemma::tutor
