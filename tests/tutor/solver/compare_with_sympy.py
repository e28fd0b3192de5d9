#!/usr/bin/env python3
"""Random problems of every family that can be compared, solved by lemma-cli and by SymPy: python3 compare_with_sympy.py LEMMA_CLI [COUNT]

Prints a line for every disagreement and a summary; ends with 77 (skipped) where SymPy is not installed.
"""
import json
import random
import re
import subprocess
import sys

try:
    import sympy
except ImportError:
    print("skipped: SymPy is not installed")
    sys.exit(77)

x = sympy.Symbol("x", real=True)


def polynomial(rng, degree):
    return " + ".join(f"({rng.randint(-6, 6)})*x^{power}" for power in range(degree, 1, -1)) + (
        " + " if degree > 1 else ""
    ) + f"({rng.randint(-6, 6)})*x + ({rng.randint(-6, 6)})"


def problem(rng):
    left, right = polynomial(rng, rng.choice([1, 2, 2, 3])), polynomial(rng, 1)
    if rng.random() < 0.4:
        left = f"({left})/({rng.randint(1, 3)}*x - ({rng.randint(-3, 3)}))"
    return left, rng.choice(["=", "=", "<", "<=", ">", ">="]), right


def sympy_set(left, sign, right):
    left, right = (sympy.sympify(side.replace("^", "**"), locals={"x": x}) for side in (left, right))
    relation = {"=": sympy.Eq, "<": sympy.Lt, "<=": sympy.Le, ">": sympy.Gt, ">=": sympy.Ge}[sign]
    problem = relation(left, right)
    gaps = sympy.solveset(sympy.denom(sympy.together(left)), x, sympy.S.Reals)
    if problem in (sympy.true, sympy.false):
        whole = sympy.S.Reals if problem == sympy.true else sympy.S.EmptySet
        return whole - (gaps if sympy.denom(left).has(x) else sympy.S.EmptySet)
    if sign == "=":
        return sympy.solveset(left - right, x, sympy.S.Reals) - (gaps if left.has(x) else sympy.S.EmptySet)
    return sympy.solve_univariate_inequality(problem, x, relational=False)


def read_value(text):
    return sympy.sympify(re.sub(r"(\d) sqrt", r"\1*sqrt", text).replace("infinity", "oo").replace("^", "**"))


def read_set(text):
    if text in ("∅", "ℝ"):
        return sympy.S.EmptySet if text == "∅" else sympy.S.Reals
    if "∖" in text:
        whole, gaps = text.split(" ∖ ")
        return read_set(whole) - read_set(gaps)
    parts = []
    for part in text.split(" ∪ "):
        values = [read_value(value) for value in part[1:-1].split(", ")]
        if part[0] == "{":
            parts.append(sympy.FiniteSet(*values))
        else:
            parts.append(sympy.Interval(values[0], values[1], part[0] == "(", part[-1] == ")"))
    return sympy.Union(*parts)


# Equal sets agree at every end point and between them; the comparison itself is numeric, so that form does not matter.
def same(a, b):
    points = set()
    for part in (a, b):
        points.update(float(p) for p in part.boundary if p.is_finite) if part != sympy.S.EmptySet else None
    marks = sorted(points)
    merged = [m for i, m in enumerate(marks) if i == 0 or m - marks[i - 1] > 1e-9]
    between = [(s + t) / 2 for s, t in zip(merged, merged[1:])] + ([merged[0] - 1, merged[-1] + 1] if merged else [0])

    def holds(part, at, exact):
        for piece in part.args if isinstance(part, sympy.Union) else [part]:
            if isinstance(piece, sympy.FiniteSet):
                if exact and any(abs(float(v) - at) < 1e-9 for v in piece):
                    return True
            elif isinstance(piece, sympy.Interval):
                low, high = float(piece.start), float(piece.end)
                if low + 1e-9 < at < high - 1e-9:
                    return True
                if (abs(at - low) <= 1e-9 and not piece.left_open) or (abs(at - high) <= 1e-9 and not piece.right_open):
                    return True
            elif piece != sympy.S.EmptySet:
                raise ValueError(f"a set that is not understood: {piece}")
        return False

    return all(holds(a, p, True) == holds(b, p, True) for p in merged) and all(
        holds(a, p, False) == holds(b, p, False) for p in between
    )


# The other families. A row is (kind, text for lemma-cli, SymPy's problem); what is compared depends on the kind.
def number(rng, low=-6, high=6):
    return rng.choice([n for n in range(low, high + 1) if n != 0])


