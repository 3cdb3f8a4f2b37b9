"""Run the commands that the documentation shows, and put what they print below them.

    python docs/refresh.py           # all pages
    python docs/refresh.py PAGE...   # some of them; those that need a file of another come after it

Every line `$ audioguide …` of a `console` block is run in one scratch copy of `docs/examples`, with the
scratch copy's own cache; what it prints replaces what stands below it in the block.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from itertools import takewhile
from pathlib import Path

from audioguide.draft.prompt import prompt, skill

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
OWN_FOLDERS = {"AUDIOGUIDE_VOICES_DIR": "voices", "AUDIOGUIDE_RECORDINGS": "recordings"}
LONGEST = 24  # lines of one command's output that are shown


def run(command: str, folder: Path) -> str:
    """Return what `command` prints on both streams."""
    arguments = shlex.split(command.removeprefix("audioguide "))
    ran = subprocess.run(
        [sys.executable, "-m", "audioguide", *arguments],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        env=os.environ | OWN_FOLDERS | {"AUDIOGUIDE_CACHE_DIR": str(folder / ".cache"), "NO_COLOR": "1"},
    )  # fmt: skip
    lines = [line.rstrip() for line in ran.stdout.splitlines()]
    # A fence in the output would end the block around it.
    shown = list(takewhile(lambda line: not line.startswith("```"), lines[:LONGEST]))
    return "\n".join(shown + ["…"] * (len(lines) > len(shown)))


def refreshed(page: str, folder: Path) -> str:
    """Return `page` with fresh output in its console blocks."""

    def block(match: re.Match[str]) -> str:
        commands = [line for line in match.group().splitlines() if line.startswith("$ ")]
        return "".join(
            f"{command}\n{run(command[2:], folder)}\n".replace("\n\n", "\n") for command in commands
        )

    return BLOCK.sub(block, page)


def main() -> None:
    """Refresh every page in place, and write the page for chat programs again."""
    (ROOT / "docs" / "llms.txt").write_text(prompt(), encoding="utf-8")
    (ROOT / "docs" / "SKILL.md").write_text(skill(), encoding="utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(shutil.copytree(ROOT / "docs" / "examples", Path(scratch) / "examples"))
        for page in map(Path, sys.argv[1:]) if sys.argv[1:] else PAGES:
            page.write_text(refreshed(page.read_text(encoding="utf-8"), folder), encoding="utf-8")


if __name__ == "__main__":
    main()
