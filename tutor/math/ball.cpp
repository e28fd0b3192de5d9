#include "tutor/math/ball.h"

#include <string_view>

#include <acb_hypgeom.h>

namespace lemma::tutor {
namespace {

constexpr long maximumRunningTerms = 1000;

BallValue undefined() { return {BallStatus::Undefined, {}}; }
BallValue unclear() { return {BallStatus::Unclear, {}}; }

class Evaluation {
public:
    Evaluation(long precision, const Budget& budget, bool complex)
        : m_precision(precision), m_budget(budget), m_complex(complex)
    {
    }

    BallValue value(const Node& node, const Point& point)
    {
        if (!m_budget.spend(1 + m_precision / 256))
            return unclear();
        switch (node.kind) {
        case Kind::Number: return number(node.text);
        case Kind::Symbol: {
            const auto found = point.find(node.text);
            return found == point.end() ? unclear() : rational(found->second);
        }
        case Kind::Constant: return constantValue(node.text);
        case Kind::Sum:
        case Kind::Product: return running(node, point);
        default: break;
        }
        std::vector<BallValue> args;
        for (const Expr& arg : node.args) {
            args.push_back(value(*arg, point));
            if (args.back().status != BallStatus::Defined)
                return args.back();
        }
        return combined(node, args);
    }

private:
    static BallValue defined(const Ball& ball)
    {
        return {acb_is_finite(ball.get()) != 0 ? BallStatus::Defined : BallStatus::Unclear, ball};
    }

    BallValue rational(const Rational& q) const
    {
        Ball ball;
        acb_set_fmpq(ball.get(), q.get(), m_precision);
        return defined(ball);
    }

    BallValue number(const std::string& text) const
    {
        const auto q = rationalOf(text);
        return q ? rational(*q) : unclear();
    }

    BallValue constantValue(const std::string& name) const
    {
        Ball ball;
        if (name == "pi")
            acb_const_pi(ball.get(), m_precision);
        else if (name == "e")
            arb_const_e(acb_realref(ball.get()), m_precision);
        else if (name == "i" && m_complex)
            acb_onei(ball.get());
        else
            return unclear();
        return defined(ball);
    }

    BallValue combined(const Node& node, std::vector<BallValue>& args)
    {
        Ball result = args.empty() ? Ball() : args[0].ball;
        switch (node.kind) {
        case Kind::Add:
        case Kind::Mixed:
            for (std::size_t i = 1; i < args.size(); ++i)
                acb_add(result.get(), result.get(), args[i].ball.get(), m_precision);
            return defined(result);
        case Kind::Multiply:
            for (std::size_t i = 1; i < args.size(); ++i)
                acb_mul(result.get(), result.get(), args[i].ball.get(), m_precision);
            return defined(result);
        case Kind::Negate: acb_neg(result.get(), result.get()); return defined(result);
        case Kind::Percent: acb_div_ui(result.get(), result.get(), 100, m_precision); return defined(result);
        case Kind::Divide: return quotient(result, args[1].ball);
        case Kind::Power: return power(node, args[0].ball, args[1].ball);
        case Kind::Root: return root(args[0].ball, args[1].ball);
        case Kind::Function: return call(node.text, args);
        case Kind::Apply: return unknownFunction(node.text, args);
        case Kind::Quantity:
            if (node.text != "degree")
                return unclear();
            acb_mul(result.get(), result.get(), constantValue("pi").ball.get(), m_precision);
            acb_div_ui(result.get(), result.get(), 180, m_precision);
            return defined(result);
        default: return unclear();
        }
    }

    BallValue quotient(const Ball& a, const Ball& b) const
    {
        if (acb_is_zero(b.get()) != 0)
            return undefined();
        if (acb_contains_zero(b.get()) != 0)
            return unclear();
        Ball result;
        acb_div(result.get(), a.get(), b.get(), m_precision);
        return defined(result);
    }

    static bool tooLarge(const Ball& exponent)
    {
        mag_t size;
        mag_init(size);
        acb_get_mag(size, exponent.get());
        const bool large = mag_cmp_2exp_si(size, 40) > 0;
        mag_clear(size);
        return large;
    }

