#include "tutor/calculus/quadrature.h"

#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <acb_calc.h>
#include <acb_hypgeom.h>

namespace lemma::tutor {
namespace {

bool isReal(const Ball& z) { return acb_is_real(z.get()) != 0; }
void fail(Ball& z) { acb_indeterminate(z.get()); }

// Whether a point of the ball may lie on the real axis outside (-1, 1), or on the imaginary axis outside (-i, i).
bool mayTouchOuterAxis(const Ball& z, bool imaginaryAxis)
{
    const arb_srcptr along = imaginaryAxis ? acb_imagref(z.get()) : acb_realref(z.get());
    const arb_srcptr across = imaginaryAxis ? acb_realref(z.get()) : acb_imagref(z.get());
    arb_t size, one;
    arb_init(size);
    arb_init(one);
    arb_one(one);
    arb_abs(size, along);
    const bool inside = arb_lt(size, one) != 0;
    arb_clear(size);
    arb_clear(one);
    return arb_contains_zero(across) != 0 && !inside;
}

// Values over complex balls; `analytic` asks that the function be analytic on the whole ball, else the result is not
// finite. On the real axis what has no real value is not finite either.
class PathEvaluation {
public:
    PathEvaluation(long precision, const Budget& budget) : m_precision(precision), m_budget(budget) {}

    void bind(const std::string& name, const Ball& value) { m_bound.emplace_back(name, value); }
    void release() { m_bound.pop_back(); }

    Ball value(const Node& node, bool analytic)
    {
        Ball result;
        // The integrator goes on asking for a while after the first failure: that is not work.
        if (m_budget.spent() || !m_budget.spend(1)) {
            fail(result);
            return result;
        }
        switch (node.kind) {
        case Kind::Number:
            if (const auto q = rationalOf(node.text))
                acb_set_fmpq(result.get(), q->get(), m_precision);
            else
                fail(result);
            return result;
        case Kind::Symbol: return symbolValue(node.text);
        case Kind::Constant:
            if (node.text == "pi")
                acb_const_pi(result.get(), m_precision);
            else if (node.text == "e")
                arb_const_e(acb_realref(result.get()), m_precision);
            else
                fail(result);
            return result;
        case Kind::Integral: return integral(node);
        case Kind::Sum:
        case Kind::Product:
            fail(result);
            return result; // sums under an integral were written out before, or are unknown
        default: break;
        }
        std::vector<Ball> args;
        for (const Expr& arg : node.args)
            args.push_back(value(*arg, analytic));
        if (args.empty())
            fail(result);
        else
            combine(node, args, analytic, result);
        return result;
    }

private:
    Ball symbolValue(const std::string& name) const
    {
        for (auto at = m_bound.rbegin(); at != m_bound.rend(); ++at)
            if (at->first == name)
                return at->second;
        Ball nothing;
        fail(nothing);
        return nothing;
    }

    void combine(const Node& node, const std::vector<Ball>& args, bool analytic, Ball& result)
    {
        result = args[0];
        switch (node.kind) {
        case Kind::Add:
        case Kind::Mixed:
            for (std::size_t i = 1; i < args.size(); ++i)
                acb_add(result.get(), result.get(), args[i].get(), m_precision);
            return;
        case Kind::Multiply:
            for (std::size_t i = 1; i < args.size(); ++i)
                acb_mul(result.get(), result.get(), args[i].get(), m_precision);
            return;
        case Kind::Negate: acb_neg(result.get(), result.get()); return;
        case Kind::Percent: acb_div_ui(result.get(), result.get(), 100, m_precision); return;
        case Kind::Divide: acb_div(result.get(), args[0].get(), args[1].get(), m_precision); return;
        case Kind::Power: power(node, args, analytic, result); return;
        case Kind::Root: root(args[0], args[1], analytic, result); return;
        case Kind::Function: call(node.text, args, analytic, result); return;
        default: fail(result);
        }
    }

