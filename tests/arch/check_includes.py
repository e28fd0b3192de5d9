"""Reads every #include of the tree and fails on an edge that the design forbids.

  - a layer includes only itself and lower layers; tutor and assistant do not know each other
  - Qt, and what is built on it, is included in app/ and tests/ only
  - "..." names a file of the tree from the root (or the test's own .moc); <...> never does
  - the headers of two folders of a layer (engine/gguf, engine/model ...) do not include each other, not even in a circle, so
    that every layer has an order inside as well; folders deeper down belong to the one they are in
  - every header starts with #pragma once
"""

import re

import source_tree

INCLUDE = re.compile(r'\s*#\s*include\s*(["<])([^">]+)[">]')
QT_HEADER = re.compile(r"(Q[A-Z]\w*|Qt\w*/.*|KSyntaxHighlighting/.*|K[A-Z]\w*/.*)$")


def problems_of_include(top, path, quote, name):
    layer = path.parts[0]
    target_layer = name.split("/")[0]
    rank = source_tree.LAYER_RANK
    if quote == "<":
        if target_layer in rank and (top / name).is_file():
            yield f'<{name}> is ours: write "{name}"'
        if layer in rank and layer != "app" and QT_HEADER.match(name):
            yield f"Qt stops at app/, but {layer} includes <{name}>"
        return
    if name.endswith(".moc"):
        return
    if not (top / name).is_file():
        yield f'"{name}" is no file of the tree (includes are written from the root; others in <>)'
    if layer in rank and target_layer != layer:
        if target_layer not in rank:
            yield f"{layer} includes {name}, which is no layer of the program"
        elif rank[target_layer] >= rank[layer]:
            yield f"{layer} may not include {name}"


def folder_circle(edges):
    """One circle of folders as a list, or None. Depth-first, with the path taken as the witness."""
    done = set()

    def visit(folder, trail):
        if folder in trail:
            return trail[trail.index(folder):] + [folder]
        if folder in done:
            return None
        for target in sorted(edges.get(folder, {})):
            circle = visit(target, trail + [folder])
            if circle:
                return circle
        done.add(folder)
        return None

    for start in sorted(edges):
        circle = visit(start, [])
        if circle:
            return circle
    return None


def main():
    top = source_tree.root()
    problems, edges, count = [], {}, 0
    for path in source_tree.sources(top):
        text = source_tree.lines(top, path)
        if path.suffix in source_tree.HEADER_SUFFIXES and (not text or text[0] != "#pragma once"):
            problems.append(f"{path}:1: the first line of a header is #pragma once")
        for number, line in enumerate(text, 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            count += 1
            quote, name = match.groups()
            problems += [f"{path}:{number}: {problem}" for problem in problems_of_include(top, path, quote, name)]
            if quote == '"' and path.parts[0] in source_tree.LAYER_RANK and path.suffix in source_tree.HEADER_SUFFIXES:
                folder, target = ("/".join(part.split("/")[:-1][:2]) for part in (path.as_posix(), name))
                if target != folder:
                    edges.setdefault(folder, {}).setdefault(target, f"{path}:{number}")
    circle = folder_circle(edges)
    if circle:
        places = [edges[a][b] for a, b in zip(circle, circle[1:])]
        problems.append(f"headers of folders include each other in a circle: {' -> '.join(circle)} ({', '.join(places)})")
    source_tree.report(problems, f"{count} includes, all along allowed edges")


main()
