"""Tags of a timeline: what made it, in words and as a hash that can be compared."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import mutagen.id3
from tinytag import TinyTag

from audioguide.export.languages import three_letters, two_letters
from audioguide.export.tagging import tags_of
from audioguide.pipeline.render import render
from audioguide.routine.language.notices import ADVICE
from audioguide.script.script import Script, VoiceChoice
from tests.conftest import laid_out
from tests.tables import every

id3: Any = mutagen.id3
Make = Callable[..., Script]


def test_the_comment_has_settings_the_hash_of_the_script_and_the_notice(script: Make, tmp_path: Path) -> None:
    head = "settings: {hold: {default: 20s, min: 5s, max: 30s, source: ours}}"
    made = replace(script("  - say: Rest.\n  - hold: $hold", head), voice=VoiceChoice(engine="tone"))
    receipt = render(made, tmp_path)
    digest = hashlib.sha256(receipt.script.read_bytes()).hexdigest()[:16]
    wanted = f"For information only; not medical advice. {ADVICE} Settings: hold 20s. Timed script: {digest}."
    assert TinyTag.get(receipt.mp3).comment == wanted
    found = id3.ID3(receipt.mp3, translate=False)
    assert str(found["TLEN"]) == str(receipt.timeline.length * 4)
    assert found["APIC:Cover"].data.startswith(b"\x89PNG")
    assert "TYER" not in found


def test_beyond_the_bounds_is_in_the_comment(script: Make) -> None:
    tags = tags_of(laid_out(replace(script("  - hold: 5s"), beyond_bounds=("hold",))))
    assert "Beyond the bounds of the routine: hold." in tags.comment


@every(
    ("voice", "two", "three"),
    [
        ("en-us", "en", "eng"), ("gmw/de", "de", "ger"), ("en-us+f3", "en", "eng"),
        ("fr_FR-siwis-medium", "fr", "fre"), ("roa/pt-br", "pt", "por"), ("zulu9", "", "und"),
    ],
)  # fmt: skip
def test_the_language_is_that_of_the_voice(voice: str, two: str, three: str, script: Make) -> None:
    choice = VoiceChoice(name=voice)
    assert (two_letters(choice), three_letters(choice)) == (two, three)
    assert tags_of(laid_out(replace(script("  - hold: 5s"), voice=choice))).language == three