def family_problem(rng):
    a, b, c, d = (number(rng) for _ in range(4))
    positive = abs(a)
    kind = rng.choice(["radical", "absolute", "exponential", "logarithm", "trigonometric", "absolute-inequality",
                       "radical-inequality", "derivative", "integral", "limit", "sum"])
    real = sympy.Symbol("x", real=True)
    if kind == "radical":
        return kind, f"sqrt({a}x+({b})) = x+({c})", sympy.sqrt(a * real + b) - real - c
    if kind == "absolute":
        return kind, f"|{positive}x+({b})| + |x-({c})| = {abs(d) + 3}", (
            sympy.Abs(positive * real + b) + sympy.Abs(real - c) - abs(d) - 3)
    if kind == "exponential":
        base = rng.choice([2, 3, 5])
        return kind, f"{base}^{{2x}}+({b})*{base}^x+({c}) = 0", sympy.Integer(base) ** (2 * real) + b * base**real + c
    if kind == "logarithm":
        return kind, f"\\ln(x+({b})) + \\ln(x+({c})) = \\ln({positive})", (
            sympy.log(real + b) + sympy.log(real + c) - sympy.log(positive))
    if kind == "trigonometric":
        f, g = rng.choice([("sin", "cos"), ("cos", "sin")])
        text = f"{a}*\\{f}(x)^2 + ({b})*\\{g}(x) + ({c}) = 0, 0 \\le x < 2\\pi"
        return kind, text, a * getattr(sympy, f)(real) ** 2 + b * getattr(sympy, g)(real) + c
    if kind == "absolute-inequality":
        sign = rng.choice(["<", "<=", ">", ">="])
        return kind, f"|{positive}x+({b})| {sign} |x|+({c})", (sign, sympy.Abs(positive * real + b) - sympy.Abs(real) - c)
    if kind == "radical-inequality":
        sign = rng.choice(["<", "<=", ">", ">="])
        return kind, f"sqrt({positive}x+({b})) {sign} x+({c})", (sign, sympy.sqrt(positive * real + b) - real - c)
    inner = rng.choice([f"{a}*x+({b})", f"x^2+({b})", "x"])
    outer = rng.choice(["\\sin({})", "\\cos({})", "e^{{{}}}", "({})^3", "\\arctan({})"]).format(inner)
    term = rng.choice(["x", "x^2", "1", f"({c}x+{positive})"])
    if kind == "derivative":
        text = rng.choice([f"{term}*{outer}", f"({outer})/(x^2+{positive})", f"sqrt(x^2+{positive})*{outer}"])
        return kind, f"derivative of {text}", text
    if kind == "integral":
        simple = rng.choice([f"{term}*\\sin({a}x)", f"{term}*e^{{{a}x}}", f"({c}x+{d})/((x-({a}))*(x-({a + 1})))",
                             f"1/(x^2+{positive})", f"({a}x+({b}))^4", f"{a}x^3+({b})x+({c})"])
        return kind, f"integral of {simple}", simple
    if kind == "limit":
        text = f"\\frac{{x^2-({a}+({b}))x+({a})*({b})}}{{x-({a})}}"
        return kind, f"\\lim_{{x\\to {a}}}{text}", sympy.Integer(a - b)
    top = rng.randint(1, 40)
    return kind, f"\\sum_{{k=1}}^{{{top}}}({a}k^2+({b})k+({c}))", sympy.Integer(
        sum(a * k * k + b * k + c for k in range(1, top + 1)))


def read_formula(text):
    text = text.replace("\\arctan", "atan").replace("\\", "").replace("ln(", "log(").replace("|", "")
    text = re.sub(r"e\^\{([^{}]*)\}", r"exp(\1)", text)
    text = re.sub(r"e\^\(", "exp(", text)
    text = re.sub(r"\be\^x", "exp(x)", text)
    text = re.sub(r"(\d) ?(?=[a-zA-Z(])", r"\1*", text)
    text = re.sub(r"(?<=[x)]) (?=[a-zA-Z(0-9])", "*", text)
    text = re.sub(r"(\d|\bx\b|\)) (?=[a-zA-Z(])", r"\1*", text)
    text = re.sub(r"\)(?=[a-zA-Z(])", ")*", text)
    return sympy.sympify(text.replace("^", "**"), locals={"x": x, "pi": sympy.pi})


