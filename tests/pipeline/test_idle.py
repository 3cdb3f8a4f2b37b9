"""What is asked for in vain is named, and is not in the receipt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from audioguide.listener.layers import Layer
from audioguide.listener.options import Options
from audioguide.listener.request import request
from audioguide.pipeline.build import build
from audioguide.reading.lexicon import Saying
from audioguide.routine.load import load_text
from audioguide.script.script import Script
from tests.tables import every

ROUTINE = """
title: T
safety: {notice: none, closing: none}
settings: {stay: {default: 20s}, unused: {default: 20s}}
steps:
  - say: Sit in an asana.
  - hold: $stay
    id: seat
  - say: Rise.
    id: end
  - hold: 5s
    id: end
  - rest: 5s
"""
VAIN = "has no effect: "


def built(*, origin: str = "anna.yaml", **options: Any) -> Script:
    routine = load_text(ROUTINE, Path("seat.yaml"))
    return build(request(routine, [Layer(origin, Options(**options))]))


@every(
    ("options", "note"),
    [
        ({"settings": {"unused": "30s"}}, "settings.unused has no effect: no step of 'seat' uses"),
        (
            {"settings": {"stay": "30s"}, "skip": ("seat",)},
            "settings.stay has no effect: what uses the setting 'stay' is skipped",
        ),
        ({"bed_volume": -3.0}, "bed_volume has no effect: there is no bed"),
        ({"say_as": {"asena": Saying({"": "ah"})}}, "say_as.asena has no effect: no text in 'seat' contains"),
        ({"explain_chimes": True}, "explain_chimes has no effect: 'seat' has no opening words"),
    ],
)
def test_what_is_asked_for_in_vain_is_a_note(options: dict[str, Any], note: str) -> None:
    script = built(**options)
    [found] = [each for each in script.notes if VAIN in each]
    assert found.startswith(note)
    assert not set(script.origins) & {"unused", "stay", "bed_volume", "explain_chimes"}


@every(
    "options",
    [
        {"settings": {"stay": "30s"}},
        {"settings": {"stay": "30s"}, "skip": ("end",)},
        {"bed": "brown", "bed_volume": -3.0},
        {"say_as": {"asana": Saying({"": "ah"}), "Rise": Saying({"": "ryes"})}},
        {"rate": 110, "guidance": "minimal"},
    ],
)
def test_what_has_its_effect_is_none(options: dict[str, Any]) -> None:
    assert not [each for each in built(**options).notes if VAIN in each]


def test_personal_defaults_are_for_all_routines() -> None:
    assert built(origin="/home/config.yaml", bed_volume=-3.0).notes == ()


def test_a_setting_that_nothing_uses_is_not_in_the_script() -> None:
    assert built(settings={"stay": "30s", "unused": "40s"}).settings == {"stay": "30s"}
