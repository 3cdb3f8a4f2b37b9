"""Put the pages into one folder for Sphinx, with links that lead to pages of the site."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from docs.site.nav import ELSEWHERE, MADE, NAV

ROOT = Path(__file__).parents[2]
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
_FENCE = re.compile(r"(?ms)^(```.*?^```)")
_OUTSIDE = re.compile(r"[a-z]+:|#")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site: `name` without `.md`, its Markdown, and the section it is in."""

    name: str
    text: str
    section: str

    @property
    def title(self) -> str:
        """Return its first heading."""
        return next(line[2:] for line in self.text.splitlines() if line.startswith("# "))

    @property
    def summary(self) -> str:
        """Return its first sentence, without links."""
        paragraphs = [each.strip() for each in _FENCE.sub("", self.text).split("\n\n")]
        prose = (each for each in paragraphs if each and not each.startswith(("#", "|", "!", "- ", ">")))
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(next(prose, "").split()))
        return re.split(r"(?<=[.!?]) ", plain, maxsplit=1)[0]


def sources() -> dict[str, Path]:
    """Return the file of each page that is written by hand, by the name of the page."""
    names = [name for names in NAV.values() for name in names if name not in MADE]
    notes = {f"notes/{path.stem}": path for path in sorted((ROOT / "docs/notes").glob("*.md"))}
    return {name: ROOT / ELSEWHERE.get(name, f"docs/{name}.md") for name in names} | notes


def relinked(name: str, text: str, folder: Path) -> str:
    """Return the Markdown of page `name` with links for the site; other files go to `folder`/files.

    A link to what the site does not have (a folder of the repository) becomes plain text.
    """
    pages = {path: each for each, path in sources().items()} | {ROOT / "README.md": "index"}
    # The same page, with the head of a SKILL.md.
    pages[ROOT / "docs/SKILL.md"] = "write-a-routine"
    source = sources()[name]

    def link(match: re.Match[str]) -> str:
        mark, label, target = match.groups()
        if _OUTSIDE.match(target):
            return match.group()
        path, hash_, anchor = target.partition("#")
        file = Path(os.path.normpath(source.parent / path))
        here = Path(name).parent
        if file in pages:
            return f"{mark}[{label}]({os.path.relpath(f'{pages[file]}.md', here)}{hash_}{anchor})"
        if not file.is_file():
            if not file.exists():
                raise FileNotFoundError(f"{source}: the link to {target} leads nowhere")
            return label
        kept = folder / "files" / file.name
        kept.parent.mkdir(exist_ok=True)
        shutil.copy(file, kept)
        return f"{mark}[{label}]({os.path.relpath(f'files/{file.name}', here)})"

    parts = _FENCE.split(text)  # what stands in a code block is not a link
    return "".join(part if part.startswith("```") else _LINK.sub(link, part) for part in parts)


def pages(folder: Path) -> list[Page]:
    """Return the pages that are written by hand, for the site in `folder`."""
    section = {name: section for section, names in NAV.items() for name in names}
    return [
        Page(name, relinked(name, path.read_text(encoding="utf-8"), folder), section.get(name, ""))
        for name, path in sources().items()
    ]
