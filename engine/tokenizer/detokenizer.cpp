#include "engine/tokenizer/detokenizer.h"

#include "engine/base/utf8.h"

namespace lemma::engine {

std::string Utf8Stream::push(std::string_view bytes)
{
    m_pending += bytes;
    const std::size_t complete = utf8CompletePrefix(m_pending);
    std::string text = utf8Sanitized(std::string_view(m_pending).substr(0, complete));
    m_pending.erase(0, complete);
    return text;
}

std::string Utf8Stream::flush()
{
    std::string text = utf8Sanitized(m_pending);
    m_pending.clear();
    return text;
}

} // namespace lemma::engine
