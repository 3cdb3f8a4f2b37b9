"""Which files have prose."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]

FOLDERS = ("audioguide", "benchmarks", "docs", "examples", "library", "sounds", "tests")
ENDINGS = frozenset({".md", ".py", ".html", ".js", ".yaml", ".toml"})

# History; made from other files, which are checked; the words of others; or data of tests.
LEFT_OUT = (
    "CHANGELOG.md",
    "docs/library.md",
    "docs/llms.txt",
    "docs/prose/terms.toml",
    "docs/sound.md",
    "tests/draft/leaflets",
    "tests/lint/fixtures",
    "tests/stored",
    "tests/truth/fixtures",
)


def prose_files() -> list[Path]:
    """Return every file that is checked, sorted."""
    inside = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))
    top = (path for path in ROOT.glob("*") if path.suffix in {".md", ".toml"})
    return sorted(path for path in (*inside, *top) if path.suffix in ENDINGS and _checked(path))


def _checked(path: Path) -> bool:
    name = path.relative_to(ROOT).as_posix()
    return not name.startswith(LEFT_OUT) and "__pycache__" not in name
