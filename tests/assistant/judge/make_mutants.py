#!/usr/bin/env python3
"""Makes human_eval_mutants.jsonl.gz: for each task of HumanEval one solution with one node of its tree changed.

    python3 make_mutants.py HumanEval.jsonl.gz human_eval_mutants.jsonl.gz

A mutant counts only if it is really wrong, which is found out without Lemma: the task's own check() is run beside it
in a process of its own and must fail. Which change is taken is random from the task's name, so that the file can be
made again.
"""
import ast
import gzip
import json
import random
import subprocess
import sys

COMPARE = {ast.Lt: ast.GtE, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.GtE: ast.Lt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
           ast.In: ast.NotIn, ast.NotIn: ast.In}
ARITHMETIC = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv,
              ast.Div: ast.Mult}


class Mutation(ast.NodeTransformer):
    """Changes the k-th place that can be changed."""

    def __init__(self, place):
        self.place, self.seen, self.done = place, -1, False

    def hit(self):
        self.seen += 1
        self.done = self.done or self.seen == self.place
        return self.seen == self.place

    def visit_Compare(self, node):
        self.generic_visit(node)
        if type(node.ops[0]) in COMPARE and self.hit():
            node.ops[0] = COMPARE[type(node.ops[0])]()
        return node

    def visit_BinOp(self, node):
        self.generic_visit(node)
        if type(node.op) in ARITHMETIC and self.hit():
            node.op = ARITHMETIC[type(node.op)]()
        return node

    def visit_Constant(self, node):
        if type(node.value) is int and self.hit():
            return ast.copy_location(ast.Constant(node.value + 1), node)
        return node

    def visit_Return(self, node):
        self.generic_visit(node)
        if node.value is not None and self.hit():
            return ast.copy_location(ast.Return(ast.Constant(None)), node)
        return node


def mutants(source):
    place = 0
    while True:
        mutation = Mutation(place)
        tree = mutation.visit(ast.parse(source))
        if not mutation.done:
            return
        yield ast.unparse(ast.fix_missing_locations(tree)) + "\n"
        place += 1


def fails(task, program):
    code = program + "\n" + task["test"] + "\ncheck(%s)\n" % task["entry_point"]
    try:
        return subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, timeout=5).returncode != 0
    except subprocess.TimeoutExpired:
        return False  # a mutant that hangs would only cost time


def main():
    lines = []
    for text in gzip.open(sys.argv[1], "rt", encoding="utf-8"):
        task = json.loads(text)
        candidates = list(mutants(task["prompt"] + task["canonical_solution"]))
        random.Random(task["task_id"]).shuffle(candidates)
        for candidate in candidates:
            if fails(task, candidate):
                lines.append(json.dumps({"task_id": task["task_id"], "solution": candidate}))
                break
    with open(sys.argv[2], "wb") as raw, gzip.GzipFile("", "wb", 9, raw, 0) as out:
        out.write(("\n".join(lines) + "\n").encode("utf-8"))
    print(len(lines), "mutants")


main()
