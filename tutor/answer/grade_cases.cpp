#include "tutor/answer/grade_cases.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tutor/answer/answer_grading.h"

namespace lemma::tutor {
namespace {

using engine::ErrorCode;
using engine::fail;
using engine::Result;
using Json = nlohmann::ordered_json;

const std::string* textOf(const Json& row, const char* name)
{
    const auto found = row.find(name);
    return found == row.end() ? nullptr : found->get_ptr<const std::string*>();
}

bool saysNo(const Json& row, const char* name)
{
    const auto found = row.find(name);
    return found != row.end() && found->is_boolean() && !found->get<bool>();
}

// Numbers that agree when rounded to so many places: half a unit of the last one.
void roundTo(const Json& row, Policy& policy)
{
    const auto places = row.find("precision");
    constexpr long most = 100;
    if (places == row.end() || !places->is_number_integer() || places->get<long>() < 1 || places->get<long>() > most)
        return;
    policy.toleranceKind = ToleranceKind::Absolute;
    policy.tolerance = "0." + std::string(places->get<std::size_t>(), '0') + "5";
}

Result<GradeCase> readRow(const Json& row, std::size_t number)
{
    const auto bad = [&](std::string_view what) {
        return fail(ErrorCode::CorruptFile, fmt::format("case {}: {}", number, what));
    };
    if (!row.is_object())
        return bad("not an object");
    const std::string* gold = textOf(row, "gold");
    const std::string* answer = textOf(row, "answer");
    const auto expected = row.find("expected");
    if (gold == nullptr || answer == nullptr || expected == row.end() || !expected->is_boolean())
        return bad("\"gold\", \"answer\" (texts) and \"expected\" (true or false) are needed");
    GradeCase one;
    one.gold = *gold;
    one.answer = *answer;
    one.expected = expected->get<bool>();
    const std::string* id = textOf(row, "case_id");
    one.id = id != nullptr ? *id : std::to_string(number);
    if (const std::string* source = textOf(row, "source"))
        one.source = *source;
    if (const std::string* form = textOf(row, "form"))
        one.form = *form == formName(Form::Wrong) ? Form::Wrong : Form::Ok;
    if (const auto policy = row.find("policy"); policy != row.end()) {
        auto read = policyFromJson(policy->dump());
        if (!read)
            return bad(read.error().message);
        one.policy = *std::move(read);
    }
    roundTo(row, one.policy);
    if (saysNo(row, "strict"))
        one.policy.namesMatter = false;
    if (saysNo(row, "allow_set_relation_comp"))
        one.policy.relationForSet = false;
    return one;
}

} // namespace

Result<std::vector<GradeCase>> gradeCasesFromJson(std::string_view json)
{
    const Json document = Json::parse(json, nullptr, false);
    const auto rows = document.is_object() ? document.find("cases") : document.end();
    if (!document.is_object() || rows == document.end() || !rows->is_array())
        return fail(ErrorCode::CorruptFile, "no JSON object with an array \"cases\"");
    std::vector<GradeCase> cases;
    for (const Json& row : *rows) {
        auto one = readRow(row, cases.size() + 1);
        if (!one)
            return tl::unexpected(one.error());
        cases.push_back(*std::move(one));
    }
    return cases;
}

Verdict gradeCase(const GradeCase& one) { return gradeText(one.gold, one.answer, one.policy); }

bool agrees(const GradeCase& one, const Verdict& verdict)
{
    const bool equal = verdict.equality == Equality::Equal;
    return equal == one.expected && (!equal || verdict.form == one.form);
}

} // namespace lemma::tutor