    void power(const Node& node, const std::vector<Ball>& args, bool analytic, Ball& result)
    {
        const Ball &base = args[0], &exponent = args[1];
        if (acb_is_int(exponent.get()) != 0) {
            acb_pow(result.get(), base.get(), exponent.get(), m_precision);
            return;
        }
        const Node& written = *node.args[1];
        if (written.kind == Kind::Divide && written.args[0]->kind == Kind::Number &&
            written.args[1]->kind == Kind::Number) { // x^(2/3), also left of zero
            Ball rooted;
            root(base, value(*written.args[1], false), analytic, rooted);
            acb_pow(result.get(), rooted.get(), value(*written.args[0], false).get(), m_precision);
            return;
        }
        if (isReal(base) && arb_is_positive(acb_realref(base.get())) == 0)
            return fail(result);
        acb_pow_analytic(result.get(), base.get(), exponent.get(), analytic ? 1 : 0, m_precision);
    }

    void root(const Ball& radicand, const Ball& degree, bool analytic, Ball& result)
    {
        const bool whole = acb_is_int(degree.get()) != 0 && arf_cmp_si(arb_midref(acb_realref(degree.get())), 1) > 0 &&
                           arf_cmp_si(arb_midref(acb_realref(degree.get())), 100) < 0;
        if (!whole)
            return fail(result);
        const auto n = static_cast<unsigned long>(arf_get_si(arb_midref(acb_realref(degree.get())), ARF_RND_DOWN));
        const arb_srcptr x = acb_realref(radicand.get());
        const bool left = arb_is_negative(x) != 0, right = arb_is_positive(x) != 0;
        if (isReal(radicand) && left && n % 2 == 0)
            return fail(result);
        if (n == 2) {
            acb_real_sqrtpos(result.get(), radicand.get(), analytic ? 1 : 0, m_precision);
            return;
        }
        if (left && n % 2 == 1) { // analytic on the left half plane, and real on its axis
            acb_neg(result.get(), radicand.get());
            acb_root_ui(result.get(), result.get(), n, m_precision);
            acb_neg(result.get(), result.get());
            return;
        }
        if (right) {
            acb_root_ui(result.get(), radicand.get(), n, m_precision);
            return;
        }
        if (analytic || !isReal(radicand))
            return fail(result);
        realRootAroundZero(x, n, result);
    }

    // The values over an interval with zero inside or at its end.
    void realRootAroundZero(arb_srcptr x, unsigned long n, Ball& result) const
    {
        arf_t low, high;
        arf_init(low);
        arf_init(high);
        arb_get_interval_arf(low, high, x, m_precision);
        arb_t lowRoot, highRoot;
        arb_init(lowRoot);
        arb_init(highRoot);
        if (n % 2 == 1 && arf_sgn(low) < 0) {
            arf_neg(low, low);
            arb_set_arf(lowRoot, low);
            arb_root_ui(lowRoot, lowRoot, n, m_precision);
            arb_neg(lowRoot, lowRoot);
        }
        arb_set_arf(highRoot, high);
        arb_root_ui(highRoot, highRoot, n, m_precision);
        acb_zero(result.get());
        arb_union(acb_realref(result.get()), lowRoot, highRoot, m_precision);
        arb_clear(lowRoot);
        arb_clear(highRoot);
        arf_clear(low);
        arf_clear(high);
    }

    void logarithm(const Ball& x, bool analytic, Ball& result) const
    {
        if (isReal(x) && arb_is_positive(acb_realref(x.get())) == 0)
            return fail(result);
        acb_log_analytic(result.get(), x.get(), analytic ? 1 : 0, m_precision);
    }

