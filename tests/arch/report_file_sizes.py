"""Prints how long the source files are, folder by folder, and fails when one is longer than 600 lines.

A table of data that has to be in a source file says so in one of its first ten lines with the word "data table"; it is
listed, but has no limit.
"""

import source_tree

LIMIT = 600
MARK = "data table"


def percentile(sorted_values, share):
    return sorted_values[min(len(sorted_values) - 1, int(share * len(sorted_values)))]


def row(name, lengths):
    lengths = sorted(lengths)
    print(f"{name:<24}{len(lengths):>6}{sum(lengths):>8}{percentile(lengths, 0.5):>6}{percentile(lengths, 0.9):>6}"
          f"{lengths[-1]:>6}")


def main():
    top = source_tree.root()
    sizes, tables = {}, {}
    for path in source_tree.sources(top):
        text = source_tree.lines(top, path)
        is_table = any(MARK in line.lower() for line in text[:10])
        (tables if is_table else sizes)[path] = len(text)

    print(f"{'folder':<24}{'files':>6}{'lines':>8}{'p50':>6}{'p90':>6}{'max':>6}")
    folders = {}
    for path, length in sizes.items():
        folders.setdefault("/".join(path.parts[:-1][:2]), []).append(length)
    for folder in sorted(folders):
        row(folder, folders[folder])
    row("all", sizes.values())

    print("\nlongest files")
    for path in sorted(sizes, key=sizes.get, reverse=True)[:10]:
        print(f"{sizes[path]:>6}  {path}")
    for path in sorted(tables):
        print(f"{tables[path]:>6}  {path} (data table)")

    too_long = [f"{path}: {length} lines, the limit is {LIMIT}: split it" for path, length in sizes.items() if length > LIMIT]
    source_tree.report(too_long, f"\nno file longer than {LIMIT} lines")


main()
