"""Every number of a routine is its source's, or says that it is ours."""

from __future__ import annotations

from audioguide.routine.load import load
from library.numbers import stray_numbers
from tests.conftest import Write
from tests.shipped import NAMES, shipped
from tests.tables import every

SAYS = "hold 15 to 30 seconds, 2 to 4 times on each side; breathe in for 4 s and out for 6 s"


def strays(write: Write, settings: str, step: str = "hold: $hold", says: str = SAYS) -> list[str]:
    text = (
        f'title: T\nsource: {{name: A leaflet, says: "{says}"}}\n'
        f"settings:\n  hold: {{default: 20s, source: A leaflet}}\n{settings}\nsteps:\n  - {step}\n"
    )
    return [stray.where for stray in stray_numbers(load(write(text)).document)]


@every("name", NAMES)
def test_every_number_that_ships_is_in_what_its_source_says_or_is_ours(name: str) -> None:
    assert stray_numbers(shipped(name).document) == []


@every(
    ("setting", "stray"),
    [
        ("{default: 20s, min: 15s, max: 30s, source: A leaflet}", False),
        ("{default: 20s, min: 15s, max: 30s, source: a LEAFLET}", False),
        ("{default: 40s, source: A leaflet}", True),
        ("{default: 20s, max: 40s, source: A leaflet}", True),
        ("{default: 20s, min: 10s, source: A leaflet}", True),
        ("{default: 3, min: 2, max: 4, source: A leaflet}", False),
        ("{default: 3, min: 1, max: 4, source: A leaflet}", True),
        ('{default: 3, min: 1, max: 9, source: "A leaflet; fewer and more is ours"}', False),
        ('{default: 9, min: 1, max: 9, source: "A leaflet; fewer and more is ours"}', True),
        ('{default: 99, source: "ours: as often as you like"}', False),
        ("{default: 99}", True),
        ("{default: 20s, source: A book}", True),
    ],
)
def test_a_setting_is_its_sources_or_ours(write: Write, setting: str, stray: bool) -> None:
    assert strays(write, f"  x: {setting}") == (["x"] if stray else [])


@every(
    ("step", "stray"),
    [
        ("hold: 20s", []),
        ("hold: 45s", ["hold"]),
        ("repeat: 3\n    steps: [{hold: $hold}]", []),
        ("repeat: 9\n    steps: [{hold: $hold}]", ["repeat"]),
        ("count: 4\n    reps: 9", ["reps"]),
        ("breathe: {in: 4s, out: 6s, cycles: 4}", []),
        ("breathe: {in: 4s, out: 7s, cycles: 4}", ["breathe"]),
        ("breathe: {in: 4s, out: 6s, cycles: 40}", ["breathe"]),
        ("breathe: {in: 4s, out: 6s, for: 3m}", ["breathe"]),
        ("hold: {breaths: 3, in: 4s, out: 6s}", []),
        ("sides: [left, right]\n    steps: [{repeat: 7, steps: [{hold: 1s}]}]", ["repeat", "hold"]),
    ],
)
def test_what_is_written_into_a_step_is_the_sources(write: Write, step: str, stray: list[str]) -> None:
    assert strays(write, "", step) == stray


def test_a_pace_in_breaths_a_minute_gives_the_parts_of_a_breath(write: Write) -> None:
    step = "breathe: {in: 4s, out: 6s, cycles: 30}"
    assert strays(write, "", step, "hold 20 s; 6 breaths a minute, 30 breaths") == []
    assert strays(write, "", step, "hold 20 s; 30 breaths") == ["breathe", "breathe"]


def test_without_what_a_source_says_nothing_is_compared(write: Write) -> None:
    text = (
        "title: T\nsource: {name: A}\nsettings: {x: {default: 9}}\nsteps: [{repeat: $x, steps: [{gap: 1s}]}]"
    )
    assert stray_numbers(load(write(text)).document) == []
