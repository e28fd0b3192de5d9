// Derivatives: what somebody writes who gets one of the rules wrong and all others right.
#include "tutor/calculus/derivative.h"
#include "tutor/calculus/derivative_rules.h"
#include "tutor/working/mistakes/rules.h"

namespace lemma::tutor::mistakes {
namespace {

enum class Rule : unsigned char { Power, Product, Quotient, Chain };

class WrongDerivative {
public:
    WrongDerivative(Rule rule, int form, std::string variable)
        : m_rule(rule), m_form(form), m_variable(std::move(variable))
    {
    }

    // The derivative with the mistake made wherever it can be; made() says whether it could.
    Expr of(const Expr& e)
    {
        if (!dependsOn(e, m_variable))
            return integer(0);
        switch (e->kind) {
        case Kind::Symbol: return integer(1);
        case Kind::Negate: return negate(of(e->args[0]));
        case Kind::Add: {
            std::vector<Expr> terms;
            for (const Expr& term : e->args)
                terms.push_back(of(term));
            return add(std::move(terms));
        }
        case Kind::Multiply: return product(e);
        case Kind::Divide: return quotient(e);
        case Kind::Power: return power(e);
        case Kind::Function: return function(e);
        default: return derivativeOf(e, m_variable);
        }
    }

    bool made() const { return m_made; }

private:
    Expr product(const Expr& e)
    {
        std::vector<Expr> constants, others;
        for (const Expr& factor : e->args)
            (dependsOn(factor, m_variable) ? others : constants).push_back(factor);
        if (others.size() > 1 && m_rule == Rule::Product) {
            m_made = true;
            for (Expr& factor : others)
                constants.push_back(of(factor));
            return productOf(std::move(constants));
        }
        Expr inner = others.size() == 1 ? of(others[0]) : sumOfProducts(others);
        constants.push_back(std::move(inner));
        return productOf(std::move(constants));
    }

    Expr sumOfProducts(const std::vector<Expr>& factors)
    {
        std::vector<Expr> terms;
        for (std::size_t i = 0; i < factors.size(); ++i) {
            std::vector<Expr> term = factors;
            term[i] = of(factors[i]);
            terms.push_back(productOf(std::move(term)));
        }
        return sumOf(std::move(terms));
    }

    Expr quotient(const Expr& e)
    {
        const Expr &top = e->args[0], &bottom = e->args[1];
        if (!dependsOn(bottom, m_variable))
            return divide(of(top), bottom);
        const Expr first = multiply({of(top), bottom}), second = multiply({top, of(bottom)});
        const Expr square = lemma::tutor::power(bottom, integer(2));
        if (m_rule != Rule::Quotient)
            return divide(subtract(first, second), square);
        m_made = true;
        switch (m_form) {
        case 0: return divide(of(top), of(bottom));
        case 1: return divide(subtract(second, first), square);
        default: return divide(add({first, second}), square);
        }
    }

    Expr power(const Expr& e)
    {
        const Expr &base = e->args[0], &exponent = e->args[1];
        if (dependsOn(exponent, m_variable)) {
            const bool natural = base->kind == Kind::Constant && base->text == "e";
            if (m_rule == Rule::Power) { // e^x as x e^(x-1)
                m_made = true;
                return multiply({exponent, lemma::tutor::power(base, subtract(exponent, integer(1)))});
            }
            return natural ? chained(e, exponent) : derivativeOf(e, m_variable);
        }
        const Expr lower = lemma::tutor::power(base, subtract(exponent, integer(1)));
        Expr outer = multiply({exponent, lower});
        if (m_rule == Rule::Power) {
            m_made = true;
            outer = m_form == 0   ? multiply({exponent, e})
                    : m_form == 1 ? lower
                                  : multiply({exponent, lemma::tutor::power(base, add({exponent, integer(1)}))});
        }
        return chained(std::move(outer), base);
    }

    Expr function(const Expr& e)
    {
        const Expr outer = e->args.size() == 1 ? outerDerivative(e->text, e->args[0]) : nullptr;
        return outer ? chained(outer, e->args[0]) : derivativeOf(e, m_variable);
    }

    Expr chained(Expr outer, const Expr& inside)
    {
        if (inside->kind == Kind::Symbol)
            return outer;
        if (m_rule != Rule::Chain)
            return multiply({std::move(outer), of(inside)});
        m_made = true;
        return outer;
    }

    Rule m_rule;
    int m_form;
    std::string m_variable;
    bool m_made = false;
};

Results wrongly(Rule rule, const Expr& node)
{
    Results results;
    if (node->kind != Kind::Derivative || node->args[1]->kind != Kind::Symbol || !isNumeral(node->args[2], 1))
        return results;
    for (int form = 0; form < 3; ++form) {
        WrongDerivative wrong(rule, form, node->args[1]->text);
        const Expr result = wrong.of(node->args[0]);
        if (wrong.made())
            results.push_back(result);
    }
    return results;
}

} // namespace

Results powerRule(const Expr& node) { return wrongly(Rule::Power, node); }
Results productRule(const Expr& node) { return wrongly(Rule::Product, node); }
Results quotientRule(const Expr& node) { return wrongly(Rule::Quotient, node); }
Results chainRule(const Expr& node) { return wrongly(Rule::Chain, node); }

} // namespace lemma::tutor::mistakes
