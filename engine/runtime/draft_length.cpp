#include "engine/runtime/draft_length.h"

#include <algorithm>

namespace lemma::engine {

void DraftLength::judged(int drafted, int accepted)
{
    m_wanted = accepted == drafted ? std::min(m_most, std::max(m_wanted, 2 * drafted)) : std::min(m_most, accepted + 1);
}

} // namespace lemma::engine
