"""In every text that is spoken or shown, a placeholder is filled, or refused in its place."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from audioguide.compiler.compile import compile
from audioguide.errors import RoutineError
from audioguide.export.script_json import dump
from audioguide.export.script_text import script_text
from audioguide.listener.options import Options
from audioguide.routine.language import document, model
from audioguide.routine.language.base import Strict
from audioguide.routine.load import load
from audioguide.script.choices import Guidance
from tests.conftest import Write, laid_out
from tests.slow import first
from tests.tables import every

# Every key of the language, with a text where one can stand. What is new belongs in here.
EVERYTHING: dict[str, Any] = {
    "title": "Everything",
    "summary": "All at once.",
    "position": "lying",
    "body": ["back"],
    "equipment": ["a mat"],
    "level": "gentle",
    "phase": "stretch",
    "source": [
        {"name": "a leaflet", "note": "page two", "url": "example"},
        {"name": "a book", "address": "https://example.org/book", "says": "hold 20 s, twice"},
    ],
    "settings": {
        "hold": {
            "default": "20s", "min": "5s", "max": "30s", "label": "each hold", "source": "ours",
            "weight": 1, "step": "5s",
            "load": {"min": "5s", "max": "2m"},
        },
        "reps": {"default": 2, "min": 1, "max": 3},
    },
    "length": {"default": "12m", "min": "1m", "max": "20m", "label": "all", "source": "ours"},
    "doses": {"little": {"hold": "10s"}},
    "safety": {"notice": "none", "closing": "none", "avoid_with": ["a fever"], "rules": ["R1"]},
    "voice": {"name": "en-us", "rate": 120, "pitch": 50, "warm": True},
    "voices": {"counter": {"name": "en-gb", "rate": 130, "pitch": 40, "warm": False}},
    "profile": "standard",
    "seed": 3,
    "bed": "rain",
    "bed_volume": -3,
    "sounds": {"gong": {"file": "bowl", "volume": "-3dB"}, "start": "bell"},
    "chimes": {"volume": "-1dB", "explain": True},
    "welcome": "Welcome to everything.",
    "progress": True,
    "say_as": {"asana": "AH-suh-nuh", "yoga": {"en": "YOH-guh"}},
    "allow": {"long-silence": "It is the point."},
    "steps": [
        {"chapter": "First", "id": "first", "bed": "brown", "bed_volume": 2, "profile": "quiet"},
        {
            "repeat": 2,
            "rest": "5s",
            "exact": False, "shuffle": False,
            "grow": {"hold": {"by": "1s"}},
            "steps": [
                {
                    "sides": ["left", "right"],
                    "switch": "6s",
                    "steps": [
                        {
                            "say": "Lift one arm.", "short": "The arm.",
                            "first": "An arm.", "last": "One more.", "minimal": "Arm.", "settle": "2s",
                            "gap": "1s", "enter": True,
                        },
                        {
                            "say": {"left": "Left arm.", "right": "Right arm."},
                            "short": {"left": "Left.", "right": "Right."},
                        },
                        {
                            "hold": "$hold",
                            "chime": {"start": "bell", "end": "bowl"},
                            "marks": {
                                "halfway": {"say": "Half.", "voice": "counter"},
                                "before_end": {"4s": {"chime": "tick"}},
                                "at": {"6s": "Breathe on."},
                                "every": {"40s": "Still."},
                                "countdown": {"from": 2, "chime": "tick"},
                            },
                        },
                        {
                            "hold": {"breaths": 2, "in": "6s", "full": "3s", "out": "6s", "empty": "3s"},
                            "marks": {"breaths": {"in": "In.", "full": "On.", "out": "Out.", "empty": "No."}},
                        },
                        {"say": "Lower it.", "settle": "2s", "release": True},
                        {"say": ["Rest it.", "Let it lie."], "into": "back", "alone": True},
                    ],
                }
            ],
        },
        {"repeat": 1, "grow": {"hold": {"to": "25s"}}, "steps": [{"gap": "1s"}]},
        {"sides": ["both"], "steps": [{"say": {"both": "Both arms."}}]},
        {
            "breathe": {
                "in": "4s", "full": "2s", "out": "6s", "empty": "2s", "cycles": 2, "voice": "all",
                "tone": True,
                "halfway": "Half of it.",
                "last": "The last one.",
                "words": {"in": "In now.", "full": "Full.", "out": "Out now.", "empty": "Empty."},
            }
        },
        {"breathe": {"in": "4s", "out": "6s", "for": "20s"}},
        {"include": "knee-to-chest", "settings": {"hold": "20s"}},
        {"chime": "gong", "gap": "1s"},
        {
            "rest": "20s", "exact": True, "chime": {"start": "tick", "end": "bell"},
            "marks": {"at": {"8s": "Get ready."}},
        },
        {"voice": "counter", "count": ["Down", "none"], "tempo": 40, "reps": 2, "chime": "tick"},
        {"say": "Noch einmal.", "voice": {"name": "de", "rate": 110, "pitch": 45, "warm": True}},
        {"hold": "9s", "marks": {"countdown": {"from": 2, "voice": "guide"}}},
        {"rest": "30s", "marks": {"tempo": {"beats": 60, "chime": "tick"}}},
        {"rest": "40s", "marks": {"random": {"chime": "bell", "min": "8s", "max": "9s"}}},
        {"settle": "1s"},
        {"switch": "6s"},
    ],
}  # fmt: skip
FREE_KEYS = {"doses", "sounds", "say_as", "allow"}  # mappings whose keys are the author's words
# {hold} has a value where a hold follows; here, one does, in the same steps.
LEVELS: tuple[Guidance, ...] = ("full", "fade", "short", "minimal", "chimes")

Keys = tuple[object, ...]


def _texts(value: Any, path: Keys = ()) -> Iterator[Keys]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))
    elif isinstance(value, str):
        yield path


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _keys(inner)
    for inner in value if isinstance(value, list) else ():
        yield from _keys(inner)


def _changed(path: Keys, change: Callable[[str], str]) -> tuple[str, int]:
    """Return the document as JSON (which is YAML), one value a line, with one text changed; and its line."""
    changed: Any = copy.deepcopy(EVERYTHING)
    node = changed
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = "@@" + node[path[-1]]
    lines = json.dumps(changed, indent=1).splitlines()
    [line] = [number for number, each in enumerate(lines) if "@@" in each]
    node[path[-1]] = change(node[path[-1]][2:])
    return json.dumps(changed, indent=1), line + 1


def _made(path: Path, levels: tuple[Guidance, ...]) -> tuple[list[int], list[str]]:
    """Return the lines that are refused, or all that is shown and spoken of a routine."""
    try:
        routine = load(path)
        shown = [repr(value) for key, value in routine.document if key != "steps"]
        for guidance in levels:
            timeline = laid_out(compile(routine, Options(guidance=guidance)))
            shown += [dump(timeline), script_text(timeline)]
    except RoutineError as error:
        return [fault.line for fault in error.faults], []
    return [], shown


def test_the_sample_has_every_key_of_the_language() -> None:
    models = [
        value
        for value in [*vars(model).values(), *vars(document).values()]
        if isinstance(value, type) and issubclass(value, Strict)
    ]
    assert {key for each in models for key in each.known_keys()} - set(_keys(EVERYTHING)) == set()


def test_the_sample_itself_is_fine(write: Write) -> None:
    for guidance in LEVELS:
        assert compile(load(write(json.dumps(EVERYTHING, indent=1))), Options(guidance=guidance)).cues


@every("path", _texts(EVERYTHING))
def test_an_unknown_placeholder_is_refused_in_its_place(write: Write, path: Keys) -> None:
    text, line = _changed(path, lambda value: f"{value} {{oops}}")
    with pytest.raises(RoutineError) as caught:
        compile(load(write(text)))
    assert line in [fault.line for fault in caught.value.faults], caught.value


@every(
    ("name", "levels", "nth"),
    first(1, [("side", LEVELS[:1], 4), *product(("side", "hold", "rep", "reps"), [LEVELS], [1])]),
    at_once=1,
)
def test_a_known_one_is_filled_or_refused(
    write: Write, name: str, levels: tuple[Guidance, ...], nth: int
) -> None:
    for path in [*_texts(EVERYTHING)][::nth]:
        text, line = _changed(path, lambda value: f"{value} {{{name}}}")
        refused, shown = _made(write(text), levels)
        assert line in refused if refused else not [each for each in shown if f"{{{name}}}" in each], path


@every("key", sorted(FREE_KEYS))
def test_names_of_ones_own_are_texts_as_well(write: Write, key: str) -> None:
    changed = copy.deepcopy(EVERYTHING)
    changed[key] = {f"{name} {{side}}": value for name, value in changed[key].items()}
    with pytest.raises(RoutineError, match=r"\{side\}"):
        load(write(json.dumps(changed, indent=1)))


def test_words_of_breaths_are_filled_on_each_side(routine: Callable[..., Any]) -> None:
    steps = """
  - sides: [left, right]
    steps:
      - breathe: {in: 4s, out: 6s, cycles: 1, words: {in: "In, {side}.", out: "Out, {other_side}."}}
