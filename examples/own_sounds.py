"""A chime and a bed of your own, made with pydub: `python examples/own_sounds.py OUT`."""

from __future__ import annotations

import sys
from pathlib import Path

from pydub import AudioSegment
from pydub.generators import Sine, WhiteNoise

import audioguide as ag


def chime() -> AudioSegment:
    """Return two notes that ring out."""
    return (Sine(660).to_audio_segment(900).fade_out(850) - 12).overlay(
        Sine(880).to_audio_segment(700).fade_out(680) - 18, position=200
    )


def bed() -> AudioSegment:
    """Return 20 seconds of soft, dark noise."""
    return WhiteNoise().to_audio_segment(20_000, volume=-30).low_pass_filter(400)


def main(out: Path) -> None:
    """Write both sounds, and a routine that uses them."""
    out.mkdir(parents=True, exist_ok=True)
    chime().export(out / "chime.wav", format="wav")
    bed().export(out / "bed.wav", format="wav")
    routine = ag.load(
        {
            "title": "A short rest",
            "sounds": {"start": str((out / "chime.wav").absolute())},
            "steps": [
                {"say": "Sit comfortably, and let your shoulders sink.", "settle": "3s"},
                {"hold": "15s"},
                {"say": "Your short rest is over. Take your time getting up."},
            ],
        },
        name="short-rest",
    )
    options = ag.Options(bed=str((out / "bed.wav").absolute()))
    print(ag.render(ag.compile(routine, options), out).mp3)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
