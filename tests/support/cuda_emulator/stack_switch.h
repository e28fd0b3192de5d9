#pragma once
// Tells AddressSanitizer that the code goes on on another stack; without it every fibre looks like a broken stack.
// Nothing at all in builds without it.

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#endif

namespace lemma::tests::cuda_emulator {

struct StackRange {
    const void* bottom = nullptr;
    std::size_t size = 0;
};

#if defined(__SANITIZE_ADDRESS__)
// Just before the switch. `kept` is this stack's own state, for its afterSwitch; null where it will not come back.
inline void beforeSwitch(void** kept, StackRange target)
{
    __sanitizer_start_switch_fiber(kept, target.bottom, target.size);
}
// Just after one, on the stack that goes on; `from` becomes the stack that was left.
inline void afterSwitch(void* kept, StackRange* from)
{
    __sanitizer_finish_switch_fiber(kept, from ? &from->bottom : nullptr, from ? &from->size : nullptr);
}
#else
inline void beforeSwitch(void** /*kept*/, StackRange /*target*/) {}
inline void afterSwitch(void* /*kept*/, StackRange* /*from*/) {}
#endif

} // namespace lemma::tests::cuda_emulator
