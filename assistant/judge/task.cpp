#include "assistant/judge/task.h"

#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <initializer_list>
#include <iterator>

#include "assistant/sandbox/limits.h"

namespace lemma::assistant {

using engine::ErrorCode;
using engine::fail;
using engine::Result;
using nlohmann::json;

namespace {

// Thrown and caught in this file only: reading stops at the first fault.
struct BadTask {
    std::string message;
};

[[noreturn]] void refuse(const std::string& where, std::string_view what)
{
    throw BadTask{fmt::format("{}: {}", where, what)};
}

void onlyKnown(const json& object, const std::string& where, std::initializer_list<std::string_view> known)
{
    if (!object.is_object())
        refuse(where, "an object is expected");
    for (const auto& [name, value] : object.items()) {
        if (std::find(known.begin(), known.end(), name) == known.end())
            refuse(where, fmt::format("there is no member \"{}\"", name));
    }
}

std::string text(const json& object, const char* name, const std::string& where, std::string fallback = {})
{
    if (!object.contains(name))
        return fallback;
    if (!object[name].is_string())
        refuse(where, fmt::format("\"{}\" is no text", name));
    return object[name].get<std::string>();
}

bool flag(const json& object, const char* name, const std::string& where, bool fallback)
{
    if (!object.contains(name))
        return fallback;
    if (!object[name].is_boolean())
        refuse(where, fmt::format("\"{}\" is neither true nor false", name));
    return object[name].get<bool>();
}

double number(const json& object, const char* name, const std::string& where, double fallback)
{
    if (!object.contains(name))
        return fallback;
    if (!object[name].is_number() || !(object[name].get<double>() >= 0))
        refuse(where, fmt::format("\"{}\" is no number from 0", name));
    return object[name].get<double>();
}

Comparator comparatorFrom(const json& value)
{
    Comparator comparator;
    const std::string where = "comparator";
    const std::string kind = value.is_string() ? value.get<std::string>() : text(value, "kind", where);
    const auto known = comparatorFromName(kind);
    if (!known)
        refuse(where, fmt::format("there is no comparator \"{}\"", kind));
    comparator.kind = *known;
    if (value.is_object()) {
        onlyKnown(value, where, {"kind", "absolute", "relative", "language", "source"});
        comparator.absolute = number(value, "absolute", where, comparator.absolute);
        comparator.relative = number(value, "relative", where, comparator.relative);
        comparator.checkerLanguage = text(value, "language", where, "python");
        comparator.checkerSource = text(value, "source", where);
    }
    if (comparator.kind == ComparatorKind::Checker && comparator.checkerSource.empty())
        refuse(where, "a checker needs a \"source\"");
    return comparator;
}

TaskLimits limitsFrom(const json& value)
{
    onlyKnown(value, "limits", {"seconds", "memory_mib"});
    TaskLimits limits;
    const double seconds = number(value, "seconds", "limits", 0);
    const double mebibytes = number(value, "memory_mib", "limits", 0);
    if (seconds > 3600 || mebibytes > 1e6)
        refuse("limits", "more than an hour, or than 1,000,000 MiB");
    if (seconds > 0)
        limits.time = std::chrono::milliseconds(std::llround(seconds * 1000));
    if (mebibytes > 0)
        limits.memoryBytes = static_cast<std::uint64_t>(mebibytes * static_cast<double>(mebibyte));
    return limits;
}

ValuePolicy valuesFrom(const json& value)
{
    onlyKnown(value, "values", {"absolute", "relative", "list_is_tuple", "ignore_order"});
    return {number(value, "absolute", "values", 0), number(value, "relative", "values", 0),
            flag(value, "list_is_tuple", "values", false), flag(value, "ignore_order", "values", false)};
}

CallCase callFrom(const json& value, const std::string& where)
{
    CallCase call;
    if (!value["arguments"].is_array())
        refuse(where, "\"arguments\" is no array");
    for (const json& argument : value["arguments"])
        call.arguments.push_back(wireValue(argument));
    if (value.contains("keywords")) {
        if (!value["keywords"].is_object())
            refuse(where, "\"keywords\" is no object");
        for (const auto& [name, argument] : value["keywords"].items())
            call.keywords[name] = wireValue(argument);
    }
    call.raises = text(value, "raises", where);
    if (value.contains("result") == !call.raises.empty())
        refuse(where, "one of \"result\" and \"raises\" must be there");
    if (value.contains("result"))
        call.result = wireValue(value["result"]);
    return call;
}

TestCase caseFrom(const json& value, const std::string& where, std::size_t index)
{
    onlyKnown(value, where, {"name", "visible", "input", "output", "arguments", "keywords", "result", "raises"});
    TestCase one;
    one.name = text(value, "name", where, fmt::format("case {}", index + 1));
    one.isVisible = flag(value, "visible", where, true);
    if (value.contains("output") == value.contains("arguments"))
        refuse(where, "one of \"output\" and \"arguments\" must be there");
    if (value.contains("arguments"))
        one.call = callFrom(value, where);
    else
        one.output = OutputCase{text(value, "input", where), text(value, "output", where)};
    return one;
}

JudgeTask taskFrom(const json& document)
{
    onlyKnown(
        document, "the task",
        {"name", "text", "language", "entry_point", "comparator", "values", "limits", "cases", "tests", "prelude"});
    JudgeTask task;
    task.name = text(document, "name", "the task");
    task.text = text(document, "text", "the task");
    task.language = text(document, "language", "the task", task.language);
    task.entryPoint = text(document, "entry_point", "the task");
    task.tests = text(document, "tests", "the task");
    task.prelude = text(document, "prelude", "the task");
    if (document.contains("comparator"))
        task.comparator = comparatorFrom(document["comparator"]);
    if (document.contains("limits"))
        task.limits = limitsFrom(document["limits"]);
    if (document.contains("values"))
        task.values = valuesFrom(document["values"]);
    const json cases = document.value("cases", json::array());
    if (!cases.is_array())
        refuse("cases", "an array is expected");
    for (std::size_t i = 0; i < cases.size(); ++i)
        task.cases.push_back(caseFrom(cases[i], fmt::format("cases[{}]", i), i));
    if (task.cases.empty() == task.tests.empty())
        refuse("the task", "either \"cases\" or \"tests\" must be there");
    const bool calls = !task.tests.empty() || task.cases.front().call.has_value();
    if (calls && task.entryPoint.empty())
        refuse("the task", "\"entry_point\", the function that is called, is missing");
    for (const TestCase& one : task.cases) {
        if (one.call.has_value() != task.cases.front().call.has_value())
            refuse("cases", "cases that call a function and cases with outputs cannot be mixed");
    }
    return task;
}

} // namespace

Result<JudgeTask> taskFromJson(std::string_view text)
{
    const json document = json::parse(text, nullptr, false);
    if (document.is_discarded())
        return fail(ErrorCode::CorruptFile, "the task is no JSON");
    try {
        return taskFrom(document);
    } catch (const BadTask& bad) {
        return fail(ErrorCode::CorruptFile, bad.message);
    }
}

Result<JudgeTask> readTask(const std::filesystem::path& file)
{
    if (!std::filesystem::is_regular_file(file))
        return fail(ErrorCode::NotFound, "there is no file " + file.string());
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    return taskFromJson(text);
}

} // namespace lemma::assistant
