#include "engine/tokenizer/regex.h"

#include <array>
#include <cstdint>
#include <limits>

#include <fmt/format.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace lemma::engine {
namespace {

struct FreeMatch {
    void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
    void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
};

// Room for one match. Splitting calls us again from the callback, but a match is read before that and never after.
pcre2_match_data* matchData()
{
    thread_local const std::unique_ptr<pcre2_match_data, FreeMatch> data(pcre2_match_data_create(1, nullptr));
    return data.get();
}

// Our patterns take linear time; a limit would only cut off long runs of one character.
pcre2_match_context* matchContext()
{
    static const std::unique_ptr<pcre2_match_context, FreeMatch> context = [] {
        std::unique_ptr<pcre2_match_context, FreeMatch> result(pcre2_match_context_create(nullptr));
        if (result)
            pcre2_set_match_limit(result.get(), std::numeric_limits<std::uint32_t>::max());
        return result;
    }();
    return context.get();
}

PCRE2_SPTR pcreText(std::string_view text) { return reinterpret_cast<PCRE2_SPTR>(text.data()); }

} // namespace

void Regex::FreeCode::operator()(pcre2_real_code_8* code) const { pcre2_code_free(code); }

Regex::Regex(pcre2_real_code_8* code) : m_code(code) {}

Result<Regex> Regex::compile(const std::string& pattern)
{
    int error = 0;
    std::size_t offset = 0;
    pcre2_code* code =
        pcre2_compile(pcreText(pattern), pattern.size(), PCRE2_UTF | PCRE2_UCP, &error, &offset, nullptr);
    if (code == nullptr) {
        std::array<PCRE2_UCHAR, 256> message{};
        pcre2_get_error_message(error, message.data(), message.size());
        return fail(ErrorCode::Internal, fmt::format("regular expression, at {}: {}", offset,
                                                     reinterpret_cast<const char*>(message.data())));
    }
    // A system that forbids executable memory makes this fail; matching then interprets the pattern.
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    return Regex(code);
}

void Regex::split(std::string_view text, const std::function<void(std::string_view)>& piece) const
{
    pcre2_match_data* match = matchData();
    pcre2_match_context* context = matchContext();
    std::size_t gap = 0;
    for (std::size_t from = 0; match != nullptr && from < text.size();) {
        const int count =
            pcre2_match(m_code.get(), pcreText(text), text.size(), from, PCRE2_NO_UTF_CHECK, match, context);
        if (count < 0)
            break; // no further match; on an error (out of memory) the rest is one piece
        const std::size_t* range = pcre2_get_ovector_pointer(match);
        const std::size_t begin = range[0];
        const std::size_t end = range[1];
        if (end <= begin)
            break; // patterns of ours never match nothing
        if (begin > gap)
            piece(text.substr(gap, begin - gap));
        piece(text.substr(begin, end - begin));
        gap = from = end;
    }
    if (gap < text.size())
        piece(text.substr(gap));
}

} // namespace lemma::engine