# A numeric search for the zeros of f in [low, high): sign changes, and touches of the axis.
def numeric_zeros(f, low, high):
    g = sympy.lambdify(sympy.Symbol("x", real=True), f, "mpmath")

    def value(at):
        try:
            return float(g(at))
        except (ValueError, TypeError, ZeroDivisionError, OverflowError):
            return None

    steps, found = 20000, []
    width = (high - low) / steps
    values = [value(low + i * width) for i in range(steps + 1)]
    for i in range(steps):
        left, right = values[i], values[i + 1]
        if left is None or right is None:
            continue
        if left == 0 or left * right < 0:
            found.append(low + (i + 0.5) * width)
    return found, value


def compare_family(kind, answer, expected):
    texts = answer["solutions"]
    if kind in ("limit", "sum"):
        return len(texts) == 1 and sympy.sympify(texts[0].replace("^", "**")) == expected
    if kind == "derivative":
        ours, body = read_formula(texts[0]), read_formula(expected)
        points = [sympy.Rational(n, 7) for n in (3, 12, -5)]
        return all(abs(complex(ours.subs(x, p).evalf(30)) - complex(sympy.diff(body, x).subs(x, p).evalf(30))) < 1e-15
                   for p in points)
    if kind == "integral":
        ours = read_formula(texts[0].replace(" + C", ""))
        body = read_formula(expected)
        points = [sympy.Rational(n, 7) for n in (103, 212)]  # right of every pole, where ln|u| is ln u
        return all(abs(complex(sympy.diff(ours, x).subs(x, p).evalf(30)) - complex(body.subs(x, p).evalf(30)))
                   < 1e-12 * (1 + abs(complex(body.subs(x, p).evalf(30)))) for p in points)
    if kind.endswith("inequality"):
        sign, f = expected
        ours = read_set(answer["set"])
        for n in range(-400, 401):
            at = sympy.Rational(n, 9) + sympy.Rational(1, 1009)
            here = f.subs(sympy.Symbol("x", real=True), at)
            holds = bool(here.is_real) and bool({"<": here < 0, "<=": here <= 0, ">": here > 0, ">=": here >= 0}[sign])
            if holds != bool(ours.contains(at)):
                return False
        return True
    low, high = (0, 6.283185307179586) if kind == "trigonometric" else (-60, 60)
    if answer["set"].startswith(("[", "(")) or answer["set"] == "ℝ":
        ours = read_set(answer["set"])
        f = expected
        return all(abs(float(f.subs(sympy.Symbol("x", real=True), sympy.Rational(n, 7)))) < 1e-12
                   for n in range(-100, 101) if ours.contains(sympy.Rational(n, 7)) == True)
    values = [float(read_formula(text)) for text in texts]
    zeros, value = numeric_zeros(expected, low, high)
    right = all(abs(value(v)) < 1e-9 for v in values if value(v) is not None)
    return right and all(any(abs(zero - v) < 0.01 for v in values) for zero in zeros)


def main():
    cli, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200
    rng = random.Random(3)
    by_kind = {}
    for _ in range(count):
        kind, text, expected = family_problem(rng)
        run = subprocess.run([cli, "solve", "--json", "--", text], capture_output=True, text=True, check=True)
        answer = json.loads(run.stdout)
        if answer["status"] == "unknown":
            verdict = "unknown"
        else:
            try:
                verdict = "agree" if compare_family(kind, answer, expected) else "differ"
            except (ValueError, NotImplementedError, TypeError, SyntaxError, sympy.SympifyError) as error:
                verdict = "not compared"
                print(f"not compared: {text}: {answer['set']}: {error}")
        if verdict == "differ":
            print(f"different: {text}: {answer['set']}")
        counts = by_kind.setdefault(kind, {"agree": 0, "differ": 0, "unknown": 0, "not compared": 0})
        counts[verdict] += 1
    for kind, counts in sorted(by_kind.items()):
        print(f"{kind}: " + ", ".join(f"{n} {what}" for what, n in counts.items()))
    wrong = sum(counts["differ"] for counts in by_kind.values())
    agree = unknown = different = unread = 0
    for _ in range(count):
        left, sign, right = problem(rng)
        text = f"{left} {sign} {right}"
        run = subprocess.run([cli, "solve", "--json", "--", text], capture_output=True, text=True, check=True)
        answer = json.loads(run.stdout)
        if answer["status"] == "unknown":
            unknown += 1
            continue
        try:
            equal = same(read_set(answer["set"]), sympy_set(left, sign, right))
        except (ValueError, NotImplementedError, TypeError) as error:
            unread += 1
            print(f"not compared: {text}: {error}")
            continue
        agree += equal
        different += not equal
        if not equal:
            print(f"different: {text}: {answer['set']} and {sympy_set(left, sign, right)}")
    print(f"{count} problems: {agree} agree, {different} differ, {unknown} unknown, {unread} not compared")
    return 1 if different or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