    BallValue power(const Node& node, const Ball& base, const Ball& exponent) const
    {
        if (tooLarge(exponent))
            return unclear();
        Ball result;
        if (acb_is_int(exponent.get()) != 0) {
            if (acb_is_zero(base.get()) != 0 && arb_is_positive(acb_realref(exponent.get())) == 0)
                return undefined(); // 0^0 is left open on purpose
            if (acb_contains_zero(base.get()) != 0 && arb_is_negative(acb_realref(exponent.get())) != 0)
                return unclear();
            acb_pow(result.get(), base.get(), exponent.get(), m_precision);
            return defined(result);
        }
        if (const BallValue odd = oddRootPower(node, base); odd.status == BallStatus::Defined)
            return odd;
        if (m_complex) {
            acb_pow(result.get(), base.get(), exponent.get(), m_precision);
            return defined(result);
        }
        if (acb_is_zero(base.get()) != 0 && arb_is_positive(acb_realref(exponent.get())) != 0)
            return defined(result);
        if (arb_is_negative(acb_realref(base.get())) != 0)
            return undefined();
        if (arb_is_positive(acb_realref(base.get())) == 0)
            return unclear();
        arb_pow(acb_realref(result.get()), acb_realref(base.get()), acb_realref(exponent.get()), m_precision);
        return defined(result);
    }

    // (-8)^(1/3) over the reals.
    BallValue oddRootPower(const Node& node, const Ball& base) const
    {
        const Node& exponent = *node.args[1];
        const bool fraction = exponent.kind == Kind::Divide && exponent.args[0]->kind == Kind::Number &&
                              exponent.args[1]->kind == Kind::Number;
        if (m_complex || !fraction)
            return unclear();
        const BallValue rooted = root(base, number(exponent.args[1]->text).ball);
        if (rooted.status != BallStatus::Defined)
            return unclear();
        Ball result;
        acb_pow(result.get(), rooted.ball.get(), number(exponent.args[0]->text).ball.get(), m_precision);
        return defined(result);
    }

    BallValue root(const Ball& radicand, const Ball& degree) const
    {
        if (acb_is_int(degree.get()) == 0 || arb_is_positive(acb_realref(degree.get())) == 0 || tooLarge(degree))
            return unclear();
        const auto n = static_cast<unsigned long>(arf_get_si(arb_midref(acb_realref(degree.get())), ARF_RND_DOWN));
        if (n == 0 || n > 1000)
            return unclear();
        Ball result;
        if (m_complex) {
            acb_root_ui(result.get(), radicand.get(), n, m_precision);
            return defined(result);
        }
        const arb_srcptr x = acb_realref(radicand.get());
        if (arb_is_negative(x) != 0) {
            if (n % 2 == 0)
                return undefined();
            arb_neg(acb_realref(result.get()), x);
            arb_root_ui(acb_realref(result.get()), acb_realref(result.get()), n, m_precision);
            acb_neg(result.get(), result.get());
            return defined(result);
        }
        if (arb_is_nonnegative(x) == 0)
            return unclear();
        arb_root_ui(acb_realref(result.get()), x, n, m_precision);
        return defined(result);
    }

