"""Check the prose of the project against the words in terms.toml.

python -m docs.prose           # everything
python -m docs.prose FILE ...  # these files
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from docs.prose.files import prose_files
from docs.prose.findings import findings, register
from docs.prose.terms import load


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each finding with its line and a plainer wording; return 1 if there is one."""
    parser = argparse.ArgumentParser(
        prog="python -m docs.prose", description="Check that the words are plain."
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="default: all files")
    files = [path.resolve() for path in parser.parse_args(arguments).files] or prose_files()
    register(load())
    found = [line for path in files for line in findings(path)]
    print(*found, f"{len(files)} files, {len(found)} findings.", sep="\n")  # noqa: T201 - its only output
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
