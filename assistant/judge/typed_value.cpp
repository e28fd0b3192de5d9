#include "assistant/judge/typed_value.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <vector>

namespace lemma::assistant {

using nlohmann::json;

namespace {

bool isTagged(const json& value)
{
    return value.is_object() && value.size() == 2 && value.contains("t") && value.contains("v") &&
           value["t"].is_string();
}

std::string_view tagOf(const json& value)
{
    return isTagged(value) ? std::string_view(value["t"].get_ref<const std::string&>()) : std::string_view();
}

bool isSequence(std::string_view tag) { return tag == "list" || tag == "tuple" || tag == "iterator"; }
bool isSet(std::string_view tag) { return tag == "set" || tag == "frozenset"; }

std::string textOf(const json& value) { return value.is_string() ? value.get<std::string>() : std::string(); }

struct Number {
    bool isInteger = false;
    std::string digits; // of an integer
    double value = 0;
};

double realOf(const std::string& text)
{
    if (text == "nan")
        return std::nan("");
    if (text == "inf" || text == "-inf")
        return text == "inf" ? HUGE_VAL : -HUGE_VAL;
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::optional<Number> numberOf(const json& value)
{
    if (value.is_boolean()) {
        const bool isTrue = value.get<bool>();
        return Number{true, isTrue ? "1" : "0", isTrue ? 1.0 : 0.0};
    }
    if (value.is_number_integer())
        return Number{true, value.dump(), value.get<double>()};
    const std::string_view tag = tagOf(value);
    if (tag == "int")
        return Number{true, textOf(value["v"]), realOf(textOf(value["v"]))};
    if (tag == "float")
        return Number{false, {}, realOf(textOf(value["v"]))};
    return std::nullopt;
}

bool sameNumber(const Number& expected, const Number& got, const ValuePolicy& policy)
{
    if (expected.isInteger && got.isInteger)
        return expected.digits == got.digits;
    if (expected.value == got.value)
        return true;
    if (!std::isfinite(expected.value) || !std::isfinite(got.value))
        return false;
    return std::abs(expected.value - got.value) <=
           std::max(policy.absolute, policy.relative * std::abs(expected.value));
}

// Beyond this many elements only equal text counts: a hostile result could cost the square of its length.
constexpr std::size_t maxUnsorted = 2000;

std::vector<std::string> sortedTexts(const json& elements)
{
    std::vector<std::string> texts;
    for (const json& element : elements)
        texts.push_back(element.dump(-1, ' ', false, json::error_handler_t::replace));
    std::ranges::sort(texts);
    return texts;
}

// Each of `expected` finds a partner of its own.
template <class Same>
bool sameInAnyOrder(const json& expected, const json& got, Same same)
{
    if (expected.size() > maxUnsorted)
        return sortedTexts(expected) == sortedTexts(got);
    std::vector<bool> taken(got.size(), false);
    for (const json& wanted : expected) {
        std::size_t i = 0;
        while (i < got.size() && (taken[i] || !same(wanted, got[i])))
            ++i;
        if (i == got.size())
            return false;
        taken[i] = true;
    }
    return true;
}

bool sameElements(const json& expected, const json& got, const ValuePolicy& policy, bool anyOrder)
{
    if (!expected.is_array() || !got.is_array() || expected.size() != got.size())
        return false;
    const auto same = [&](const json& a, const json& b) { return sameValue(a, b, policy); };
    return anyOrder ? sameInAnyOrder(expected, got, same) : std::ranges::equal(expected, got, same);
}

bool samePairs(const json& expected, const json& got, const ValuePolicy& policy)
{
    const auto same = [&](const json& a, const json& b) {
        return a.size() == 2 && b.size() == 2 && sameValue(a[0], b[0]) && sameValue(a[1], b[1], policy);
    };
    return expected.is_array() && got.is_array() && expected.size() == got.size() &&
           sameInAnyOrder(expected, got, same);
}

bool sameTagged(const json& expected, const json& got, const ValuePolicy& policy)
{
    const std::string_view a = tagOf(expected);
    const std::string_view b = tagOf(got);
    if (a.empty() || b.empty() || a.starts_with('!') || b.starts_with('!'))
        return false;
    if (isSet(a) && isSet(b))
        return sameElements(expected["v"], got["v"], policy, true);
    if (a != b && !(policy.listIsTuple && isSequence(a) && isSequence(b)))
        return false;
    ValuePolicy inner = policy;
    inner.ignoreOrder = false;
    if (isSequence(a))
        return sameElements(expected["v"], got["v"], inner, policy.ignoreOrder);
    return a == "dict" ? samePairs(expected["v"], got["v"], inner) : expected["v"] == got["v"];
}

std::string pythonText(std::string_view text)
{
    std::string result = "'";
    for (const char c : text) {
        switch (c) {
        case '\n': result += "\\n"; break;
        case '\r': result += "\\r"; break;
        case '\t': result += "\\t"; break;
        case '\\': result += "\\\\"; break;
        case '\'': result += "\\'"; break;
        default: result += c;
        }
    }
    return result + "'";
}

std::string joined(const json& elements, std::string_view open, std::string_view close)
{
    std::string text(open);
    for (const json& element : elements) {
        if (text.size() > open.size())
            text += ", ";
        text += valueText(element);
    }
    return text.append(close);
}

std::string taggedText(const json& wire)
{
    const std::string_view tag = tagOf(wire);
    const json& value = wire["v"];
    if (value.is_array() && tag == "list")
        return joined(value, "[", "]");
    if (value.is_array() && tag == "tuple")
        return joined(value, "(", value.size() == 1 ? ",)" : ")");
    if (value.is_array() && isSet(tag))
        return value.empty() ? "set()" : joined(value, "{", "}");
    if (value.is_array() && tag == "iterator")
        return joined(value, "iterator of [", "]");
    if (value.is_array() && tag == "dict") {
        std::string text = "{";
        for (const json& pair : value) {
            if (pair.size() == 2)
                text += (text.size() > 1 ? ", " : "") + valueText(pair[0]) + ": " + valueText(pair[1]);
        }
        return text + "}";
    }
    if (tag == "bytes")
        return "bytes " + textOf(value);
    if (tag == "complex" && value.is_array() && value.size() == 2)
        return fmt::format("complex({}, {})", textOf(value[0]), textOf(value[1]));
    return textOf(value);
}

} // namespace

json wireValue(const json& plain)
{
    if (plain.is_number_float())
        return {{"t", "float"}, {"v", plain.dump()}};
    if (plain.is_array()) {
        json elements = json::array();
        for (const json& element : plain)
            elements.push_back(wireValue(element));
        return {{"t", "list"}, {"v", std::move(elements)}};
    }
    if (!plain.is_object())
        return plain;
    if (isTagged(plain)) {
        const std::string_view tag = tagOf(plain);
        if (!plain["v"].is_array() || tag == "complex")
            return plain;
        json elements = json::array();
        for (const json& element : plain["v"]) {
            if (tag == "dict" && element.is_array() && element.size() == 2)
                elements.push_back(json::array({wireValue(element[0]), wireValue(element[1])}));
            else
                elements.push_back(wireValue(element));
        }
        return {{"t", tag}, {"v", std::move(elements)}};
    }
    json pairs = json::array();
    for (const auto& [key, value] : plain.items())
        pairs.push_back(json::array({key, wireValue(value)}));
    return {{"t", "dict"}, {"v", std::move(pairs)}};
}

bool sameValue(const json& expected, const json& got, const ValuePolicy& policy)
{
    const auto a = numberOf(expected);
    const auto b = numberOf(got);
    if (a && b)
        return sameNumber(*a, *b, policy);
    if (a || b)
        return false;
    if (expected.is_string() || got.is_string() || expected.is_null() || got.is_null())
        return expected == got;
    return sameTagged(expected, got, policy);
}

std::string valueText(const json& wire)
{
    if (wire.is_null())
        return "None";
    if (wire.is_boolean())
        return wire.get<bool>() ? "True" : "False";
    if (wire.is_string())
        return pythonText(wire.get_ref<const std::string&>());
    return isTagged(wire) ? taggedText(wire) : wire.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace lemma::assistant
