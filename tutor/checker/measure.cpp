#include "tutor/checker/measure.h"

#include <string>
#include <string_view>
#include <utility>

#include "tutor/checker/unit.h"
#include "tutor/math/rational_value.h"

namespace lemma::tutor {
namespace {

using UnitKind = UnitRelation::Kind;

bool hasUnit(const Expr& e) { return e->kind == Kind::Quantity && e->text != "degree"; }
bool isPercent(const Expr& e) { return e->kind == Kind::Percent; }
bool inDegrees(const Expr& e) { return e->kind == Kind::Quantity && e->text == "degree"; }

// -5 m is the negative of a quantity: the sign goes inside.
Expr unitOutside(const Expr& e)
{
    if (e->kind != Kind::Negate)
        return e;
    const Expr inner = unitOutside(e->args[0]);
    const bool marked = hasUnit(inner) || isPercent(inner) || inDegrees(inner);
    return marked ? withArguments(*inner, {negate(inner->args[0])}) : e;
}

// 50 cents and 0.50 dollars: money is no unit of physics.
bool isCents(const Expr& e) { return hasUnit(e) && (e->text == "cents" || e->text == "cent" || e->text == "¢"); }

// "36 km/h" is read as a number, a unit and a letter: a product of a number and of letters that may be units.
struct UnitProduct {
    std::vector<Expr> over, under; // numbers
    std::string unit;              // "km/h"
    bool apart = false;            // a blank between number and letter: "5 m"
};

bool appendUnit(UnitProduct& product, const std::string& unit, bool below)
{
    product.unit += (product.unit.empty() ? (below ? "1/" : "") : below ? "/" : ".") + unit;
    return true;
}

bool collect(const Expr& e, bool below, UnitProduct& product)
{
    static constexpr std::string_view letters = "mgshLlNJWVK";
    const bool letter =
        e->kind == Kind::Symbol && e->text.size() == 1 && letters.find(e->text[0]) != std::string_view::npos;
    if (letter) {
        const bool number = !product.over.empty() && product.unit.empty();
        product.apart = product.apart || (number && product.over.back()->range.end < e->range.begin);
        return appendUnit(product, e->text, below);
    }
    if (hasUnit(e))
        return collect(e->args[0], below, product) && appendUnit(product, e->text, below);
    if (e->kind == Kind::Power && e->args[0]->kind == Kind::Symbol && e->args[1]->kind == Kind::Number)
        return collect(e->args[0], below, product) && (product.unit += "^" + e->args[1]->text, true);
    if (e->kind == Kind::Multiply || e->kind == Kind::Divide) {
        if (freeSymbols(e).empty() && !contains(e, Kind::Quantity)) {
            (below ? product.under : product.over).push_back(e);
            return true;
        }
        for (std::size_t i = 0; i < e->args.size(); ++i)
            if (!collect(e->args[i], below != (e->kind == Kind::Divide && i == 1), product))
                return false;
        return true;
    }
    const bool number = freeSymbols(e).empty() && (e->kind == Kind::Number || e->kind == Kind::Mixed ||
                                                   e->kind == Kind::Root || e->kind == Kind::Power);
    if (number)
        (below ? product.under : product.over).push_back(e);
    return number;
}

struct PossibleQuantity {
    Expr quantity; // null: it is none
    bool sure = false;
};

PossibleQuantity asQuantity(const Expr& e)
{
    const bool negative = e->kind == Kind::Negate;
    const Expr& bare = negative ? e->args[0] : e;
    UnitProduct product;
    const bool simple = bare->kind == Kind::Multiply || bare->kind == Kind::Divide;
    if (!simple || freeSymbols(bare).empty() || !collect(bare, false, product) || product.unit.empty() ||
        product.over.empty() || relateUnits(product.unit, product.unit).kind != UnitKind::Same)
        return {};
    Expr value = product.over.size() == 1 ? product.over[0] : multiply(product.over);
    for (const Expr& divisor : product.under)
        value = divide(value, divisor);
    return {makeNode(Kind::Quantity, product.unit, {negative ? negate(value) : value}, e->range),
            product.apart || contains(bare, Kind::Quantity)};
}

// Letters are read as units where the other side shows that no variables are meant.
NumberPair withUnitLetters(const Expr& gold, const Expr& answer)
{
    if (freeSymbols(gold).empty() && freeSymbols(answer).empty())
        return {gold, answer};
    const PossibleQuantity g = asQuantity(gold), a = asQuantity(answer);
    if (g.quantity && a.quantity && (g.sure || a.sure))
        return {g.quantity, a.quantity};
    if (a.quantity && freeSymbols(gold).empty())
        return {gold, a.quantity};
    if (g.quantity && freeSymbols(answer).empty() && (g.sure || contains(answer, Kind::Quantity)))
        return {g.quantity, answer};
    return {gold, answer};
}

Measured onlyNumbers(const Expr& gold, const Expr& answer) { return {std::nullopt, {{gold, answer}}}; }

Measured withBothUnits(const Expr& gold, const Expr& answer, const Policy& policy)
{
    const Expr &g = gold->args[0], &a = answer->args[0];
    if (gold->text == answer->text)
        return onlyNumbers(g, a);
    const Expr hundred = integer(100);
    if (isCents(gold) != isCents(answer) && policy.units != UnitsPolicy::Required)
        return isCents(gold) ? onlyNumbers(divide(g, hundred), a) : onlyNumbers(g, divide(a, hundred));
    const UnitRelation relation = relateUnits(answer->text, gold->text);
    switch (relation.kind) {
    case UnitKind::Same: return onlyNumbers(g, a);
    case UnitKind::Incompatible: return {differentBecause(ReasonKind::Units), {}};
    case UnitKind::Convertible:
        if (policy.units == UnitsPolicy::Required)
            return {differentBecause(ReasonKind::Units), {}};
        return onlyNumbers(g, add({multiply({rationalExpr(relation.factor), a}), rationalExpr(relation.offset)}));
    case UnitKind::NotUnits: break;
    }
    // Words that count something: only a policy that asks for units may call other words wrong.
    if (policy.units == UnitsPolicy::Ignored)
        return onlyNumbers(g, a);
    return {differentBecause(ReasonKind::Units), {}};
}

Measured withPercent(const Expr& gold, const Expr& answer, const Policy& policy)
{
    const auto bare = [](const Expr& e) { return isPercent(e) ? e->args[0] : e; };
    Measured result;
    if (policy.percent != PercentMeaning::Hundredths)
        result.readings.push_back({bare(gold), bare(answer)});
    if (policy.percent != PercentMeaning::Sign)
        result.readings.push_back({gold, answer});
    return result;
}

} // namespace

Measured measured(const Expr& goldTree, const Expr& answerTree, const Policy& policy)
{
    const NumberPair read = withUnitLetters(goldTree, answerTree);
    const Expr gold = unitOutside(read.gold), answer = unitOutside(read.answer);
    if (hasUnit(gold) && hasUnit(answer))
        return withBothUnits(gold, answer, policy);
    if (hasUnit(gold) && policy.units != UnitsPolicy::Ignored)
        return {differentBecause(ReasonKind::Units), {}};
    const Expr g = hasUnit(gold) ? gold->args[0] : gold, a = hasUnit(answer) ? answer->args[0] : answer;
    if (isPercent(g) != isPercent(a))
        return withPercent(g, a, policy);
    if (inDegrees(g) != inDegrees(a)) // 90 for 90 degrees; or the angle in radians
        return {std::nullopt, {{inDegrees(g) ? g->args[0] : g, inDegrees(a) ? a->args[0] : a}, {g, a}}};
    return onlyNumbers(g, a);
}

} // namespace lemma::tutor
