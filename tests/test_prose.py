"""The prose linter: what it reads, and what it finds there."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.prose.findings import findings, register
from docs.prose.terms import load
from tests.tables import every

pytest.importorskip("proselint")


@every(
    "name, text, places",
    [
        ("a.md", "# Knobs\n\nA file is told anew.\n", ["1:3", "3:8", "3:16"]),
        ("a.md", "```\nanew\n```\n\nSee `anew` and [this](anew.md).\n", []),
        ("a.md", "| a |\n|---|\n| it is\nanew |\n", ["4:1"]),
        (
            "a.py",
            '"""Make it anew."""\nanew = "whoever"\nprint("Whoever comes")  # mend\n',
            ["1:12", "3:8", "3:27"],
        ),
        ("a.py", 'x = f"the file {anew} is no routine: " f"it is " "told so"\n', ["1:23", "1:45"]),
        ("a.yaml", "summary: Turn anew.\nsteps:\n  - say: Begin anew.  # anew\n", ["1:15", "3:25"]),
        ("a.html", '<p class="knob line">A {{ knob }} and a knob.</p>\n', ["1:41"]),
        (
            "tests/a.py",
            'def test_it_is_told() -> None:\n    """Mend it."""\n    f("anew it is")\n',
            ["1:13", "2:8"],
        ),
    ],
)
def test_only_prose_is_checked(tmp_path: Path, name: str, text: str, places: list[str]) -> None:
    register(load())
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    found = [line.removeprefix(f"{path}:").split(": ")[0] for line in findings(path)]
    assert found == places


def test_a_finding_names_a_plainer_word(tmp_path: Path) -> None:
    register(load())
    (tmp_path / "a.md").write_text("Save it anew.\n", encoding="utf-8")
    [line] = findings(tmp_path / "a.md")
    assert line.endswith("“anew”: write again, new, or re-…")
