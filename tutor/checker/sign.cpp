#include "tutor/checker/sign.h"

#include <utility>
#include <vector>

namespace lemma::tutor {

Expr withSign(const Expr& e, bool upper)
{
    std::vector<Expr> args;
    for (const Expr& arg : e->args)
        args.push_back(withSign(arg, upper));
    if (e->kind != Kind::PlusMinus)
        return args.empty() ? e : withArguments(*e, std::move(args));
    const bool minus = (e->text == "+-") != upper;
    Expr last = minus ? negate(args.back()) : args.back();
    return args.size() == 1 ? last : add({args[0], std::move(last)});
}

} // namespace lemma::tutor
