"""The top level is exactly what the design says; nothing else is ever added there."""

import source_tree

FOLDERS = {"app", "assistant", "engine", "kernels", "packaging", "resources", "tests", "tutor"}
FILES = {"ARCHITECTURE.md", "CMakeLists.txt", "CMakePresets.json", "CONTRIBUTING.md", "LICENSE", "README.md",
         "THIRD-PARTY-NOTICES.md"}


def main():
    paths = source_tree.files(source_tree.root())
    folders = {path.parts[0] for path in paths if len(path.parts) > 1 and not path.parts[0].startswith(".")}
    files = {path.name for path in paths if len(path.parts) == 1 and not path.name.startswith(".")}
    problems = [f"{name} does not belong at the top level" for name in sorted((folders - FOLDERS) | (files - FILES))]
    problems += [f"{name} is missing at the top level" for name in sorted(FILES - files)]
    source_tree.report(problems, f"top level: {len(folders)} folders and {len(files)} files, as designed")


main()
