"""The page for chat programs: its examples compile, and the documentation has the same text."""

from __future__ import annotations

import re
from pathlib import Path

from audioguide.compiler.compile import compile
from audioguide.draft.prompt import prompt, skill
from audioguide.lint.table import lint
from audioguide.routine.language.document import Document
from audioguide.routine.load import load
from audioguide.vocabulary.vocabulary import vocabulary
from tests.conftest import Write
from tests.tables import every

DOCS = Path(__file__).parent.parent.parent / "docs"
EXAMPLES = re.findall(r"```yaml\n(.*?)```", prompt(), re.DOTALL)


def test_there_are_three_examples() -> None:
    assert len(EXAMPLES) == 3


@every("example", EXAMPLES)
def test_every_example_compiles_and_no_check_finds_anything(example: str, write: Write) -> None:
    routine = load(write(example))
    script = compile(routine)
    assert script.cues
    assert lint(routine, script) == ()


def test_the_documentation_has_the_same_text() -> None:
    assert (DOCS / "llms.txt").read_text(encoding="utf-8") == prompt()
    assert (DOCS / "SKILL.md").read_text(encoding="utf-8") == skill()


def test_it_is_one_page_and_every_bound_is_filled_in() -> None:
    assert len(prompt()) < 7000
    assert not re.search(r"@[A-Z]+@", prompt())


def test_its_keys_are_keys_of_the_language() -> None:
    block = re.search(r"```text\n(.*?)```", prompt(), re.DOTALL)
    assert block
    keys = set(re.findall(r"(?:^| {3,})([a-z]+):", block[1], re.MULTILINE))
    assert {"level", "phase", "source", "body", "equipment"} <= keys
    assert keys - set(Document.known_keys()) - {"hold", "reps"} <= {"notice", "closing"}


def test_it_names_every_word_of_the_vocabulary_that_a_file_may_use() -> None:
    page = prompt()
    for kind in ("level", "phase", "body", "equipment"):
        assert [name for name in vocabulary().names[kind] if name not in page] == []


def test_the_examples_use_what_the_page_explains() -> None:
    whole = "".join(EXAMPLES)
    for key in (
        "level:",
        "phase:",
        "says:",
        "into:",
        "short:",
        "last:",
        "alone:",
        "marks:",
        "sides:",
        "breathe:",
    ):
        assert key in whole, key
