#!/usr/bin/env python3
"""The random pairs of random_pairs_test, judged by SymPy: python3 compare_pairs_with_sympy.py TEST [COUNT] [SEED]

TEST is the built test program. Every pair is evaluated at three rational points to 40 digits (exactly where there are
only rational numbers); a pair that was called equal and differs at one, or was called different and differs nowhere,
is printed. Ends with 1 where a verdict was wrong, and with 77 (skipped) where SymPy is not installed.
"""
import json
import os
import subprocess
import sys
import tempfile

try:
    import sympy
except ImportError:
    print("skipped: SymPy is not installed")
    sys.exit(77)

x, y, a = sympy.symbols("x y a", real=True)
NAMES = {name: getattr(sympy, name) for name in "Rational sqrt sin cos tan log Abs E".split()} | {"x": x, "y": y, "a": a}
R = sympy.Rational
POINTS = [{x: R(17, 12), y: R(5, 7), a: R(13, 9)}, {x: R(1, 5), y: R(8, 3), a: R(-6, 5)}, {x: R(-7, 4), y: R(2, 11), a: R(3, 8)},
          {x: R(9, 2), y: R(-5, 3), a: R(7, 6)}, {x: R(3, 2), y: R(5, 7), a: R(2, 9)}, {x: R(-4, 3), y: R(2, 9), a: R(3, 2)}]


def real_value(text, point):
    """The value over the reals, None where there is none: as every part must be real."""
    with sympy.evaluate(False):
        tree = eval(text, {"__builtins__": {}}, NAMES)
    return evaluate(tree, point)


def evaluate(node, point):
    if node.is_Symbol:
        return point[node]
    if not node.args:
        return node
    values = [evaluate(argument, point) for argument in node.args]
    if any(value is None for value in values):
        return None
    values = [value if value.is_Rational else value.evalf(60) for value in values]
    result = node.func(*values)
    if not result.is_Rational:
        result = result.evalf(60)
    return result if result.is_real and result.is_finite else None


def differs(left, right):
    """True: at some point; False: at none, with a value at one at least; None: no value anywhere."""
    seen = False
    for point in POINTS:
        u, v = real_value(left, point), real_value(right, point)
        if u is None or v is None:
            continue
        seen = True
        difference = abs(u - v)
        if difference != 0 and difference > sympy.Float("1e-30") * (1 + abs(u)):
            return True
    return False if seen else None


def main():
    count = sys.argv[2] if len(sys.argv) > 2 else "10000"
    seed = sys.argv[3] if len(sys.argv) > 3 else "1"
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "pairs.jsonl")
        subprocess.run([sys.argv[1], "noVerdictIsWrong"], stdout=subprocess.DEVNULL, check=False,
                       env=os.environ | {"LEMMA_PAIRS": count, "LEMMA_PAIRS_SEED": seed, "LEMMA_PAIRS_FILE": path})
        pairs = [json.loads(line) for line in open(path, encoding="utf-8")]
    wrong = construction = compared = 0
    for pair in pairs:
        verdict = differs(pair["left"], pair["right"])
        if verdict is None:
            continue
        compared += 1
        if verdict == pair["equal"]:
            construction += 1
            print("built as", "equal:" if pair["equal"] else "different:", pair)
        if pair["verdict"] == ("equal" if verdict else "different"):
            wrong += 1
            print("WRONG", pair)
    print(f"{len(pairs)} pairs, {compared} with a value where SymPy tried, {construction} that SymPy sees otherwise than "
          f"their construction, {wrong} wrong verdicts")
    return 1 if wrong else 0


sys.exit(main())
