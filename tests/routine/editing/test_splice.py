"""An edit changes what it is about, and nothing else of the text: comments, order and quotes stay."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from audioguide.errors import UsageError
from audioguide.routine.editing.edits import Edit, Way, read_edit
from audioguide.routine.editing.splice import edited
from audioguide.routine.editing.tree import steps_of, tree_of
from audioguide.routine.editing.written import flow, item, scalar
from audioguide.routine.library import SHIPPED
from audioguide.routine.source import parse_source
from tests.tables import every

TEXT = """\
# My own words at the top.
title: 'Hips'   # in quotes
settings:
  hold: {default: 20s, min: 10s, max: 40s, label: each hold}

steps:
  # how it begins
  - say: "Sit down."
    settle: 4s

  # the part itself
  - sides: [left, right]
    steps:
      # line 3
      - say: Bend your {side} knee.
        settle: 3s  # slow
      - hold: $hold
        marks:
          # a soft one
          before_end: {5s: Five more.}
  - rest: 10s
"""


def after(do: Way, at: tuple[str | int, ...], value: Any = None, *, text: str = TEXT, to: Any = ()) -> str:
    return edited(text, Edit(do=do, at=at, value=value, to=to), "mine.yaml")


def changes(new: str, old: str = TEXT) -> tuple[list[str], list[str]]:
    before, now = old.splitlines(), new.splitlines()
    return [each for each in before if each not in now], [each for each in now if each not in before]


def test_a_value_changes_in_its_place() -> None:
    assert changes(after("set", ("title",), "Hips: again")) == (
        ["title: 'Hips'   # in quotes"], ['title: "Hips: again"   # in quotes']
    )  # fmt: skip
    new = after("set", ("steps", 1, "steps", 0, "settle"), "5s")
    assert changes(new) == (["        settle: 3s  # slow"], ["        settle: 5s  # slow"])
    new = after("set", ("settings", "hold", "default"), "25s")
    assert changes(new)[1] == ["  hold: {default: 25s, min: 10s, max: 40s, label: each hold}"]


def test_a_new_key_stands_where_the_language_lists_it() -> None:
    assert "    settle: 4s\n    id: start\n\n" in after("set", ("steps", 0, "id"), "start")
    assert "left, right]\n    switch: 6s\n    steps:" in after("set", ("steps", 1, "switch"), "6s")
    assert "# in quotes\nposition: sitting\nsettings:" in after("set", ("position",), "sitting")
    assert "safety:\n" in (new := after("set", ("safety",), {"notice": "back", "avoid_with": ["flu"]}))
    assert new.index("settings:") < new.index("safety:") < new.index("steps:")
    assert "max: 40s, label: each hold, weight: 0}" in after("set", ("settings", "hold", "weight"), 0)


def test_what_holds_a_new_key_is_added_with_it() -> None:
    assert "  - rest: 10s\n    marks: {countdown: 3}\n" in after("set", ("steps", 2, "marks", "countdown"), 3)
    assert "hold: $hold\n        load: {max: 1m}\n" in after(
        "set", ("steps", 1, "steps", 1, "load", "max"), "1m"
    )


def test_the_first_key_of_a_step_goes_and_the_next_takes_its_place() -> None:
    text = "title: A\nsteps:\n  - id: part\n    # said\n    say: Go.\n"
    assert after("remove", ("steps", 0, "id"), text=text) == "title: A\nsteps:\n  # said\n  - say: Go.\n"


def test_a_step_moves_with_its_comment_into_another_list_and_out_again() -> None:
    inside = after("move", ("steps", 0), to=("steps", 1, "steps", 2))
    assert '      # how it begins\n      - say: "Sit down."\n        settle: 4s\n  - rest: 10s' in inside
    assert after("move", ("steps", 0, "steps", 2), to=("steps", 0), text=inside).count("\n  # how it") == 1
    down = after("move", ("steps", 0), to=("steps", 2))
    assert down.index("# the part itself") < down.index("# how it begins") < down.index("- rest")


def test_the_last_step_leaves_an_empty_list_that_takes_a_step_again() -> None:
    text = "title: A\nsteps:\n  - repeat: 2\n    steps:\n      - say: Go.\n  - rest: 5s\n"
    empty = after("move", ("steps", 0, "steps", 0), to=("steps", 2), text=text)
    assert empty == "title: A\nsteps:\n  - repeat: 2\n    steps: []\n  - rest: 5s\n  - say: Go.\n"
    assert after("move", ("steps", 2), to=("steps", 0, "steps", 0), text=empty) == text


def test_a_step_is_copied_wrapped_and_unwrapped() -> None:
    assert after("copy", ("steps", 0)).count('# how it begins\n  - say: "Sit down."') == 2
    wrapped = after("wrap", ("steps", 0), {"repeat": 3})
    assert '  - repeat: 3\n    steps:\n      # how it begins\n      - say: "Sit down."\n' in wrapped
    assert after("unwrap", ("steps", 0), text=wrapped) == TEXT.replace(
        "    settle: 4s\n\n", "    settle: 4s\n\n"
    )


def test_a_key_is_renamed_and_a_comment_accepted() -> None:
    new = after("rename", ("steps", 1, "steps", 1, "marks", "before_end", "5s"), "10s")
    assert "before_end: {10s: Five more.}" in new
    assert changes(after("accept", ("steps", 0), 0)) == (["  # how it begins"], [])


def test_steps_in_brackets_become_lines() -> None:
    text = "title: A\nsteps: [{say: Go.}, {hold: 5s}]\n"
    assert after("insert", ("steps", 1), {"rest": "3s"}, text=text) == (
        "title: A\nsteps:\n  - say: Go.\n  - rest: 3s\n  - hold: 5s\n"
    )


def test_a_text_of_many_lines_is_replaced_whole() -> None:
    text = "title: A\nsteps:\n  - say: >\n      Go\n      on.\n  # then\n  - hold: 5s\n"
    assert after("set", ("steps", 0, "say"), "Stop.", text=text) == (
        "title: A\nsteps:\n  - say: Stop.\n  # then\n  - hold: 5s\n"
    )


def test_json_stays_json() -> None:
    new = edited('{"title": "A", "steps": [{"say": "Go."}]}', Edit(do="copy", at=("steps", 0)), "a.json")
    assert new.startswith('{\n  "title": "A"')
    assert parse_source(new, "a.json").data["steps"][1]["say"] == "Go."


@every("at", [("steps", 9), ("steps", 0, "say", "x"), ("steps", "0"), ("nothing", "x", 3)])
def test_a_place_that_is_not_there_is_refused(at: tuple[str | int, ...]) -> None:
    with pytest.raises(UsageError, match="reload"):
        after("remove", at)


def test_a_step_does_not_go_into_itself() -> None:
    with pytest.raises(UsageError, match="into itself"):
        after("move", ("steps", 1), to=("steps", 1, "steps", 0))


@every(
    "data", [None, {}, {"do": "burn"}, {"do": "set"}, {"do": "set", "at": [1.5]}, {"do": "set", "at": [None]}]
)
def test_what_is_no_edit_is_refused(data: object) -> None:
    with pytest.raises(UsageError):
        read_edit(data)


@every(
    "text",
    ["yes: no", "a # b", "- x", "null", "10", "1e3", "", " lead", "{side} knee", "it's", "é 🙂", "x:"],
)
def test_any_text_is_written_so_that_it_reads_the_same(text: str) -> None:
    for written in (f"a: {scalar(text)}", f"a: {flow([text, text])}"):
        found = parse_source(written, "a.yaml").data["a"]
        assert (found[0] if isinstance(found, list) else found) == text


def test_short_things_stay_on_a_line() -> None:
    assert item({"hold": "20s", "marks": {"at": {"5s": "Five."}}}, 2) == [
        "- hold: 20s", "    marks:", "      at: {5s: Five.}"
    ]  # fmt: skip


def _random_edit(data: Any, chance: random.Random) -> Edit:
    places = [path for path, _ in steps_of(data)]
    place, other = chance.choice(places), chance.choice(places)
    nests = [path for path, step in steps_of(data) if "steps" in step]
    within = other[: len(place)] == place
    return chance.choice([
        Edit(do="wrap", at=place, value={"repeat": 3}),
        Edit(do="set", at=(*place, "id"), value=chance.choice(["a", "x: y", "[z"])),
        Edit(do="insert", at=place, value={"repeat": 2, "steps": [{"say": "Go: on."}, {"hold": "5s"}]}),
        Edit(do="copy", at=place), Edit(do="remove", at=place),
        Edit(do="unwrap", at=chance.choice(nests)) if nests else Edit(do="copy", at=place),
        Edit(do="copy", at=place) if within else Edit(do="move", at=place, to=other),
    ])  # fmt: skip


def _edited_at_random(path: Path, times: int) -> None:
    chance = random.Random(path.stem)
    text = path.read_text(encoding="utf-8")
    for _ in range(times):
        edit = _random_edit(tree_of(text, path.name).data, chance)
        new = edited(text, edit, path.name)  # it is compared with the data that is wanted
        if edit.do not in ("remove", "unwrap"):
            lost = [each for each in text.splitlines() if "#" in each and each.strip() not in new]
            assert lost == [], edit
        text = new


BRACES = """\
title: Breath
steps:
  # above
  - breathe: {in: 4s,  # through the nose
      out: 6s,
      # as long as it is easy
      cycles: 6}  # a minute
  - say: "It # is not a remark."
