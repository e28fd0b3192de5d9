"""Every source file is as clang-format leaves it. Exit code 77 (skipped) where clang-format is not installed.

    git ls-files '*.h' '*.cpp' '*.cu' '*.cuh' | xargs clang-format -i      mends everything
"""

import concurrent.futures
import os
import shutil
import subprocess
import sys

import source_tree


def unformatted(top, batch):
    result = subprocess.run(["clang-format", "--dry-run", "-Werror", *map(str, batch)], cwd=top, capture_output=True, text=True)
    return sorted({line.split(": error:")[0] for line in result.stderr.splitlines() if ": error:" in line})


def main():
    if not shutil.which("clang-format"):
        print("clang-format is not installed: run packaging/setup.sh")
        sys.exit(77)
    top = source_tree.root()
    paths = source_tree.sources(top)
    batches = [paths[i:i + 20] for i in range(0, len(paths), 20)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(lambda batch: unformatted(top, batch), batches)
    source_tree.report([place for places in found for place in places], f"{len(paths)} files, all formatted")


main()
