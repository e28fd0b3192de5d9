#!/usr/bin/env python3
"""Random equations and inequalities, solved by lemma-cli and by SymPy: python3 compare_with_sympy.py LEMMA_CLI [COUNT]

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


def main():
    cli, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200
    rng = random.Random(3)
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
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