    void call(const std::string& name, const std::vector<Ball>& args, bool analytic, Ball& result)
    {
        using Function = void (*)(acb_t, const acb_t, slong);
        static const std::unordered_map<std::string_view, Function> meromorphic = {
            {"sin", acb_sin}, {"cos", acb_cos},   {"tan", acb_tan},   {"cot", acb_cot},   {"sec", acb_sec},
            {"csc", acb_csc}, {"sinh", acb_sinh}, {"cosh", acb_cosh}, {"tanh", acb_tanh}, {"coth", acb_coth}};
        // Branch cuts outside (-1, 1), or outside (-i, i).
        static const std::unordered_map<std::string_view, Function> cut = {
            {"asin", acb_asin}, {"acos", acb_acos}, {"atanh", acb_atanh}, {"atan", acb_atan}, {"asinh", acb_asinh}};
        const Ball& x = args[0];
        if (const auto found = meromorphic.find(name); found != meromorphic.end())
            return found->second(result.get(), x.get(), m_precision);
        if (const auto found = cut.find(name); found != cut.end()) {
            const bool imaginary = name == "atan" || name == "asinh";
            const bool outside = mayTouchOuterAxis(x, imaginary) && (analytic || (isReal(x) && !imaginary));
            return outside ? fail(result) : found->second(result.get(), x.get(), m_precision);
        }
        if (name == "ln")
            return logarithm(x, analytic, result);
        if (name == "log") {
            Ball base;
            if (args.size() == 2)
                logarithm(args[1], analytic, base);
            else
                arb_const_log10(acb_realref(base.get()), m_precision);
            logarithm(x, analytic, result);
            acb_div(result.get(), result.get(), base.get(), m_precision);
            return;
        }
        const int flag = analytic ? 1 : 0;
        if (name == "abs")
            acb_real_abs(result.get(), x.get(), flag, m_precision);
        else if (name == "floor")
            acb_real_floor(result.get(), x.get(), flag, m_precision);
        else if (name == "ceil")
            acb_real_ceil(result.get(), x.get(), flag, m_precision);
        else if (name == "sign")
            acb_real_sgn(result.get(), x.get(), flag, m_precision);
        else if ((name == "max" || name == "min") && args.size() == 2)
            (name == "max" ? acb_real_max : acb_real_min)(result.get(), x.get(), args[1].get(), flag, m_precision);
        else
            fail(result);
    }

    struct Integrand {
        PathEvaluation* evaluation;
        const Node* body;
        const std::string* variable;
    };

    static int integrand(acb_ptr out, const acb_t at, void* parameter, slong order, slong precision)
    {
        const auto* what = static_cast<Integrand*>(parameter);
        Ball point;
        acb_set(point.get(), at);
        const long outer = std::exchange(what->evaluation->m_precision, precision);
        what->evaluation->bind(*what->variable, point);
        const Ball result = what->evaluation->value(*what->body, order != 0);
        what->evaluation->release();
        what->evaluation->m_precision = outer;
        acb_set(out, result.get());
        return 0;
    }

    Ball integral(const Node& node)
    {
        Ball result;
        if (node.args.size() != 4) {
            fail(result);
            return result;
        }
        const Ball from = value(*node.args[2], false), to = value(*node.args[3], false);
        if (!isReal(from) || !isReal(to) || acb_is_finite(from.get()) == 0 || acb_is_finite(to.get()) == 0) {
            fail(result);
            return result;
        }
        Integrand what{this, node.args[0].get(), &node.args[1]->text};
        acb_calc_integrate_opt_t options;
        acb_calc_integrate_opt_init(options);
        options->eval_limit = 20'000;
        mag_t tolerance;
        mag_init(tolerance);
        mag_set_ui_2exp_si(tolerance, 1, -m_precision);
        acb_calc_integrate(result.get(), integrand, &what, from.get(), to.get(), m_precision, tolerance, options,
                           m_precision + 20);
        mag_clear(tolerance);
        if (arb_contains_zero(acb_imagref(result.get())) == 0)
            fail(result);
        arb_zero(acb_imagref(result.get()));
        return result;
    }

    long m_precision;
    const Budget& m_budget;
    std::vector<std::pair<std::string, Ball>> m_bound;
};

} // namespace

BallValue evaluateWithIntegrals(const Expr& constant, long precision, const Budget& budget)
{
    BallValue result;
    result.ball = PathEvaluation(precision, budget).value(*constant, false);
    const bool known = !budget.spent() && acb_is_finite(result.ball.get()) != 0;
    result.status = known ? BallStatus::Defined : BallStatus::Unclear;
    return result;
}

} // namespace lemma::tutor