    BallValue call(const std::string& name, std::vector<BallValue>& args)
    {
        const Ball& x = args[0].ball;
        Ball result;
        using Function = void (*)(acb_t, const acb_t, slong);
        static const std::map<std::string_view, Function> entire = {
            {"sin", acb_sin},   {"cos", acb_cos},   {"tan", acb_tan},   {"cot", acb_cot},
            {"sec", acb_sec},   {"csc", acb_csc},   {"sinh", acb_sinh}, {"cosh", acb_cosh},
            {"tanh", acb_tanh}, {"coth", acb_coth}, {"atan", acb_atan}, {"asinh", acb_asinh}};
        if (const auto found = entire.find(name); found != entire.end()) {
            found->second(result.get(), x.get(), m_precision);
            return defined(result);
        }
        if (name == "ln" || name == "log")
            return logarithm(name, args);
        if (name == "asin" || name == "acos") {
            (name == "asin" ? acb_asin : acb_acos)(result.get(), x.get(), m_precision);
            return m_complex || acb_is_real(result.get()) != 0 ? defined(result) : undefined();
        }
        if (name == "abs") {
            acb_abs(acb_realref(result.get()), x.get(), m_precision);
            return defined(result);
        }
        if (acb_is_real(x.get()) == 0)
            return unclear();
        if (name == "floor" || name == "ceil") {
            (name == "floor" ? arb_floor : arb_ceil)(acb_realref(result.get()), acb_realref(x.get()), m_precision);
            return defined(result);
        }
        if (name == "mod" && args.size() == 2)
            return remainder(x, args[1].ball);
        if (name == "factorial" && !tooLarge(x)) {
            acb_add_ui(result.get(), x.get(), 1, m_precision);
            acb_gamma(result.get(), result.get(), m_precision);
            return defined(result);
        }
        if (name == "binomial" && args.size() == 2 && acb_is_int(args[1].ball.get()) != 0) {
            const Ball& k = args[1].ball;
            if (arb_is_nonnegative(acb_realref(k.get())) == 0 ||
                arf_cmpabs_ui(arb_midref(acb_realref(k.get())), 10'000) > 0)
                return unclear();
            const auto count = static_cast<unsigned long>(arf_get_si(arb_midref(acb_realref(k.get())), ARF_RND_DOWN));
            arb_bin_ui(acb_realref(result.get()), acb_realref(x.get()), count, m_precision);
            return defined(result);
        }
        if (name == "max" || name == "min") {
            result = x;
            for (std::size_t i = 1; i < args.size(); ++i)
                (name == "max" ? arb_max : arb_min)(acb_realref(result.get()), acb_realref(result.get()),
                                                    acb_realref(args[i].ball.get()), m_precision);
            return defined(result);
        }
        return unclear();
    }

    // a - n floor(a/n)
    BallValue remainder(const Ball& a, const Ball& n) const
    {
        BallValue times = quotient(a, n);
        if (times.status != BallStatus::Defined || acb_is_real(times.ball.get()) == 0)
            return times.status == BallStatus::Undefined ? times : unclear();
        Ball result = a;
        arb_floor(acb_realref(times.ball.get()), acb_realref(times.ball.get()), m_precision);
        acb_submul(result.get(), times.ball.get(), n.get(), m_precision);
        return defined(result);
    }

    BallValue logarithm(const std::string& name, const std::vector<BallValue>& args) const
    {
        Ball base;
        acb_set_ui(base.get(), 10); // a bare log is the one of the school
        if (args.size() == 2)
            base = args[1].ball;
        const Ball& x = args[0].ball;
        if (!m_complex && (arb_is_nonpositive(acb_realref(x.get())) != 0))
            return undefined();
        if (!m_complex && arb_is_positive(acb_realref(x.get())) == 0)
            return unclear();
        Ball result;
        acb_log(result.get(), x.get(), m_precision);
        if (name == "ln")
            return defined(result);
        acb_log(base.get(), base.get(), m_precision);
        return quotient(result, base);
    }

    // f(v) = v^3 + c v + c', with c from the name: nothing is special about it, so f(x) and f(y) differ somewhere.
    BallValue unknownFunction(const std::string& name, const std::vector<BallValue>& args) const
    {
        unsigned long c = 7;
        for (const char letter : name)
            c = (c * 31 + static_cast<unsigned char>(letter)) % 97;
        Ball result, term;
        acb_set_ui(result.get(), c + 3);
        for (const BallValue& arg : args) {
            acb_pow_ui(term.get(), arg.ball.get(), 3, m_precision);
            acb_add(result.get(), result.get(), term.get(), m_precision);
            acb_addmul_ui(result.get(), arg.ball.get(), ++c, m_precision);
        }
        return defined(result);
    }

    BallValue running(const Node& node, const Point& point)
    {
        const BallValue from = value(*node.args[2], point), to = value(*node.args[3], point);
        const bool whole = from.status == BallStatus::Defined && to.status == BallStatus::Defined &&
                           acb_is_int(from.ball.get()) != 0 && acb_is_int(to.ball.get()) != 0 && !tooLarge(from.ball) &&
                           !tooLarge(to.ball);
        if (!whole)
            return unclear();
        const long first = arf_get_si(arb_midref(acb_realref(from.ball.get())), ARF_RND_DOWN);
        const long last = arf_get_si(arb_midref(acb_realref(to.ball.get())), ARF_RND_DOWN);
        if (last - first > maximumRunningTerms || last < first)
            return unclear();
        Ball result;
        acb_set_ui(result.get(), node.kind == Kind::Sum ? 0 : 1);
        Point inner = point;
        for (long k = first; k <= last; ++k) {
            inner[node.args[1]->text] = Rational(k);
            const BallValue term = value(*node.args[0], inner);
            if (term.status != BallStatus::Defined)
                return term;
            (node.kind == Kind::Sum ? acb_add : acb_mul)(result.get(), result.get(), term.ball.get(), m_precision);
        }
        return defined(result);
    }

    long m_precision;
    const Budget& m_budget;
    bool m_complex;
};

} // namespace

bool Ball::withinOfZero(long bits) const
{
    if (acb_is_finite(m_value) == 0 || acb_contains_zero(m_value) == 0)
        return false;
    mag_t size;
    mag_init(size);
    acb_get_mag(size, m_value);
    const bool within = mag_cmp_2exp_si(size, -bits) < 0;
    mag_clear(size);
    return within;
}

BallValue evaluateBall(const Expr& expr, const Point& point, long precision, const Budget& budget, bool complex)
{
    return Evaluation(precision, budget, complex).value(*expr, point);
}

} // namespace lemma::tutor