"""
    texts = [cue.text for cue in compile(routine(steps)).cues if cue.text]
    assert texts == ["In, left.", "Out, right.", "In, right.", "Out, left."]


def test_the_place_of_each_is_marked(write: Write) -> None:
    words = "{in: 4s, out: 6s, cycles: 1, words: {out: 'Out, {oops}.'}}"
    text = f"title: Knee {{side}}\nsteps:\n  - breathe: {words}\n"
    with pytest.raises(RoutineError) as caught:
        load(write(text))
    marked = [fault.source[fault.column - 1 :][: fault.width] for fault in caught.value.faults]
    assert sorted(marked) == ["{oops}", "{side}"]
    assert re.search(r"'\{side\}' is not filled in `title`", str(caught.value))


@every(
    ("text", "step"),
    [
        ("Rest. [pause 10s] Go.", "- gap: 10s"),
        ('Rest. <break time="500ms"/> Go.', "- gap: 0.5s"),
        ("Rest. (pause) Go.", "- gap: 3s"),
        ("Rest. [pause 2 minutes] Go.", "- gap: 120s"),
        ("Rest. {pause 2s} Go.", "- gap: 2s"),
    ],
)
def test_a_pause_tag_is_refused_with_the_step_to_write(write: Write, text: str, step: str) -> None:
    with pytest.raises(RoutineError) as caught:
        load(write(f"title: T\nsteps:\n  - say: >\n      Lie down.\n      {text}\n"))
    assert f"`{step}`" in str(caught.value)
    assert caught.value.faults[0].line == 5


@every("text", ["🧘", "https://example.org/a", "**", "<br/>"])
def test_a_text_of_which_nothing_is_spoken_is_refused(write: Write, text: str) -> None:
    with pytest.raises(RoutineError, match="cannot be spoken"):
        load(write(f"title: T\nsteps:\n  - say: '{text}'\n"))


@every(("reps", "said"), [(1, "once"), (2, "twice"), (3, "3 times")])
def test_how_often_is_said_as_people_do(reps: int, said: str, write: Write) -> None:
    made = compile(
        load(write(f"title: T\nsteps:\n  - repeat: {reps}\n    steps:\n      - say: Do it {{times}}.\n"))
    )
    assert f"Do it {said}." in [cue.text for cue in made.cues]


def test_a_setting_that_is_called_times_keeps_its_value(write: Write) -> None:
    steps = "steps:\n  - repeat: 2\n    steps:\n      - say: Do it {times}.\n"
    text = f"title: T\nsettings: {{times: {{default: 5}}}}\n{steps}"
    assert "Do it 5." in [cue.text for cue in compile(load(write(text))).cues]


@every("written", ["$hold", "${hold}", "${ hold }", "%hold%", "{{hold}}", "$side"])
@every("where", ["say", "mark", "chapter"])
def test_a_placeholder_as_other_programs_write_it_is_refused(write: Write, written: str, where: str) -> None:
    texts = dict.fromkeys(["say", "mark", "chapter"], "Stay.") | {where: f"Stay for {written} now."}
    steps = (
        f"  - chapter: '{texts['chapter']}'\n  - say: '{texts['say']}'\n"
        f"  - hold: $hold\n    marks: {{halfway: '{texts['mark']}'}}\n"
    )
    with pytest.raises(RoutineError) as caught:
        load(write(f"title: T\nsettings: {{hold: {{default: 9s}}}}\nsteps:\n{steps}"))
    name = "side" if "side" in written else "hold"
    assert [(fault.found, fault.allowed) for fault in caught.value.faults] == [
        (
            f"'{written}' is not filled in a text",
            f"write {{{name}}}: in a text, a placeholder has single braces",
        )
    ]


def test_dollars_and_percents_are_not_placeholders(write: Write) -> None:
    load(write("title: T\nsteps:\n  - say: 'That is $5, or $USD, 100% sure, {{so}} to say.'\n"))


def test_what_looks_like_a_placeholder_is_refused_at_its_place(write: Write) -> None:
    """No format of Python leaks in, and the spellings of other programs are named."""
    wrong = [
        "{hold:d}", "{hold:>9}", "{hold!r}", "{hold.real}", "{hold[0]}", "{hold:{reps}}", "{ hold }",
        "{Hold}", "{}", "{0}", "{hold", "hold}", "{{hold}}", "{{{hold}}}", "${hold}", "$hold", "%hold%",
        "%(hold)s", "[hold]", "<hold>", "\\uff5bhold\\uff5d",
    ]  # fmt: skip
    missed = []
    for text in wrong:
        for steps in (
            f'  - say: "Stay for {text} now."\n  - hold: $hold\n',
            f'  - say: Stay.\n  - hold: $hold\n    marks: {{halfway: "Stay for {text} now."}}\n',
        ):
            path = write(f"title: T\nsettings: {{hold: {{default: 20s}}}}\nsteps:\n{steps}")
            try:
                load(path)
            except RoutineError as error:
                if {fault.line for fault in error.faults} <= {4, 6}:
                    continue
            missed.append((text, steps))
    assert missed == []
    for text in ("in [3s] and out", "a < b", "5 % more", "10% hold", "[stay]"):
        load(write(f'title: T\nsteps:\n  - say: "Stay {text}."\n'))
