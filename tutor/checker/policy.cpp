#include "tutor/checker/policy.h"

#include <array>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "tutor/math/rational.h"

namespace lemma::tutor {
namespace {

using engine::ErrorCode;
using engine::fail;
using engine::Result;
using Json = nlohmann::ordered_json;

template <class E>
struct Name {
    E value;
    const char* name;
};
template <typename Value>
Name(Value, const char*) -> Name<Value>; // clang 14 does not find it by itself

constexpr std::array kinds = {
    Name{AnswerKind::Any, "any"},
    Name{AnswerKind::Text, "text"},
    Name{AnswerKind::Choice, "choice"},
    Name{AnswerKind::Number, "number"},
    Name{AnswerKind::Expression, "expression"},
    Name{AnswerKind::Equation, "equation"},
    Name{AnswerKind::Set, "set"},
    Name{AnswerKind::Interval, "interval"},
    Name{AnswerKind::Tuple, "tuple"},
    Name{AnswerKind::Matrix, "matrix"},
};
constexpr std::array forms = {
    Name{RequiredForm::Any, "any"},
    Name{RequiredForm::Simplified, "simplified"},
    Name{RequiredForm::Factored, "factored"},
    Name{RequiredForm::Expanded, "expanded"},
    Name{RequiredForm::LowestTerms, "lowest-terms"},
    Name{RequiredForm::Decimals, "decimals"},
    Name{RequiredForm::SignificantFigures, "significant-figures"},
    Name{RequiredForm::ExactNotDecimal, "exact"},
};
constexpr std::array tolerances = {
    Name{ToleranceKind::Exact, "exact"},
    Name{ToleranceKind::Absolute, "absolute"},
    Name{ToleranceKind::Relative, "relative"},
};
constexpr std::array unitPolicies = {
    Name{UnitsPolicy::Ignored, "ignored"},
    Name{UnitsPolicy::Required, "required"},
    Name{UnitsPolicy::Equivalent, "equivalent"},
};
constexpr std::array percents = {
    Name{PercentMeaning::Either, "either"},
    Name{PercentMeaning::Hundredths, "hundredths"},
    Name{PercentMeaning::Sign, "sign"},
};
constexpr std::array integrationConstants = {
    Name{IntegrationConstant::Asked, "asked"},
    Name{IntegrationConstant::Ignored, "ignored"},
    Name{IntegrationConstant::Required, "required"},
};
template <class E, std::size_t n>
const char* nameOf(const std::array<Name<E>, n>& names, E value)
{
    for (const Name<E>& entry : names)
        if (entry.value == value)
            return entry.name;
    return "";
}

template <class E, std::size_t n>
bool readName(const std::array<Name<E>, n>& names, const Json& field, E& value)
{
    const std::string* text = field.get_ptr<const std::string*>();
    for (const Name<E>& entry : names)
        if (text != nullptr && *text == entry.name) {
            value = entry.value;
            return true;
        }
    return false;
}

bool readFlag(const Json& field, bool& value)
{
    const bool* flag = field.get_ptr<const bool*>();
    if (flag != nullptr)
        value = *flag;
    return flag != nullptr;
}

bool readText(const Json& field, std::string& value)
{
    const std::string* text = field.get_ptr<const std::string*>();
    if (text != nullptr)
        value = *text;
    return text != nullptr;
}

bool readDigits(const Json& field, int& digits)
{
    if (!field.is_number_integer())
        return false;
    const auto number = field.get<long>();
    digits = static_cast<int>(number);
    return number >= 0 && number <= 100;
}

// A number in the JSON is read as it is written, not as the nearest double.
bool readTolerance(const Json& field, std::string& tolerance)
{
    tolerance = field.is_number() ? field.dump() : std::string();
    if (!field.is_number() && !readText(field, tolerance))
        return false;
    const auto value = fractionOf(tolerance);
    return value && fmpq_sgn(value->get()) >= 0;
}

bool readAssumptions(const Json& field, Assumptions& assumptions)
{
    if (!field.is_array() || field.size() > 100)
        return false;
    for (const Json& condition : field) {
        std::string text;
        if (!readText(condition, text) || !assumptions.assume(text))
            return false;
    }
    return true;
}

bool readField(const std::string& name, const Json& field, Policy& policy)
{
    if (name == "kind")
        return readName(kinds, field, policy.kind);
    if (name == "form")
        return readName(forms, field, policy.form);
    if (name == "digits")
        return readDigits(field, policy.digits);
    if (name == "toleranceKind")
        return readName(tolerances, field, policy.toleranceKind);
    if (name == "tolerance")
        return readTolerance(field, policy.tolerance);
    if (name == "units")
        return readName(unitPolicies, field, policy.units);
    if (name == "listIsOrdered")
        return readFlag(field, policy.listIsOrdered);
    if (name == "percent")
        return readName(percents, field, policy.percent);
    if (name == "prefixAllowed")
        return readFlag(field, policy.prefixAllowed);
    if (name == "relationForSet")
        return readFlag(field, policy.relationForSet);
    if (name == "namesMatter")
        return readFlag(field, policy.namesMatter);
    if (name == "commaIsDecimal")
        return readFlag(field, policy.commaIsDecimal);
    if (name == "integrationConstant")
        return readName(integrationConstants, field, policy.integrationConstant);
    return name == "assume" && readAssumptions(field, policy.assumptions);
}

} // namespace

Result<Policy> policyFromJson(std::string_view json)
{
    constexpr std::size_t maximumSize = 64 * 1024;
    if (json.size() > maximumSize)
        return fail(ErrorCode::InvalidArgument, "policy: too long");
    const Json document = Json::parse(json, nullptr, false);
    if (!document.is_object())
        return fail(ErrorCode::InvalidArgument, "policy: not a JSON object");
    Policy policy;
    for (const auto& [name, field] : document.items())
        if (!readField(name, field, policy))
            return fail(ErrorCode::InvalidArgument, "policy: field \"" + name + "\" is unknown or has no such value");
    // A tolerance that is given without its kind is an absolute one.
    if (document.contains("tolerance") && !document.contains("toleranceKind"))
        policy.toleranceKind = ToleranceKind::Absolute;
    return policy;
}

std::string policyToJson(const Policy& policy)
{
    Json json;
    json["kind"] = nameOf(kinds, policy.kind);
    json["form"] = nameOf(forms, policy.form);
    json["digits"] = policy.digits;
    json["toleranceKind"] = nameOf(tolerances, policy.toleranceKind);
    json["tolerance"] = policy.tolerance;
    json["units"] = nameOf(unitPolicies, policy.units);
    json["listIsOrdered"] = policy.listIsOrdered;
    json["percent"] = nameOf(percents, policy.percent);
    json["prefixAllowed"] = policy.prefixAllowed;
    json["relationForSet"] = policy.relationForSet;
    json["namesMatter"] = policy.namesMatter;
    json["commaIsDecimal"] = policy.commaIsDecimal;
    json["integrationConstant"] = nameOf(integrationConstants, policy.integrationConstant);
    json["assume"] = policy.assumptions.conditions();
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace lemma::tutor
