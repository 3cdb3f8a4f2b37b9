"""A profile changes how loud a file is, and nothing else: the verifier hears every sound in its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from audioguide.compiler.compile import compile
from audioguide.listener.options import Options
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import Routine, load
from audioguide.script.choices import Profile
from audioguide.script.script import Script
from tests.truth.studio import SOUNDS, TWO_SIDES, tone_of, voice_of
from tests.truth.test_library_truth import rendered
from tests.truth.verifier import verify

STEPS = f"""
{TWO_SIDES}
  - breathe: {{in: 2s, out: 3s, cycles: 2, voice: first 1}}
  - chime: wood
  - rest: 8s
"""


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["quiet", "sleep"])
def test_every_sound_is_in_its_place_and_as_loud_as_the_profile_says(
    script: Callable[..., Script], tmp_path: Path, profile: Profile
) -> None:
    promised, findings = rendered(replace(script(STEPS), profile=profile), tmp_path, alone=False)
    assert findings == []
    # Heard as another profile, it is too soft, or too loud.
    speak, close = voice_of(script(STEPS).voice)
    path = next(tmp_path.glob("*.mp3"))
    for other in {"standard", "quiet", "sleep"} - {profile}:
        findings = verify(path, {**promised, "profile": other}, SOUNDS, voice=speak, tone=tone_of)
        assert "level" in {finding.what for finding in findings}
    close()


@pytest.mark.slow
def test_bedtime_sleeps_by_itself(tmp_path: Path) -> None:
    settings = {"breaths": "5", "hold": "15s", "stay": "10s", "time": "1m", "drift": "1m", "rest": "4s"}
    promised, findings = rendered(
        compile(load(SHIPPED_LIBRARY.find("bedtime")), Options(settings=settings)), tmp_path, alone=False
    )
    assert findings == []
    assert promised["profile"] == "sleep"
    sounds = [
        cue for cue in promised["cues"] if cue.get("sound") in ("bell", "bowl", "chime", "tick", "wood")
    ]
    late = promised["length"] - 300 * 250
    assert max(cue["start"] + cue["length"] for cue in sounds) <= late
    assert promised["cues"][-1]["length"] >= 2500


@pytest.mark.parametrize("guidance", ["fade", "chimes"])
def test_the_bells_that_try_the_player_are_ten_seconds_apart(
    routine: Callable[..., Routine], tmp_path: Path, guidance: str
) -> None:
    made = compile(
        routine("  - say: One.\n"),
        Options(guidance="fade" if guidance == "fade" else "chimes", player_check=True),
    )
    promised, findings = rendered(made, tmp_path, alone=True)
    assert findings == []  # with a hold between two chimes the verifier measures from bell to bell
    [hold] = [cue for cue in promised["cues"] if cue["kind"] == "hold"]
    bells = [cue["start"] for cue in promised["cues"] if cue.get("sound") == "bell"]
    assert (bells[0], bells[1] - bells[0]) == (hold["start"], 2500)
    assert json.dumps(promised).count("player check") == len(
        [cue for cue in promised["cues"] if cue.get("step") == "player check"]
    )