"""


def test_remarks_in_braces_go_above_what_is_written_again() -> None:
    new = after("set", ("steps", 0, "breathe", "hold_in"), "2s", text=BRACES)
    head = new[: new.index("breathe:")]
    for remark in ("above", "through the nose", "as long as it is easy", "a minute"):
        assert head.count(f"# {remark}\n") == 1
    assert new.count("#") == BRACES.count("#")
    again = after("set", ("steps", 0, "breathe", "hold_out"), "1s", text=new)
    assert again.count("#") == new.count("#")


def test_a_remark_behind_a_value_that_becomes_a_mapping_stays() -> None:
    new = after("set", ("steps", 1, "steps", 0, "settle"), {"default": "3s"})
    assert "# slow" in new


def test_what_is_removed_takes_its_remark_along() -> None:
    text = "title: One\nsteps:\n  - say: Go.  # only this\n"
    assert "only this" not in after("remove", ("steps", 0), text=text)


def test_any_edit_of_a_shipped_routine_keeps_its_comments() -> None:
    for name in ("knee-to-chest", "cat-stretch"):
        _edited_at_random(SHIPPED / f"{name}.yaml", 6)


@pytest.mark.slow
def test_any_edit_of_shipped_routines_keeps_their_comments() -> None:
    for path in sorted(SHIPPED.glob("*.yaml"))[::6]:
        _edited_at_random(path, 8)
