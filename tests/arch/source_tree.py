"""The tree as the arch tests see it: layers, source files, and how a check reports.

Files are those that git knows or would add, so that build folders never count; without git, all files outside build/.
"""

import pathlib
import subprocess
import sys

# kernels < engine < tutor, assistant < app. A layer may use itself and those below; layers of one rank do not know each other.
LAYER_RANK = {"kernels": 0, "engine": 1, "tutor": 2, "assistant": 2, "app": 3}
HEADER_SUFFIXES = {".h", ".cuh"}
SOURCE_SUFFIXES = HEADER_SUFFIXES | {".cpp", ".cu"}


def root():
    return pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()


def files(top):
    """Paths relative to top, sorted."""
    command = ["git", "-C", str(top), "-c", f"safe.directory={top}",
               "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
        paths = [pathlib.Path(name) for name in listed if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [path.relative_to(top) for path in top.rglob("*")]
        paths = [path for path in paths if path.parts[0] not in {"build", ".git"}]
    return sorted({path for path in paths if (top / path).is_file()})


def sources(top):
    return [path for path in files(top) if path.suffix in SOURCE_SUFFIXES]


def lines(top, path):
    return (top / path).read_text(encoding="utf-8").splitlines()


def report(problems, good):
    """Prints the problems, or one line saying what holds, and ends the process with the matching code."""
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems" if problems else good)
    sys.exit(1 if problems else 0)
