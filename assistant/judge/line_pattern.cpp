#include "assistant/judge/line_pattern.h"

#include <array>
#include <fmt/format.h>
#include <string>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace lemma::assistant {

using engine::ErrorCode;
using engine::fail;
using engine::Result;

namespace {

constexpr std::uint32_t maxSteps = 1'000'000;

PCRE2_SPTR bytesOf(std::string_view text)
{
    return reinterpret_cast<PCRE2_SPTR>(text.data()); // NOLINT: PCRE2's bytes are unsigned
}

} // namespace

Result<LinePattern> LinePattern::compile(std::string_view pattern)
{
    int error = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code* code =
        pcre2_compile(bytesOf(pattern), pattern.size(), PCRE2_ANCHORED | PCRE2_ENDANCHORED, &error, &offset, nullptr);
    if (code == nullptr) {
        std::array<PCRE2_UCHAR, 128> message{};
        pcre2_get_error_message(error, message.data(), message.size());
        return fail(ErrorCode::InvalidArgument, fmt::format("the pattern \"{}\" cannot be read at {}: {}", pattern,
                                                            offset, reinterpret_cast<const char*>(message.data())));
    }
    return LinePattern(Code(code, [](void* compiled) { pcre2_code_free(static_cast<pcre2_code*>(compiled)); }));
}

bool LinePattern::matches(std::string_view line) const
{
    const auto* code = static_cast<const pcre2_code*>(m_code.get());
    const std::unique_ptr<pcre2_match_data, void (*)(pcre2_match_data*)> match(
        pcre2_match_data_create_from_pattern(code, nullptr), pcre2_match_data_free);
    const std::unique_ptr<pcre2_match_context, void (*)(pcre2_match_context*)> context(
        pcre2_match_context_create(nullptr), pcre2_match_context_free);
    pcre2_set_match_limit(context.get(), maxSteps);
    return pcre2_match(code, bytesOf(line), line.size(), 0, 0, match.get(), context.get()) >= 0;
}

} // namespace lemma::assistant
